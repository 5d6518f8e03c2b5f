"""Wordings that say how much of a tile changed, or where in it."""

from __future__ import annotations

import random

from changeseek.core.captions.placement import Claim

PLACES = {
    Claim.SMALL: (
        "in a small part of the tile",
        "in a small spot",
        "on a small plot",
        "on a small patch of ground",
        "in a small area",
        "only in a small part",
    ),
    Claim.PART: (
        "in part of the tile",
        "in part of the image",
        "in some of the area",
        "on part of the land",
    ),
    Claim.HALF: ("on about half of the tile", "on about half of the land", "over half of the image"),
    Claim.MOST: (
        "on most of the tile",
        "over a large area",
        "on most of the land",
        "in a large part of the image",
    ),
    Claim.ALL: ("almost everywhere", "all over the image", "over the whole tile", "all over the place"),
    Claim.MIDDLE: (
        "in the middle",
        "in the middle of the tile",
        "in the centre",
        "at the center of the image",
    ),
    Claim.EDGE: (
        "along the edge",
        "at the edge of the tile",
        "near the border of the image",
        "at the border",
    ),
    Claim.SIDE: ("on one side", "on one side of the tile", "in one half of the image", "on one side only"),
}


def placed(plain: str, claim: Claim, chance: random.Random) -> str:
    """A sentence with what is claimed of extent or position before or behind it."""
    place = chance.choice(PLACES[claim])
    return f"{place}, {plain}" if chance.random() < 0.25 else f"{plain} {place}"
