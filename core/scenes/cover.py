"""What may lie on the ground, in the few words that a planner would use."""

from __future__ import annotations

from enum import IntEnum


class Cover(IntEnum):
    """Land cover of a pixel; the values are the codes of `TwoDateScene.cover_before` and `cover_after`."""

    FOREST = 0
    FIELD = 1
    GRASS = 2
    WATER = 3
    BARE = 4
    HOUSES = 5
    """Built-up plots: houses, their gardens and small streets."""
    ROAD = 6
    """Carriageway with its verges."""
