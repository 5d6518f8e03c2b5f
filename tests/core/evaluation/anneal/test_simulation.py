"""The simulated annotator and what is judged, on vectors in groups."""

from __future__ import annotations

import numpy as np
import pytest

from changeseek.core.anneal.selection import STRATEGIES, Strategy
from changeseek.core.evaluation.anneal.archive import Archive
from changeseek.core.evaluation.anneal.cost import cost_of, judge_labelled
from changeseek.core.evaluation.anneal.judging import judge
from changeseek.core.evaluation.anneal.simulation import Schedule, simulate
from changeseek.tests.core.anneal.grouped import grouped

SCHEDULE = Schedule(start=10, rounds=3, count=10)


@pytest.fixture(scope="module")
def archive() -> Archive:
    pool, gallery = grouped(80), grouped(60, seed=5)
    return Archive("groups", *pool, *gallery, "made")


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_every_strategy_is_measured_after_every_round(archive: Archive, strategy: Strategy) -> None:
    run = simulate(archive, strategy, SCHEDULE, 0)

    assert SCHEDULE.answered == (10, 20, 30, 40)
    assert len(run.mean_ap) == len(run.precision) == len(run.similar) == 4


def test_all_strategies_begin_with_the_same_pairs(archive: Archive) -> None:
    starts = {simulate(archive, strategy, Schedule(10, 0), 3).mean_ap for strategy in STRATEGIES}

    assert len(starts) == 1


def test_a_run_follows_from_its_seed(archive: Archive) -> None:
    first, second, other = (simulate(archive, "mgue+clustering", SCHEDULE, seed) for seed in (1, 1, 2))

    assert first == second != other


def test_a_perfect_space_has_every_neighbour_right_and_who_is_alone_does_not_ask() -> None:
    unit = np.eye(3, dtype=np.float32)[[0, 0, 1, 1, 2]]

    judged = judge(unit, np.array([0, 0, 1, 1, 2]))

    assert judged.mean_ap == 1
    assert judged.precision == pytest.approx(1 / 4)  # one right of four others


def test_average_precision_counts_down_to_each_right_one() -> None:
    angles = np.array([0.0, 0.1, 0.3])
    unit = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)

    # The first finds its like second, the last finds it second, too.
    assert judge(unit, np.array([0, 1, 0])).mean_ap == pytest.approx(0.5)


def test_a_label_costs_as_many_bits_as_it_takes_to_name_its_class(archive: Archive) -> None:
    cost = cost_of(archive, 40)

    assert (cost.bits_a_label, cost.labels, cost.bits_of_pool) == (2, 20, 160)
    assert judge_labelled(archive, cost.labels, 0).mean_ap > 0


def test_two_by_chance_are_similar_as_often_as_the_counts_say(archive: Archive) -> None:
    same = archive.pool_labels[:, None] == archive.pool_labels[None, :]

    assert archive.share_similar == pytest.approx((same.sum() - 80) / (80 * 79))
