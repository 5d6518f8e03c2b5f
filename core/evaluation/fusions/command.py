"""What `changeseek compare-fusions` does: encode once, train every fusion with every seed, measure, write."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from changeseek.core.evaluation.fusions.base import Base
from changeseek.core.evaluation.fusions.chart import draw_chart
from changeseek.core.evaluation.fusions.gallery import AskedGallery, asked_gallery
from changeseek.core.evaluation.fusions.halves import learned_half, second_half
from changeseek.core.evaluation.fusions.heads import HeadTraining, train_fusion
from changeseek.core.evaluation.fusions.measure import (
    gallery_vectors,
    measure_vectors,
    milliseconds_a_pair,
)
from changeseek.core.evaluation.fusions.report import FusionReport, FusionRun
from changeseek.core.evaluation.fusions.sentences import SentencePool
from changeseek.core.evaluation.fusions.tokens import training_tokens
from changeseek.core.index.files import write_text_whole, written_whole
from changeseek.core.model.fusion import FUSIONS
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.memory import keep_freed_memory

JSON_FILE = "fusions.json"
MARKDOWN_FILE = "fusions.md"
CHART_FILE = "fusions.png"
# Pairs, pool and gallery are the same for all seeds, so that their spread is that of training alone.
_DATA_SEED = 0


@dataclass(frozen=True, slots=True)
class ComparisonPlan:
    """What to compare on.

    Attributes:
        data: Folder with `ucmerced/` and `eurosat/`, or one of them.
        pairs: Training pairs to encode.
        gallery: Changed pairs of the held-out gallery; a quarter as many quiet ones stand beside them.
        seeds: One training of each fusion for each.
        training: How long and how hard each learns.
    """

    data: Path
    pairs: int
    gallery: int
    seeds: tuple[int, ...]
    training: HeadTraining


def compare_fusions(
    plan: ComparisonPlan, base: Base, say: Callable[[str], None], command: str
) -> FusionReport:
    """Train and measure every fusion; `say` is told what is done now.

    Raises:
        TrainingDataError: There are no training images or no test images.
    """
    keep_freed_memory()
    say("composing and encoding the gallery")
    gallery = asked_gallery(base, plan.data, plan.gallery, plan.gallery // 4, _DATA_SEED)
    say(f"composing and encoding {plan.pairs} training pairs")
    cached = training_tokens(base, plan.data, plan.pairs, _DATA_SEED)
    pool = SentencePool(base, cached.truths, _DATA_SEED)
    runs: dict[str, tuple[FusionRun, ...]] = {}
    for fusion in FUSIONS:
        say(f"training {fusion}")
        trained = (train_fusion(base, fusion, cached, pool, plan.training, seed) for seed in plan.seeds)
        runs[fusion] = tuple(_measured(network, gallery) for network in trained)
    return FusionReport(
        model=base.name,
        sha256=base.sha256,
        command=command,
        seeds=plan.seeds,
        pairs=len(cached.truths),
        tokens=(cached.tokens.shape[2], cached.tokens.shape[3]),
        steps=plan.training.steps,
        changed=gallery.changed,
        quiet=len(gallery.pairs.truths) - gallery.changed,
        meanings=len(gallery.meanings),
        trained_fusion=base.network.config.fusion,
        as_trained=_measured(base.network, gallery),
        no_fusion=measure_vectors(gallery_vectors(base.network, gallery).each(second_half), gallery),
        runs=runs,
    )


def _measured(network: TextItsr, gallery: AskedGallery) -> FusionRun:
    vectors = gallery_vectors(network, gallery)
    return FusionRun(
        measure_vectors(vectors.each(learned_half), gallery),
        measure_vectors(vectors, gallery),
        milliseconds_a_pair(network, gallery),
    )


def write_comparison(report: FusionReport, folder: Path) -> None:
    """Write `fusions.json`, `fusions.md` and `fusions.png`, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    write_text_whole(folder / JSON_FILE, json.dumps(report.as_json(), indent=1) + "\n")
    write_text_whole(folder / MARKDOWN_FILE, report.as_markdown())
    with written_whole(folder / CHART_FILE) as unfinished:
        draw_chart(report, unfinished)
