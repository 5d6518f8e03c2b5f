"""What a drawn scene hands over: two pictures and the truth about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from changeseek.core.scenes.cover import Cover

MOST_EVENTS = 255


class PixelBounds(NamedTuple):
    """A box of whole pixels, rows and columns counted from the upper left, the ends excluded."""

    row_start: int
    col_start: int
    row_stop: int
    col_stop: int


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened at one place: all its pixels were `before` and are `after`."""

    before: Cover
    after: Cover
    name: str
    bounds: PixelBounds


@dataclass(frozen=True, slots=True)
class TwoDateScene:
    """The same ground on two dates.

    Attributes:
        before: (H, W, 3) uint8 RGB, 0..255.
        after: (H, W, 3) uint8 RGB of the later date.
        cover_before: (H, W) uint8, codes of `Cover`.
        cover_after: (H, W) uint8, equal to `cover_before` wherever `event` is 0.
        event: (H, W) uint8, 0 where nothing happened, else one more than the index into `events`.
        events: What happened, at most 255 of them.
        ground_sample_distance: Metres per pixel.
        seed: The number that draws this scene again.
    """

    before: NDArray[np.uint8]
    after: NDArray[np.uint8]
    cover_before: NDArray[np.uint8]
    cover_after: NDArray[np.uint8]
    event: NDArray[np.uint8]
    events: tuple[Event, ...]
    ground_sample_distance: float
    seed: int
