"""Reads captioned pairs of any known layout."""

from __future__ import annotations

import logging
from pathlib import Path

from changeseek.core.errors import TrainingDataError
from changeseek.core.training.datasets.captioned import CaptionedPair, Layout
from changeseek.core.training.datasets.dubai import DubaiLayout
from changeseek.core.training.datasets.levir import LevirLayout
from changeseek.core.training.datasets.table import TableLayout

log = logging.getLogger(__name__)

LAYOUTS: tuple[Layout, ...] = (TableLayout(), LevirLayout(), DubaiLayout())


def read_captioned(place: Path) -> tuple[CaptionedPair, ...]:
    """All captioned pairs of a folder or table, in the data set's order; no image is opened yet.

    Args:
        place: Folder in the layout of LEVIR-CC or Dubai-CC, or a `.csv`.

    Raises:
        TrainingDataError: The layout is unknown, a file of it cannot be read, or images are missing.
    """
    layout = next((layout for layout in LAYOUTS if layout.recognises(place)), None)
    if layout is None:
        known = "a .csv with before, after and captions, or a folder like LEVIR-CC's or Dubai-CC's"
        raise TrainingDataError(f"no captioned pairs in a known layout at {place}", f"Name {known}")
    pairs = tuple(layout.read(place))
    _refuse_missing(pairs, place)
    log.info(
        "%s: %d captioned pairs, unchanged: %d",
        layout.name,
        len(pairs),
        sum(not one.changed for one in pairs),
    )
    return pairs


def _refuse_missing(pairs: tuple[CaptionedPair, ...], place: Path) -> None:
    if not pairs:
        raise TrainingDataError(f"{place} holds no captioned pair", "Add pairs to it")
    missing = [file for pair in pairs for file in (pair.before, pair.after) if not file.is_file()]
    if missing:
        message = f"{len(missing)} images of {place} are missing, the first is {missing[0]}"
        raise TrainingDataError(message, "Download the images too, or correct the paths")
