"""The map knows where tiles lie as the engine does, and which tile a place belongs to."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from changeseek.core.engine.messages import InfoAnswer, Source
from changeseek.plugin.map.tiles import Axis, Tiles

ROOT = Path(__file__).resolve().parents[3]

# The engine's own grids: sizes around multiples of tile and stride, and rasters smaller than a tile.
ASK_THE_ENGINE = """
import json, random
from affine import Affine
from changeseek.core.raster.grid import PixelGrid
from changeseek.core.tiling.grid import TileGrid

chance = random.Random(7)
grids = []
for _ in range(60):
    tile = chance.randint(1, 40)
    stride = chance.randint(1, tile)
    width, height = (chance.choice([chance.randint(1, 150), 3 * stride + tile]) for _ in range(2))
    transform = Affine(0.5, 0, 1000.25, 0, -0.25, 2000.5)
    grid = TileGrid(PixelGrid("EPSG:32633", transform, width, height), tile, stride)
    bounds = {grid.tile_id(number): grid.bounds(number) for number in range(len(grid))}
    grids.append({"tile": tile, "stride": stride, "width": width, "height": height, "rows": grid.rows,
                  "cols": grid.cols, "transform": list(transform)[:6], "bounds": bounds})
print(json.dumps(grids))
"""


@pytest.fixture(scope="module")
def grids() -> list[dict[str, Any]]:
    engine = ROOT / ".venv" / "bin" / "python"
    done = subprocess.run(
        [str(engine), "-c", ASK_THE_ENGINE], capture_output=True, text=True, check=True, timeout=600
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def _of(grid: dict[str, Any]) -> Any:
    names = ("tile", "stride", "width", "height", "rows", "cols", "transform")
    source = Source("a.tif", None, (1, 2, 3), "unchanged")
    return Tiles.of(
        InfoAnswer(
            index="/x.csx", state="complete", tiles=1, skipped=0, tiles_done=1, crs="EPSG:32633", gsd=0.5,
            model="embedded", model_here=True, before=source, after=source,
            **{name: grid[name] for name in names},
        )
    )  # fmt: skip


def test_every_tile_lies_where_the_engine_puts_it(grids: list[dict[str, Any]]) -> None:
    for grid in grids:
        made = _of(grid)
        for tile_id, bounds in grid["bounds"].items():
            box = made.bounds(tile_id)
            assert (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()) == tuple(bounds)


def test_a_place_belongs_to_the_tile_whose_centre_is_nearest(grids: list[dict[str, Any]]) -> None:
    chance = random.Random(8)
    for grid in grids:
        made = _of(grid)
        extent = made.extent
        for _ in range(20):
            x = chance.uniform(extent.xMinimum(), extent.xMaximum())
            y = chance.uniform(extent.yMinimum(), extent.yMaximum())
            found = made.bounds(made.tile_at(x, y))
            assert found.contains(x, y)
            nearest = min(_distance(made.bounds(one).center(), x, y) for one in grid["bounds"])
            assert _distance(found.center(), x, y) == pytest.approx(nearest)


def _distance(centre: Any, x: float, y: float) -> float:
    return float(centre.distance(x, y))


def test_on_the_edge_between_two_tiles_the_later_has_the_place() -> None:
    axis = Axis(size=256, tile=64, stride=64, count=4)
    assert [axis.nearest(pixel) for pixel in (0, 63.9, 64, 128, 255.9, 256)] == [0, 0, 1, 2, 3, 3]


def test_outside_of_the_grid_there_is_no_tile(grids: list[dict[str, Any]]) -> None:
    made = _of(grids[0])
    extent = made.extent
    assert made.tile_at(extent.xMinimum() - 0.01, extent.yMaximum()) is None
    assert made.tile_at(extent.xMinimum(), extent.yMaximum() + 0.01) is None
    assert made.tile_at(extent.xMaximum() + 0.01, extent.yMinimum()) is None


@pytest.mark.parametrize("tile_id", ["", "r999c000", "r000c999", "tile 7"])
def test_an_unknown_tile_has_no_bounds(grids: list[dict[str, Any]], tile_id: str) -> None:
    with pytest.raises(ValueError, match="not a tile"):
        _of(grids[0]).bounds(tile_id)
