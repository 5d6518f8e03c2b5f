"""Which three bands of a raster are looked at as red, green and blue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from changeseek.core.errors import UnknownBandError

# What a description must hold, and must not hold, to name a visible band.
_COLOUR_WORDS = ("red", "green", "blue")
_NOT_VISIBLE = re.compile(r"infra|nir|swir|edge", re.IGNORECASE)


class BandInfo(NamedTuple):
    """What a raster says about one band."""

    colour: str
    description: str


def parse_bands(text: str) -> tuple[int, ...]:
    """Bands from "3,2,1": three 1-based numbers, or one for grey.

    Raises:
        UnknownBandError: The text is something else.
    """
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError as error:
        raise UnknownBandError(
            f"{text!r} does not name bands", "Give three band numbers such as 3,2,1"
        ) from error


def choose_bands(infos: Sequence[BandInfo], wanted: Sequence[int] | None, name: str) -> tuple[int, int, int]:
    """Three 1-based bands to be read as red, green, blue.

    Taken from `wanted`, else from the colour interpretation, else from the descriptions, else the
    first three that are not alpha; where there are fewer than three, the first is repeated as grey.

    Args:
        infos: One entry a band, in file order.
        wanted: Three 1-based bands, or one for grey, or None.
        name: What to call the raster in a message.

    Raises:
        UnknownBandError: A wanted band does not exist, or neither one nor three are wanted.
    """
    if wanted is not None:
        return _checked(wanted, len(infos), name)
    return _by_colour(infos) or _by_description(infos) or _first_three(infos)


def _checked(wanted: Sequence[int], count: int, name: str) -> tuple[int, int, int]:
    if len(wanted) not in (1, 3):
        raise UnknownBandError(
            f"{len(wanted)} bands were given for {name}",
            "Give three band numbers such as 3,2,1, or one for grey",
        )
    for band in wanted:
        if not 1 <= band <= count:
            raise UnknownBandError(f"{name} has no band {band}", f"Its bands are 1 to {count}")
    red, green, blue = wanted if len(wanted) == 3 else (wanted[0],) * 3
    return red, green, blue


def _by_colour(infos: Sequence[BandInfo]) -> tuple[int, int, int] | None:
    return _matching([info.colour for info in infos])


def _by_description(infos: Sequence[BandInfo]) -> tuple[int, int, int] | None:
    return _matching([_described_colour(info.description) for info in infos])


def _matching(colours: list[str]) -> tuple[int, int, int] | None:
    if not all(word in colours for word in _COLOUR_WORDS):
        return None
    red, green, blue = (colours.index(word) + 1 for word in _COLOUR_WORDS)
    return red, green, blue


def _described_colour(description: str) -> str:
    words = set(re.split(r"[^a-z]+", description.lower()))
    if _NOT_VISIBLE.search(description):
        return ""
    return next((word for word in _COLOUR_WORDS if word in words), "")


def _first_three(infos: Sequence[BandInfo]) -> tuple[int, int, int]:
    visible = [number for number, info in enumerate(infos, start=1) if info.colour != "alpha"] or [1]
    if len(visible) < 3:
        return visible[0], visible[0], visible[0]
    return visible[0], visible[1], visible[2]
