"""The layout of LEVIR-CC (Liu et al., IEEE TGRS 2022), which WHU-CDC and others share."""

from __future__ import annotations

from pathlib import Path

from changeseek.core.training.datasets.caption_file import CaptionedImage, read_caption_file
from changeseek.core.training.datasets.captioned import (
    CaptionedPair,
    CaptionedSplit,
    captioned_pair,
    split_named,
)


class LevirLayout:
    """`LevirCCcaptions.json` (or another `*captions.json`) beside `images/{train,val,test}/{A,B}/`."""

    name = "LEVIR-CC"

    def recognises(self, place: Path) -> bool:
        """Whether the folder has both."""
        return _caption_file(place) is not None and (place / "images").is_dir()

    def read(self, place: Path) -> list[CaptionedPair]:
        """All pairs; A holds the earlier date, B the later."""
        file = _caption_file(place)
        assert file is not None
        return [_pair(place / "images", image, file) for image in read_caption_file(file)]


def _caption_file(place: Path) -> Path | None:
    files = sorted(place.glob("*.json")) if place.is_dir() else []
    return next((file for file in files if file.stem.lower().endswith("captions")), None)


def _pair(images: Path, image: CaptionedImage, file: Path) -> CaptionedPair:
    # LEVIR-CC's names begin with the split ("train_000001.png"), should the entry itself not tell it.
    named = image.split or image.name.split("_")[0]
    split = split_named(named, file)
    folder = _folder_of(images, named, split)
    return captioned_pair(
        folder / "A" / image.name, folder / "B" / image.name, image.sentences, split, image.changed
    )


def _folder_of(images: Path, named: str, split: CaptionedSplit) -> Path:
    return images / named if (images / named).is_dir() else images / ("val" if split == "validate" else split)
