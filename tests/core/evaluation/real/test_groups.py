"""Means over places first, then over questions; and the two bars that a data set must pass."""

from __future__ import annotations

import pytest

from changeseek.core.evaluation.real import RealCheck, as_markdown, by_group, by_question


def check(name: str, ap: float, *, floor: float = 0.2, pixels: float = 0.3, delta: float = 0.1) -> RealCheck:
    return RealCheck(
        group=name.split(maxsplit=1)[0],
        name=name,
        place="somewhere",
        dates="then to now",
        query=name.split(" ", 1)[1],
        rule="so marked",
        tile=32,
        tiles=10,
        positive=int(10 * floor),
        floor=floor,
        ap=ap,
        baselines={"pixels": pixels, "delta": delta},
        direction=None if name.startswith("Still") else 0.75,
        truth_weakness="Made up.",
    )


LAKES = (check("Water grew", 0.8), check("Water grew", 0.6), check("Water shrank", 0.3))


def test_a_question_asked_of_many_places_counts_no_more_than_another() -> None:
    grew, shrank = by_question(LAKES)
    assert [(one.name, one.checks) for one in (grew, shrank)] == [("Water grew", 2), ("Water shrank", 1)]
    assert [grew.ap, shrank.ap] == pytest.approx([0.7, 0.3])
    (water,) = by_group(LAKES)
    assert (water.name, water.checks) == ("Water", 3)
    assert water.ap == pytest.approx(0.5)


def test_the_best_baseline_is_the_best_in_the_mean_of_its_group() -> None:
    (group,) = by_group((check("Town grew", 0.5, pixels=0.1, delta=0.6), check("Town fell", 0.5, pixels=0.5)))
    assert group.best_baseline == "delta"
    assert group.baselines["delta"] == pytest.approx(0.35)


@pytest.mark.parametrize(
    ("ap", "floor", "passes"), [(0.37, 0.2, True), (0.35, 0.2, False), (0.31, 0.1, True), (0.29, 0.1, False)]
)
def test_a_group_passes_above_its_best_baseline_and_well_above_its_floor(
    ap: float, floor: float, passes: bool
) -> None:
    (group,) = by_group([check("Town grew", ap, floor=floor)])
    assert group.passes is passes
    assert group.wanted == pytest.approx(max(0.3, 1.8 * floor))


def test_the_report_names_every_group_question_and_place_with_its_truth() -> None:
    report = as_markdown((*LAKES, check("Still grew", 0.1)))
    assert "| Water | 3 | 0.20 | 0.36 | 0.50 | pixels 0.30 | 0.75 | passes |" in report
    assert "| Still | 1 | 0.20 | 0.36 | 0.10 | pixels 0.30 |  | falls short |" in report
    assert "| Water grew | 0.20 | 0.70 | 0.30 | 0.10 | 0.75 |" in report
    assert "| shrank, somewhere, then to now (2 of 10) | 0.20 | 0.30 |" in report
    assert report.count("Water grew: tiles of 32 pixels; right: so marked. Made up.") == 1


def test_without_checks_the_report_says_so() -> None:
    assert as_markdown(()) == "No real data.\n"
