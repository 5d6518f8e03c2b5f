"""What `changeseek evaluate` does: galleries of held-out images, every figure, two files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from changeseek.core.errors import SourceNotFoundError
from changeseek.core.evaluation.gallery import PAIRS, QUIET_PAIRS, composed_gallery
from changeseek.core.evaluation.measure import GalleryFigures, NamedFigures, measure, measure_named
from changeseek.core.evaluation.report import EvaluationReport
from changeseek.core.evaluation.scenes import scene_accuracy
from changeseek.core.evaluation.speed import measure_speed
from changeseek.core.index.files import write_text_whole
from changeseek.core.model.interface import PairModel

if TYPE_CHECKING:
    from changeseek.core.evaluation.real import RealCheck

JSON_FILE = "evaluation.json"
MARKDOWN_FILE = "evaluation.md"


@dataclass(frozen=True, slots=True)
class EvaluationPlan:
    """What is measured, and on what.

    Attributes:
        data: Folder with `ucmerced/` and `eurosat/`, each with its `split.csv`, or one of them.
        seeds: One gallery is composed for each.
        pairs: Changed pairs of a gallery.
        quiet: Pairs of a gallery in which nothing happened.
        only: Keys of concepts, changes to or from which are measured by themselves as well.
        real: Folder with real pairs of dates to check; None for no such checks.
        tile: Side in pixels of the tiles that are timed.
    """

    data: Path
    seeds: tuple[int, ...]
    pairs: int = PAIRS
    quiet: int = QUIET_PAIRS
    only: tuple[str, ...] = ()
    real: Path | None = None
    tile: int = 128


def evaluate(
    plan: EvaluationPlan, model: PairModel, say: Callable[[str], None], *, command: str
) -> EvaluationReport:
    """Measure a model.

    Args:
        plan: What to measure.
        model: What is measured.
        say: Told what is done now.
        command: By which a user asked for it; stands in the report.

    Raises:
        TrainingDataError: There are no test images, or none of a concept of `only`.
        SourceNotFoundError: There is no folder `real`.
    """
    if plan.real is not None and not plan.real.is_dir():
        raise SourceNotFoundError(f"there is no folder {plan.real}", "Name one with real pairs of dates")
    say("reading the test images, naming their classes")
    accuracy = scene_accuracy(plan.data, model)
    named = tuple(_named(plan, model, seed, say) for seed in plan.seeds) if plan.only else ()
    galleries = tuple(_gallery(plan, model, seed, say) for seed in plan.seeds)
    return EvaluationReport(
        model.name,
        model.sha256,
        command,
        plan.seeds,
        galleries,
        accuracy,
        measure_speed(model, plan.tile),
        plan.only,
        named,
        _real(plan.real, model, say),
    )


def _gallery(plan: EvaluationPlan, model: PairModel, seed: int, say: Callable[[str], None]) -> GalleryFigures:
    say(f"composing and asking gallery {seed}")
    gallery = composed_gallery(plan.data, model.patch_size, seed, plan.pairs, plan.quiet)
    return measure(gallery, model, seed, plan.only)


def _named(plan: EvaluationPlan, model: PairModel, seed: int, say: Callable[[str], None]) -> NamedFigures:
    say(f"composing and asking gallery {seed} of changes to or from {' or '.join(plan.only)}")
    gallery = composed_gallery(plan.data, model.patch_size, seed, plan.pairs, 0, plan.only)
    return measure_named(gallery, model, seed)


def _real(folder: Path | None, model: PairModel, say: Callable[[str], None]) -> tuple[RealCheck, ...]:
    if folder is None:
        return ()
    from changeseek.core.evaluation.real import real_checks

    return real_checks(folder, model, say)


def write_report(report: EvaluationReport, folder: Path) -> None:
    """Write `evaluation.json` and `evaluation.md`, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    write_text_whole(folder / JSON_FILE, json.dumps(report.as_json(), indent=1, ensure_ascii=False) + "\n")
    write_text_whole(folder / MARKDOWN_FILE, report.as_markdown())
