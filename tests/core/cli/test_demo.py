from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from changeseek.core.captions.grammar import Meaning
from changeseek.core.demo import command
from changeseek.core.demo.caption_figures import CaptionFigures
from changeseek.core.demo.figures import RankingFigures
from changeseek.core.demo.queries import DemoQuery
from changeseek.core.demo.report import DemoReport, QueryReport

Cli = Callable[..., Any]

QUERY = QueryReport(
    DemoQuery("a lake", Meaning(after="lake"), "after"),
    ("r000c000",),
    RankingFigures(precision_at_10=0.9, ap=0.7, floor=0.05),
    RankingFigures(precision_at_10=0.1, ap=0.12, floor=0.05),
)
REPORT = DemoReport((QUERY,), CaptionFigures(0.8, 0.9, 200, 300), Path("truth.json"))


@pytest.fixture(autouse=True)
def quick_demo(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, int]]:
    asked: list[tuple[Path, int]] = []

    def run(directory: Path, seed: int, voice: Any) -> DemoReport:
        asked.append((directory, seed))
        voice.say("drawing")
        return REPORT

    monkeypatch.setattr(command, "run_demo", run)
    return asked


def test_json_is_the_report_and_nothing_else(
    cli: Cli, quick_demo: list[tuple[Path, int]], tmp_path: Path
) -> None:
    outcome = cli("demo", tmp_path / "demo", "--seed", 3, "--json")
    assert outcome.json == REPORT.as_json()
    assert quick_demo == [(tmp_path / "demo", 3)]
    assert outcome.err.splitlines()[0] == "drawing"


def test_for_people_the_figures_are_a_table_and_the_way_to_the_map_is_told(cli: Cli, tmp_path: Path) -> None:
    outcome = cli("demo", tmp_path / "demo")
    assert outcome.out.splitlines()[1].split() == ["a", "lake", "after", "0.90", "0.70", "0.05", "0.12"]
    facts = dict(line.split() for line in outcome.out.splitlines()[2:])
    assert (facts["mean_precision_at_10"], facts["caption_top5"]) == ("0.900", "0.800")
    assert (facts["known_tiles"], facts["quiet_tiles"]) == ("200", "300")
    assert str(tmp_path / "demo" / "demo.qgs") in outcome.err
