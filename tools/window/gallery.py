"""The few pictures that the README shows, small enough to be cloned by everybody."""

from __future__ import annotations

from pathlib import Path

from .pictures import make_small

# From the file names that a journey gives, without their number, to those that the README knows.
CHOSEN = {
    "light/*-search.png": "search.png",
    "light/*-building.png": "building.png",
    "light/*-read-captions.png": "captions.png",
    "light/*-review-by-keyboard.png": "review.png",
    "light/*-answer-twenty-pairs.png": "refine.png",
    "light/*-processing-dialog.png": "processing.png",
    "dark/*-search.png": "dark.png",
}


def fill_gallery(pictures: Path, gallery: Path) -> None:
    """Make small copies of the chosen pictures.

    Args:
        pictures: Folder of a whole run.
        gallery: Folder that the README points to.
    """
    for pattern, name in CHOSEN.items():
        for picture in sorted(pictures.glob(pattern)):
            make_small(picture, gallery / name)
