"""Captioned pairs as arrays: those of one split at once, or pair by pair as training comes to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from changeseek.core.errors import TrainingDataError
from changeseek.core.training.datasets.captioned import CaptionedPair, CaptionedSplit
from changeseek.core.training.datasets.reading import read_captioned
from changeseek.core.training.library import square

_BYTES_ALLOWED = 1 << 30


@dataclass(frozen=True, slots=True)
class CaptionedPatches:
    """The pairs of one split.

    Attributes:
        before: (N, 3, P, P) uint8.
        after: (N, 3, P, P) uint8.
        captions: Of each pair.
        changed: Whether anything happened in each pair.
    """

    before: NDArray[np.uint8]
    after: NDArray[np.uint8]
    captions: tuple[tuple[str, ...], ...]
    changed: tuple[bool, ...]


def captioned_patches(place: Path, split: CaptionedSplit, size: int) -> CaptionedPatches:
    """Read one split of a data set, for evaluation above all.

    Args:
        place: Folder or table that `read_captioned` knows.
        split: Which pairs.
        size: Side P that the patches get, in pixels.

    Raises:
        TrainingDataError: The data set cannot be read, or has no pair of that split.
    """
    pairs = of_split(read_captioned(place), split, place)
    dates = np.stack([read_pair(pair, size) for pair in pairs])
    captions, changed = tuple(pair.captions for pair in pairs), tuple(pair.changed for pair in pairs)
    return CaptionedPatches(dates[:, 0], dates[:, 1], captions, changed)


def of_split(pairs: Sequence[CaptionedPair], split: CaptionedSplit, place: Path) -> tuple[CaptionedPair, ...]:
    """Those of a split.

    Raises:
        TrainingDataError: There are none.
    """
    found = tuple(pair for pair in pairs if pair.split == split)
    if not found:
        raise TrainingDataError(f"{place} has no pair of the split {split!r}", "Give some pairs to it")
    return found


def read_pair(pair: CaptionedPair, size: int) -> NDArray[np.uint8]:
    """Both dates, (2, 3, P, P) uint8: the middle square of each image at `size` pixels.

    Raises:
        TrainingDataError: An image cannot be read as 8-bit colours.
    """
    return np.stack([_read(file, size) for file in (pair.before, pair.after)])


def _read(file: Path, size: int) -> NDArray[np.uint8]:
    try:
        with Image.open(file) as image:
            if image.mode.startswith(("I", "F")):
                raise TrainingDataError(f"{file} is no 8-bit image", "Save it as 8-bit RGB, as PNG or TIFF")
            return square(image.convert("RGB"), 1.0, size)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise TrainingDataError(f"{file} cannot be read as an image", "Save it as 8-bit RGB PNG") from error


class RememberedPairs:
    """Pairs read from their files the first time they are asked for and kept while there is room.

    Args:
        pairs: N of them.
        size: Side of the patches in pixels.
        room: Bytes that may be kept.
    """

    def __init__(self, pairs: Sequence[CaptionedPair], size: int, room: int = _BYTES_ALLOWED) -> None:
        self._pairs = pairs
        self._size = size
        self._most = room // (2 * 3 * size * size)
        self._kept: dict[int, NDArray[np.uint8]] = {}

    def __getitem__(self, row: int) -> NDArray[np.uint8]:
        """Both dates of the pair in that row, (2, 3, P, P) uint8."""
        found = self._kept.get(row)
        if found is None:
            found = read_pair(self._pairs[row], self._size)
            if len(self._kept) < self._most:
                self._kept[row] = found
        return found
