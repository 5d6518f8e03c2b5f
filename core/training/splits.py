"""Which images a training learns from and which it keeps back, to see by them how it goes.

A test split is for evaluation; no training looks at it, not even to stop.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypeVar

Split = Literal["train", "learn", "validate", "test"]
Item = TypeVar("Item")

# Lists go class by class, so every tenth image is a tenth of each class.
_ONE_OF, _KEPT = 10, 7


def listed_images(file: Path, split: Split) -> list[str]:
    """The images that a `split.csv` (columns `image`, `split`) gives to that split, in its order.

    Args:
        file: Its second column says "train" or "test".
        split: "train", its two parts "learn" and "validate", or "test".
    """
    with file.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    if split == "test":
        return [row["image"] for row in rows if row["split"] == "test"]
    return part_of([row["image"] for row in rows if row["split"] == "train"], split)


def part_of(training: Sequence[Item], split: Split) -> list[Item]:
    """That part of what may be used for training; nothing of it is for tests."""
    if split == "test":
        return []
    if split == "train":
        return list(training)
    return [one for place, one in enumerate(training) if (place % _ONE_OF == _KEPT) == (split == "validate")]
