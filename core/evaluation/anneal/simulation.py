"""An annotator who answers by the labels and a strategy that chooses; the metric head is the same for all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from changeseek.core.anneal.answers import AnsweredPairs, Pairs, Similar
from changeseek.core.anneal.metric import directions, train_metric
from changeseek.core.anneal.random_pairs import uniform_pairs
from changeseek.core.anneal.selection import Strategy, propose
from changeseek.core.evaluation.anneal.archive import Archive
from changeseek.core.evaluation.anneal.judging import judge

# Seeds of a run's draws lie so far apart that no two runs share one.
_APART = 10_000


@dataclass(frozen=True, slots=True)
class Schedule:
    """How many pairs are answered when.

    Attributes:
        start: Drawn by chance, the same for every strategy.
        rounds: After the start.
        count: Pairs of a round.
    """

    start: int = 20
    rounds: int = 20
    count: int = 20

    @property
    def answered(self) -> tuple[int, ...]:
        """Pairs answered at each measurement."""
        return tuple(self.start + self.count * number for number in range(self.rounds + 1))


@dataclass(frozen=True, slots=True)
class Run:
    """One strategy with one seed, measured after the start and after every round.

    Attributes:
        mean_ap: Of the gallery, one for each measurement.
        precision: The same at 10.
        similar: Share of similar pairs among all answered until then.
    """

    mean_ap: tuple[float, ...]
    precision: tuple[float, ...]
    similar: tuple[float, ...]


def simulate(archive: Archive, strategy: Strategy, schedule: Schedule, seed: int) -> Run:
    """Answer, learn, choose, and so on."""
    drawn = np.random.default_rng(seed)
    first = uniform_pairs(len(archive.pool), AnsweredPairs.none().pairs, schedule.start, drawn)
    answered = AnsweredPairs(first, _answers(archive, first))
    basis = directions(archive.pool)
    found, similar = [], []
    for number in range(schedule.rounds + 1):
        metric = train_metric(archive.pool, answered.pairs, answered.similar, basis)
        found.append(judge(metric.embed(archive.gallery), archive.gallery_labels))
        similar.append(float(answered.similar.mean()))
        if number < schedule.rounds:
            own = seed * _APART + number + 1
            more = propose(
                strategy, archive.pool, metric, answered, schedule.count, own, labels=archive.pool_labels
            )
            answered = answered.plus(more, _answers(archive, more))
    return Run(tuple(one.mean_ap for one in found), tuple(one.precision for one in found), tuple(similar))


def _answers(archive: Archive, pairs: Pairs) -> Similar:
    same: Similar = archive.pool_labels[pairs[:, 0]] == archive.pool_labels[pairs[:, 1]]
    return same
