"""One picture of the whole demo: both dates, and the tiles that each query found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from changeseek.core.demo.canvas import Canvas
from changeseek.core.demo.figures import relevance
from changeseek.core.demo.overview import overview_of
from changeseek.core.demo.report import QueryReport
from changeseek.core.demo.truth import Truth
from changeseek.core.index.files import written_whole
from changeseek.core.raster.grid import PixelWindow
from changeseek.core.raster.pair import RasterPair
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.reader import read_patches

SHOWN = 6
_WIDTH, _MARGIN, _COLUMNS = 1600, 14, 2
_COLUMN = (_WIDTH - _MARGIN * (_COLUMNS + 1)) // _COLUMNS
_LABELS = 18
_GAP = 8
_THUMB = (_COLUMN - _LABELS - _GAP * (SHOWN - 1)) // SHOWN
_TITLE = 40
_BLOCK = _TITLE + 2 * _THUMB + 26
_COLOURS = ("#ffd400", "#ff7f0e", "#ff4dc4", "#38b6ff", "#f5f5f5", "#b388ff", "#00e5c3", "#c6ff3d")
_RIGHT, _WRONG = "#1a9641", "#d7191c"


def draw_picture(
    path: Path, pair: RasterPair, tile_grid: TileGrid, reports: Sequence[QueryReport], truth: Truth
) -> None:
    """Draw the picture as PNG, 1600 pixels wide.

    Args:
        path: Where to.
        pair: The two dates, 8-bit.
        tile_grid: The indexed tiles.
        reports: At most eight queries.
        truth: Says which tiles are right answers.

    Raises:
        MachineFaultError: The disk is full or faulty.
    """
    top = _TITLE + _COLUMN + _MARGIN
    canvas = Canvas(_WIDTH, top + _BLOCK * -(-len(reports) // _COLUMNS) + 24)
    _draw_dates(canvas, pair, tile_grid, reports)
    patches = _patches(pair, tile_grid, reports)
    for place, report in enumerate(reports):
        row, column = divmod(place, _COLUMNS)
        at = _MARGIN + column * (_COLUMN + _MARGIN), top + row * _BLOCK
        _draw_query(canvas, at, report, _COLOURS[place], patches, truth)
    _draw_key(canvas)
    with written_whole(path) as unfinished:
        canvas.save(unfinished)


def _draw_dates(
    canvas: Canvas, pair: RasterPair, tile_grid: TileGrid, reports: Sequence[QueryReport]
) -> None:
    """Both dates, the first tiles of each query outlined in its colour."""
    for column, (name, source, day) in enumerate(
        (("Before", pair.before, pair.dates[0]), ("After", pair.after, pair.dates[1]))
    ):
        left = _MARGIN + column * (_COLUMN + _MARGIN)
        picture = overview_of(source, pair.grid, _COLUMN)
        canvas.text(left, _TITLE / 2, f"{name}, {day.year}" if day else name, 19, bold=True)
        canvas.picture(left, _TITLE, picture.shape[1], picture.shape[0], picture)
        scale = picture.shape[1] / pair.grid.width
        for report, colour in zip(reports, _COLOURS, strict=False):
            for tile_id in report.tile_ids[:SHOWN]:
                _outline(canvas, (left, _TITLE), tile_grid.window(tile_grid.parse(tile_id)), scale, colour)


def _outline(canvas: Canvas, origin: tuple[int, int], window: PixelWindow, scale: float, colour: str) -> None:
    left, top = origin[0] + window.col_off * scale, origin[1] + window.row_off * scale
    canvas.box(left, top, window.width * scale, window.height * scale, colour, 2.2, edged=True)


def _patches(
    pair: RasterPair, tile_grid: TileGrid, reports: Sequence[QueryReport]
) -> dict[str, NDArray[np.uint8]]:
    """(2, H, W, 3) uint8 of every tile that is shown, as the model saw it."""
    shown = {tile_id for report in reports for tile_id in report.tile_ids[:SHOWN]}
    numbers = sorted(tile_grid.parse(tile_id) for tile_id in shown)
    return {
        tile_grid.tile_id(int(number)): patch.transpose(0, 2, 3, 1)
        for block in read_patches(pair, tile_grid, indices=numbers)
        for number, patch in zip(block.indices, block.patches, strict=True)
    }


def _draw_query(
    canvas: Canvas,
    at: tuple[int, int],
    report: QueryReport,
    colour: str,
    patches: dict[str, NDArray[np.uint8]],
    truth: Truth,
) -> None:
    """A query's title and its first tiles, before above after."""
    left, top = at
    canvas.square(left, top + 11, 18, colour)
    canvas.text(left + 28, top + 20, f"“{report.query.text}”", 17)
    precision = f"{report.figures.precision_at_10 * 10:.0f} of the first 10 right"
    canvas.text(left + _COLUMN, top + 20, precision, 14, align="right")
    for row, name in enumerate(("before", "after")):
        canvas.text(left + 7, top + _TITLE + (row + 0.5) * _THUMB, name, 13, align="upright")
    shown = report.tile_ids[:SHOWN]
    for place, (tile_id, right) in enumerate(
        zip(shown, relevance(shown, report.query.meaning, truth), strict=True)
    ):
        x, y = left + _LABELS + place * (_THUMB + _GAP), top + _TITLE
        for row, image in enumerate(patches[tile_id]):
            canvas.picture(x, y + row * _THUMB, _THUMB, _THUMB, image)
        _judge(canvas, x, y, right=bool(right))


def _judge(canvas: Canvas, x: float, y: float, *, right: bool) -> None:
    """Outline a tile in the colour of the verdict, with a sign for who cannot tell the colours apart."""
    colour = _RIGHT if right else _WRONG
    canvas.box(x, y, _THUMB, 2 * _THUMB, colour, 4)
    canvas.square(x + _THUMB - 20, y, 20, colour)
    canvas.text(x + _THUMB - 16, y + 10, "✓" if right else "✗", 14, bold=True, colour="white")


def _draw_key(canvas: Canvas) -> None:
    text = (
        f"The {SHOWN} best tiles of each query. Green: it really happened there. Red: it did not. "
        "Coloured squares: where these tiles lie above."
    )
    canvas.text(_MARGIN, canvas.height - 18, text, 14)
