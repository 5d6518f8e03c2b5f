"""The picture of a training shows what the metrics say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from changeseek.core.training.curves import draw_curves
from changeseek.core.training.metrics import MetricsFile


def _picture(folder: Path, judged: bool) -> Image.Image:
    metrics = MetricsFile(folder / "metrics.jsonl", 0)
    for step in range(20, 400, 20):
        metrics.add({"step": step, "pairs_per_second": 9.0, "learning_rate": 1e-3, "change": 50 / step})
        if judged and step % 100 == 0:
            metrics.add({"step": step, "validation": {"recall_at_10": step / 500}, "best": True})
    draw_curves(folder / "metrics.jsonl", folder / "curves.png")
    return Image.open(folder / "curves.png").convert("RGB")


def test_validations_get_a_plot_of_their_own_below_the_losses(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "both").mkdir()
    alone, both = _picture(tmp_path / "one", False), _picture(tmp_path / "both", True)
    assert alone.width == both.width and alone.height < both.height
    assert len(np.unique(np.asarray(both).reshape(-1, 3), axis=0)) > 50


def test_a_run_without_rows_has_no_picture(tmp_path: Path) -> None:
    MetricsFile(tmp_path / "metrics.jsonl", 0)
    draw_curves(tmp_path / "metrics.jsonl", tmp_path / "curves.png")
    assert not (tmp_path / "curves.png").exists()
