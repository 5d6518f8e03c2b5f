"""What the report says of runs, and the files it becomes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from changeseek.core.anneal.selection import STRATEGIES
from changeseek.core.evaluation.anneal.archive import Archive
from changeseek.core.evaluation.anneal.command import evaluate_anneal, write_anneal
from changeseek.core.evaluation.anneal.cost import Cost
from changeseek.core.evaluation.anneal.figures import ArchiveFigures
from changeseek.core.evaluation.anneal.judging import Judged
from changeseek.core.evaluation.anneal.report import AnnealReport
from changeseek.core.evaluation.anneal.simulation import Run, Schedule
from changeseek.tests.core.anneal.grouped import grouped


def _run(*mean_ap: float) -> Run:
    return Run(mean_ap, mean_ap, mean_ap)


@pytest.fixture
def figures() -> ArchiveFigures:
    runs: dict[str, tuple[Run, ...]] = {
        "uniform": (_run(0.2, 0.2, 0.4), _run(0.2, 0.3, 0.5)),
        "mgue+clustering": (_run(0.2, 0.5, 0.6), _run(0.2, 0.4, 0.2)),
        "class-balanced": (_run(0.2, 0.3, 0.3), _run(0.2, 0.3, 0.4)),
    }
    cost = Cost(220, 2.0, 110, 400.0)
    return ArchiveFigures(
        "t", "m", 200, 50, 4, 0.25, (20, 120, 220), Judged(0.25, 0.3), runs, cost, (Judged(0.3, 0.3),) * 2
    )


def test_pairs_are_counted_until_the_mean_over_the_seeds_is_what_uniform_ends_with(
    figures: ArchiveFigures,
) -> None:
    assert figures.pairs_to_reach("uniform") == 220
    assert figures.pairs_to_reach("mgue+clustering") == 120
    assert figures.pairs_to_reach("class-balanced") is None


def test_a_seed_is_better_only_if_it_never_falls_behind_the_plain_embedding(figures: ArchiveFigures) -> None:
    assert figures.better_than_plain("mgue+clustering") == 1
    assert figures.better_than_plain("uniform") == 1
    assert figures.better_than_plain("class-balanced") == 2


def test_the_tables_name_command_strategies_and_cost(figures: ArchiveFigures) -> None:
    text = AnnealReport("changeseek evaluate anneal DATA", (0, 1), (figures,)).as_markdown()

    assert text.startswith("`changeseek evaluate anneal DATA`")
    assert "| class-balanced | " in text
    assert "not reached" in text
    assert "log2 4 = 2.00 bits" in text


def test_report_picture_and_figures_are_written(tmp_path: Path) -> None:
    archive = Archive("groups", *grouped(60), *grouped(40, seed=5), "made")
    said: list[str] = []

    report = evaluate_anneal([archive], Schedule(10, 1, 10), (0, 1), said.append, "command")
    write_anneal(report, tmp_path / "report")

    found = json.loads((tmp_path / "report" / "anneal.json").read_text(encoding="utf-8"))
    assert set(found["archives"][0]["runs"]) == set(STRATEGIES)
    assert found["archives"][0]["summary"]["uniform"]["mean_ap"][1]["mean"] == pytest.approx(
        np.mean([run["mean_ap"][1] for run in found["archives"][0]["runs"]["uniform"]])
    )
    with Image.open(tmp_path / "report" / "anneal.png") as picture:
        assert picture.size == (600, 560)
    assert len(said) == len(STRATEGIES)
