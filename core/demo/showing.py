"""Puts what the demo found where people look: GeoPackages, a QGIS project, a picture, a file of figures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from changeseek.core.demo.answers import Answer, export_answers
from changeseek.core.demo.folder import DemoFolder
from changeseek.core.demo.picture import draw_picture
from changeseek.core.demo.project import ProjectLayer, write_project
from changeseek.core.demo.queries import PLAIN_QUERIES
from changeseek.core.demo.report import DemoReport
from changeseek.core.demo.truth import Truth
from changeseek.core.index.files import write_text_whole
from changeseek.core.raster.pair import RasterPair
from changeseek.core.raster.source import RasterSource
from changeseek.core.tiling.grid import TileGrid

_TITLE = "ChangeSeek demo"


def show(
    folder: DemoFolder,
    pair: RasterPair,
    tile_grid: TileGrid,
    answers: Sequence[Answer],
    report: DemoReport,
    truth: Truth,
) -> None:
    """Write everything that is to be looked at, in place of what an earlier run wrote.

    Raises:
        MachineFaultError: The disk is full or faulty.
    """
    exported = export_answers(answers, folder.hits)
    dates = _date_layer("before", pair.before), _date_layer("after", pair.after)
    hits = [
        _hits_layer(number, *hits, pair.grid.crs)
        for number, hits in enumerate(zip(answers, exported, strict=True))
    ]
    write_project(folder.project, _TITLE, dates, hits, pair.grid.crs, pair.grid.bounds)
    draw_picture(folder.picture, pair, tile_grid, report.queries[: len(PLAIN_QUERIES)], truth)
    write_text_whole(folder.report, json.dumps(report.as_json(), indent=1) + "\n")


def _hits_layer(number: int, answer: Answer, path: Path, crs: str) -> ProjectLayer:
    """Only the first is visible when the project opens: all at once would hide each other."""
    name, source = f"changeseek_demo_hits_{number:02d}", f"{path.parent.name}/{path.name}"
    return ProjectLayer(name, answer.query.text, source, crs, visible=number == 0)


def _date_layer(date: str, source: RasterSource) -> ProjectLayer:
    name = f"{source.name} ({source.date.year})" if source.date else source.name
    return ProjectLayer(f"changeseek_demo_{date}", name, source.name, source.crs, alpha=source.alpha)
