"""A clearing in Guyana, against the outlines of its alerts."""

from __future__ import annotations

import json
from pathlib import Path

from changeseek.core.evaluation.real.case import Case, Cases, Question
from changeseek.core.evaluation.real.files import needed
from changeseek.core.evaluation.real.layers import burn, tile_shares
from changeseek.core.raster.pair import open_pair
from changeseek.core.tiling.grid import TileGrid

GROUP = "Forest clearing"
# 120 m: of larger tiles hardly two would be right.
TILE = 12
LEAST_SHARE = 0.02
LEAST_POSITIVE = 3
_WEAKNESS = (
    "One alert of one hectare, seen by radar, makes a handful of right answers; clearings that nobody "
    "reported and clouds of one date lie around it."
)


def forest_clearing_cases(folder: Path) -> Cases:
    """One case, from example_t0.tif, example_t1.tif and example.geojson."""
    alerts = json.loads(needed(folder / "example.geojson").read_text(encoding="utf-8"))["features"]
    pair = open_pair(folder / "example_t0.tif", folder / "example_t1.tif")
    tiles = TileGrid(pair.grid, TILE, TILE)
    # GeoJSON is in WGS 84 by its definition.
    alerted = burn([alert["geometry"] for alert in alerts], "EPSG:4326", pair.grid)
    question = Question(
        name=f"{GROUP}: forest has been cleared",
        query="forest has been cleared",
        came="bare ground",
        went="forest",
        positive=tile_shares(alerted, tiles) > LEAST_SHARE,
        rule=f"more than {LEAST_SHARE:.0%} of the alerts",
        weakness=_WEAKNESS,
    )
    yield Case(GROUP, "Guyana", _dates(alerts), pair, tiles, (question,), LEAST_POSITIVE)


def _dates(alerts: list[dict[str, dict[str, str]]]) -> str:
    first = alerts[0]["properties"] if alerts else {}
    return f"{first.get('date_start_t0', 'before')} to {first.get('date_start_t1', 'after')}"
