"""What the experiment found on one archive, and what the runs say together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from changeseek.core.evaluation.anneal.archive import Archive
from changeseek.core.evaluation.anneal.cost import Cost
from changeseek.core.evaluation.anneal.judging import Judged
from changeseek.core.evaluation.anneal.simulation import Run

REFERENCE = "uniform"
# From so many answers on, refinement must not be worse than none.
SETTLED = 120


@dataclass(frozen=True, slots=True)
class ArchiveFigures:
    """Of one archive.

    Attributes:
        title: What the data are called.
        model: What embedded them.
        pool: Items to ask about.
        gallery: Items to judge by.
        kinds: Distinct labels.
        share_similar: Of pairs drawn by chance.
        answered: Pairs answered at each measurement, A of them.
        plain: The embedding without any answer.
        runs: By strategy, one for each seed.
        cost: In bits.
        labelled: What class labels for the same bits reach, one for each seed.
    """

    title: str
    model: str
    pool: int
    gallery: int
    kinds: int
    share_similar: float
    answered: tuple[int, ...]
    plain: Judged
    runs: dict[str, tuple[Run, ...]]
    cost: Cost
    labelled: tuple[Judged, ...]

    def curve(self, strategy: str) -> NDArray[np.float64]:
        """(seeds, A) mean average precision."""
        return np.array([run.mean_ap for run in self.runs[strategy]])

    def pairs_to_reach(self, strategy: str) -> int | None:
        """Fewest answered pairs after which the mean over the seeds is what `REFERENCE` ends with."""
        wanted = self.curve(REFERENCE)[:, -1].mean()
        reached = np.flatnonzero(self.curve(strategy).mean(axis=0) >= wanted)
        return self.answered[reached[0]] if len(reached) else None

    def better_than_plain(self, strategy: str) -> int:
        """Seeds with which the refined space is better at every measurement from `SETTLED` answers on."""
        settled = np.array(self.answered) >= SETTLED
        return int((self.curve(strategy)[:, settled] > self.plain.mean_ap).all(axis=1).sum())


def figures_of(
    archive: Archive,
    answered: Sequence[int],
    plain: Judged,
    runs: dict[str, tuple[Run, ...]],
    cost: Cost,
    labelled: tuple[Judged, ...],
) -> ArchiveFigures:
    """Put together what was found on one archive."""
    return ArchiveFigures(
        archive.title,
        archive.model,
        len(archive.pool),
        len(archive.gallery),
        archive.kinds,
        archive.share_similar,
        tuple(answered),
        plain,
        runs,
        cost,
        labelled,
    )
