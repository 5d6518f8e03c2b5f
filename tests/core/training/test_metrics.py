"""Metrics are kept up to the step that a run goes on from."""

from __future__ import annotations

from pathlib import Path

from changeseek.core.training.metrics import MetricsFile, read_metrics


def test_rows_after_the_checkpoint_and_half_a_row_are_dropped(tmp_path: Path) -> None:
    file = tmp_path / "metrics.jsonl"
    first = MetricsFile(file, 0)
    for step in (20, 40, 60):
        first.add({"step": step, "loss": 1.0 / step})
    with file.open("a") as stream:
        stream.write('{"step": 8')
    MetricsFile(file, 40).add({"step": 50, "loss": 0.1})
    assert [row["step"] for row in read_metrics(file)] == [20, 40, 50]


def test_a_new_run_has_no_rows(tmp_path: Path) -> None:
    MetricsFile(tmp_path / "metrics.jsonl", 0)
    assert read_metrics(tmp_path / "metrics.jsonl") == []
