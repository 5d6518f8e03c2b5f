"""The words for what happened between two covers."""

from __future__ import annotations

from changeseek.core.scenes.cover import Cover

GROUNDS = {
    Cover.FOREST: "forest",
    Cover.FIELD: "fields",
    Cover.GRASS: "grass",
    Cover.WATER: "water",
    Cover.BARE: "bare ground",
    Cover.HOUSES: "houses",
    Cover.ROAD: "road",
}
OTHERS = {
    (Cover.FIELD, Cover.BARE): "field laid bare",
    (Cover.FIELD, Cover.GRASS): "field turned to meadow",
    (Cover.GRASS, Cover.FIELD): "meadow ploughed",
    (Cover.GRASS, Cover.BARE): "topsoil stripped",
    (Cover.BARE, Cover.GRASS): "bare ground grown over",
    (Cover.BARE, Cover.FIELD): "bare ground ploughed",
}


def event_name(before: Cover, after: Cover) -> str:
    """What happened, in the words of the demo where the demo has them."""
    if after == Cover.HOUSES:
        return f"houses built on {GROUNDS[before]}"
    if before == Cover.HOUSES:
        return "houses demolished"
    if after == Cover.WATER:
        return "lake dug"
    if before == Cover.WATER:
        return "lake dried up"
    if after == Cover.ROAD:
        return "road built"
    if before == Cover.ROAD:
        return "road removed"
    if before == Cover.FOREST:
        return "forest cleared"
    if after == Cover.FOREST:
        return "trees planted"
    return OTHERS[before, after]
