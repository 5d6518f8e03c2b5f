"""A pair of images with captions that people wrote, as any data set of them comes out of its reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from changeseek.core.captions.free import says_nothing
from changeseek.core.errors import TrainingDataError

CaptionedSplit = Literal["train", "validate", "test"]

_SPLITS: dict[str, CaptionedSplit] = {
    "train": "train", "training": "train", "test": "test", "testing": "test",
    "val": "validate", "valid": "validate", "validation": "validate", "validate": "validate",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaptionedPair:
    """One pair of images and what people wrote about it.

    Attributes:
        before: Image file of the earlier date.
        after: Image file of the later date.
        captions: One or more, as they were written but for surplus spaces.
        split: What the data set gives the pair to.
        changed: Whether anything happened.
    """

    before: Path
    after: Path
    captions: tuple[str, ...]
    split: CaptionedSplit
    changed: bool


class Layout(Protocol):
    """One way in which captioned pairs lie in a folder or file."""

    @property
    def name(self) -> str:
        """As a user knows it."""

    def recognises(self, place: Path) -> bool:
        """Whether what lies there is in this layout."""

    def read(self, place: Path) -> list[CaptionedPair]:
        """All pairs of all splits in the order of the data set.

        Raises:
            TrainingDataError: What lies there is not as the layout says.
        """


def captioned_pair(
    before: Path,
    after: Path,
    captions: Iterable[str],
    split: CaptionedSplit,
    changed: bool | None = None,
) -> CaptionedPair:
    """A pair out of what a data set says of it.

    Args:
        before: Image file.
        after: Image file.
        captions: As they stand in the data set.
        split: What it is given to.
        changed: As the data set says; None where it does not: then nothing changed if at least half of the
            captions say so (our reading; the data sets' authors do not say).

    Raises:
        TrainingDataError: There is no caption.
    """
    said = tuple(text for text in (" ".join(caption.split()) for caption in captions) if text)
    if not said:
        raise TrainingDataError(f"the pair {before.name} has no caption", "Write one, or leave the pair out")
    still = 2 * sum(says_nothing(caption) for caption in said) >= len(said)
    return CaptionedPair(before, after, said, split, not still if changed is None else changed)


def split_named(name: str, place: Path) -> CaptionedSplit:
    """The split that a data set calls so.

    Raises:
        TrainingDataError: It is none that is known.
    """
    found = _SPLITS.get(name.strip().lower())
    if found is None:
        raise TrainingDataError(f"{place} names a split {name!r}", "Splits are called train, val and test")
    return found
