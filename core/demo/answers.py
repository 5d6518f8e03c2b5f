"""Asks the demo's queries, and compares what comes back with the truth and with pixel difference."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from changeseek.core.demo.figures import judge
from changeseek.core.demo.queries import DemoQuery
from changeseek.core.demo.report import QueryReport
from changeseek.core.demo.truth import Truth
from changeseek.core.index.export import export_hits
from changeseek.core.index.hits import Hit
from changeseek.core.index.query import DEFAULT_HITS, SearchRequest
from changeseek.core.index.search import search
from changeseek.core.index.store import Index
from changeseek.core.model.interface import PairModel


class Answer(NamedTuple):
    """A query and all tiles as hits, best first."""

    query: DemoQuery
    hits: list[Hit]


def ask(index: Index, model: PairModel, queries: Sequence[DemoQuery]) -> list[Answer]:
    """Rank all tiles of an index for each query."""
    return [
        Answer(query, search(index, model, SearchRequest(query.text, query.mode, len(index))))
        for query in queries
    ]


def report_answer(answer: Answer, by_difference: Sequence[str], truth: Truth) -> QueryReport:
    """Judge an answer, and the ranking by pixel difference as if it were one."""
    tile_ids = tuple(hit.tile_id for hit in answer.hits)
    meaning = answer.query.meaning
    return QueryReport(
        answer.query, tile_ids, judge(tile_ids, meaning, truth), judge(by_difference, meaning, truth)
    )


def export_answers(answers: Sequence[Answer], folder: Path) -> list[Path]:
    """Write the first hits of each answer as a GeoPackage into a folder, in place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{_file_name(number, answer.query)}.gpkg" for number, answer in enumerate(answers, 1)]
    for answer, path in zip(answers, paths, strict=True):
        export_hits(answer.hits[:DEFAULT_HITS], answer.query.text, path)
    return paths


def _file_name(number: int, query: DemoQuery) -> str:
    words = re.findall(r"[a-z]+", query.text.lower())
    return f"{number:02d}_{'_'.join(words)}"
