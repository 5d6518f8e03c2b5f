"""What `changeseek evaluate anneal` does: embed once, simulate every strategy with every seed, write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from changeseek.core.anneal.selection import STRATEGIES
from changeseek.core.evaluation.anneal.archive import Archive
from changeseek.core.evaluation.anneal.changes import change_archive
from changeseek.core.evaluation.anneal.chart import draw_chart
from changeseek.core.evaluation.anneal.cost import cost_of, judge_labelled
from changeseek.core.evaluation.anneal.figures import ArchiveFigures, figures_of
from changeseek.core.evaluation.anneal.judging import judge
from changeseek.core.evaluation.anneal.report import AnnealReport
from changeseek.core.evaluation.anneal.simulation import Run, Schedule, simulate
from changeseek.core.evaluation.anneal.ucmerced import ucmerced_archive
from changeseek.core.index.files import write_text_whole, written_whole
from changeseek.core.model.interface import PairModel
from changeseek.core.model.threads import one_core

JSON_FILE = "anneal.json"
MARKDOWN_FILE = "anneal.md"
CHART_FILE = "anneal.png"

Say = Callable[[str], None]


def read_archives(data: Path, model: PairModel, scene_model: PairModel | None, say: Say) -> Iterator[Archive]:
    """UC Merced by the scene model or by statistics, then composed changes by the model.

    Raises:
        TrainingDataError: There are no such images.
    """
    say("reading and embedding UC Merced")
    yield ucmerced_archive(data, scene_model)
    say("composing and embedding changes")
    yield change_archive(data, model)


def evaluate_anneal(
    archives: Sequence[Archive], schedule: Schedule, seeds: Sequence[int], say: Say, command: str
) -> AnnealReport:
    """Simulate; `say` is told what is done now."""
    with one_core():
        found = tuple(_on_one(archive, schedule, seeds, say) for archive in archives)
    return AnnealReport(command, tuple(seeds), found)


def _on_one(archive: Archive, schedule: Schedule, seeds: Sequence[int], say: Say) -> ArchiveFigures:
    runs: dict[str, tuple[Run, ...]] = {}
    for strategy in STRATEGIES:
        say(f"{archive.title}: {strategy}")
        runs[strategy] = tuple(simulate(archive, strategy, schedule, seed) for seed in seeds)
    cost = cost_of(archive, schedule.answered[-1])
    labelled = tuple(judge_labelled(archive, cost.labels, seed) for seed in seeds)
    plain = judge(archive.gallery, archive.gallery_labels)
    return figures_of(archive, schedule.answered, plain, runs, cost, labelled)


def write_anneal(report: AnnealReport, folder: Path) -> None:
    """Write `anneal.json`, `anneal.md` and `anneal.png`, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    write_text_whole(folder / JSON_FILE, json.dumps(report.as_json(), indent=1) + "\n")
    write_text_whole(folder / MARKDOWN_FILE, report.as_markdown())
    with written_whole(folder / CHART_FILE) as unfinished:
        draw_chart(report, unfinished)
