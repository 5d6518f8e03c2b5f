from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from changeseek.core.demo import command

Cli = Callable[..., Any]

REPORT = {
    "mean_precision_at_10": 0.75,
    "mean_ap": 0.5,
    "mean_floor": 0.04,
    "mean_ap_pixel_difference": 0.1,
    "caption_top5": 0.8,
    "caption_nothing": 0.9,
    "queries": [
        {
            "text": "a lake",
            "mode": "after",
            "floor": 0.05,
            "precision_at_10": 0.9,
            "ap": 0.7,
            "tile_ids": ["r0"],
        }
    ],
    "truth": "truth.json",
}


class Report:
    """Stands for what the demo found."""

    def as_json(self) -> dict[str, Any]:
        return REPORT


@pytest.fixture(autouse=True)
def quick_demo(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, int]]:
    asked: list[tuple[Path, int]] = []

    def run(directory: Path, seed: int, voice: Any) -> Report:
        asked.append((directory, seed))
        voice.say("drawing")
        return Report()

    monkeypatch.setattr(command, "run_demo", run)
    return asked


def test_json_is_the_report_and_nothing_else(
    cli: Cli, quick_demo: list[tuple[Path, int]], tmp_path: Path
) -> None:
    outcome = cli("demo", tmp_path / "demo", "--seed", 3, "--json")
    assert outcome.json == REPORT
    assert quick_demo == [(tmp_path / "demo", 3)]
    assert outcome.err.splitlines()[0] == "drawing"


def test_for_people_the_figures_are_a_table_and_the_way_to_the_map_is_told(cli: Cli, tmp_path: Path) -> None:
    outcome = cli("demo", tmp_path / "demo")
    assert outcome.out.splitlines()[1].split() == ["a", "lake", "after", "0.05", "0.90", "0.70"]
    assert "mean_precision_at_10" in outcome.out
    assert str(tmp_path / "demo" / "demo.qgs") in outcome.err
