"""A plain table of a user's own pairs: `before,after,captions,split`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from changeseek.core.errors import TrainingDataError
from changeseek.core.training.datasets.captioned import (
    CaptionedPair,
    CaptionedSplit,
    captioned_pair,
    split_named,
)

_COLUMNS = ("before", "after", "captions")
_BETWEEN = "|"


class _Row(NamedTuple):
    pair: tuple[Path, Path]
    captions: list[str]
    split: CaptionedSplit


class TableLayout:
    """A `.csv` with the columns before, after, captions and, if wanted, split.

    Paths count from the table's folder. Several captions of a pair stand in one cell with `|` between them,
    or in several rows; without a split a pair is for training.
    """

    name = "CSV table"

    def recognises(self, place: Path) -> bool:
        """Whether it is such a file."""
        return place.suffix.lower() == ".csv" and place.is_file()

    def read(self, place: Path) -> list[CaptionedPair]:
        """All pairs, each once."""
        found: dict[tuple[Path, Path], _Row] = {}
        for line, row in _rows(place):
            known = found.setdefault(row.pair, row)
            if known.split != row.split:
                message = f"line {line} of {place} gives a pair to a second split"
                raise TrainingDataError(message, "A pair belongs to one of train, val and test")
            if known is not row:
                known.captions.extend(row.captions)
        return [captioned_pair(*row.pair, row.captions, row.split) for row in found.values()]


def _rows(file: Path) -> Iterator[tuple[int, _Row]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
            _refuse_missing(reader.fieldnames, file)
            for cells in reader:
                yield reader.line_num, _row(cells, file, reader.line_num)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TrainingDataError(
            f"{file} cannot be read as a table: {error}", "Save it as UTF-8 CSV"
        ) from error


def _refuse_missing(columns: list[str], file: Path) -> None:
    missing = [column for column in _COLUMNS if column not in columns]
    if missing:
        message = f"{file} has no column {' and no column '.join(missing)}"
        raise TrainingDataError(
            message, f"Its first line must name {', '.join(_COLUMNS)} and, if wanted, split"
        )


def _row(cells: dict[str, str | None], file: Path, line: int) -> _Row:
    before, after, captions = ((cells[column] or "").strip() for column in _COLUMNS)
    if not (before and after and captions):
        raise TrainingDataError(f"line {line} of {file} lacks an image or a caption", "Complete or remove it")
    split = split_named(cells.get("split") or "train", file)
    return _Row((file.parent / before, file.parent / after), captions.split(_BETWEEN), split)
