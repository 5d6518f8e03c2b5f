"""What a check consists of: two real dates of a place, tiles, questions, and which tiles answer each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from changeseek.core.raster.pair import RasterPair
from changeseek.core.tiling.grid import TileGrid

Positive = NDArray[np.bool_]

# With fewer right answers an average precision says more about single tiles than about the model.
LEAST_POSITIVE = 5


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its right answers.

    Attributes:
        name: Of the check, the same for all places: "OSCD new buildings".
        query: What the product's search is asked in mode change.
        came: What the after date alone shows, for baselines that know scenes only; empty for nothing.
        went: What the before date alone shows; empty for nothing.
        positive: (N,) whether a tile of the grid is a right answer.
        rule: What makes a tile a right answer.
        weakness: What is wrong with that rule, one sentence.
    """

    name: str
    query: str
    came: str
    went: str
    positive: Positive
    rule: str
    weakness: str


@dataclass(frozen=True, slots=True)
class Case:
    """Two dates of one place with their questions.

    Attributes:
        group: The data set, by which figures are averaged.
        place: Where.
        dates: When, for people.
        pair: Both dates, read as the product reads them.
        tiles: N tiles that do not overlap but at the last row and column.
        questions: Asked of them.
        least_positive: Questions with fewer right answers are left out.
    """

    group: str
    place: str
    dates: str
    pair: RasterPair
    tiles: TileGrid
    questions: tuple[Question, ...]
    least_positive: int = LEAST_POSITIVE


Cases = Iterator[Case]
MakeCases = Callable[[Path], Cases]
"""From the folder of one data set to its cases; a case's own files last until the next is asked for."""
