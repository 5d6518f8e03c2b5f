"""What `changeseek evaluate` does: galleries of held-out images, every figure, two files."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from changeseek.core.evaluation.gallery import PAIRS, QUIET_PAIRS, composed_gallery
from changeseek.core.evaluation.measure import measure
from changeseek.core.evaluation.report import EvaluationReport
from changeseek.core.evaluation.scenes import scene_accuracy
from changeseek.core.index.files import write_text_whole
from changeseek.core.model.interface import PairModel

JSON_FILE = "evaluation.json"
MARKDOWN_FILE = "evaluation.md"


def evaluate(
    data: Path,
    model: PairModel,
    seeds: Sequence[int],
    say: Callable[[str], None],
    *,
    pairs: int = PAIRS,
    quiet: int = QUIET_PAIRS,
) -> EvaluationReport:
    """Measure a model.

    Args:
        data: Folder with `ucmerced/` and `eurosat/`, each with its `split.csv`, or one of them.
        model: What to measure.
        seeds: One gallery is composed for each.
        say: Told what is done now.
        pairs: Changed pairs of a gallery.
        quiet: Pairs of a gallery in which nothing happened.

    Raises:
        TrainingDataError: There are no test images.
    """
    say("reading the test images, naming their classes")
    accuracy = scene_accuracy(data, model)
    figures = []
    for seed in seeds:
        say(f"composing and asking gallery {seed}")
        gallery = composed_gallery(data, model.patch_size, seed, pairs, quiet)
        figures.append(measure(gallery, model, seed))
    return EvaluationReport(model.name, model.sha256, tuple(figures), tuple(seeds), accuracy)


def write_report(report: EvaluationReport, folder: Path) -> None:
    """Write `evaluation.json` and `evaluation.md`, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    write_text_whole(folder / JSON_FILE, json.dumps(report.as_json(), indent=1) + "\n")
    write_text_whole(folder / MARKDOWN_FILE, report.as_markdown())
