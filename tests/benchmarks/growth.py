"""Whether a build of a larger area takes longer for each tile, or more memory."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from changeseek.core.index.build import build_index
from changeseek.core.model.interface import PairModel
from changeseek.core.model.loading import load_model
from changeseek.core.raster.pair import open_pair
from changeseek.core.tiling.grid import TileGrid
from changeseek.tests.benchmarks.fresh_process import Figures
from changeseek.tests.benchmarks.growth_areas import AREAS
from changeseek.tests.benchmarks.settings import Settings

_STATUS, _PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class Build(NamedTuple):
    """Milliseconds a tile on the clock and of all cores together, and the peak of memory in MB."""

    clock: float
    processor: float
    memory: float


def measure(settings: Settings) -> Figures:
    """Windows of the huge pair, each four times the area of the one before, built by one warm process.

    growth_ms_a_tile_ and growth_rss_mb_ are medians for each area; of 64 over 1 the quotients: 1 is a build
    that only grows by its tiles. Opening the rasters is not in it. growth_cpu_ is the time of all cores
    together, which other work on the machine disturbs less.
    """
    model = load_model(settings.model)
    _build(settings, model, 1)
    found: dict[int, list[Build]] = {area: [] for area in AREAS}
    for turn in range(settings.rounds):
        for area, times in AREAS.items():
            if turn < times:
                found[area].append(_build(settings, model, area))
    middle = {area: Build(*map(median, zip(*builds, strict=True))) for area, builds in found.items()}
    small, large = middle[min(AREAS)], middle[max(AREAS)]
    return {
        **{f"growth_ms_a_tile_{area}x": build.clock for area, build in middle.items()},
        **{f"growth_cpu_ms_a_tile_{area}x": build.processor for area, build in middle.items()},
        **{f"growth_rss_mb_{area}x": build.memory for area, build in middle.items()},
        "growth_ms_a_tile_64x_over_1x": large.clock / small.clock,
        "growth_cpu_ms_a_tile_64x_over_1x": large.processor / small.processor,
        "growth_rss_mb_64x_over_1x": large.memory / small.memory,
    }


def _build(settings: Settings, model: PairModel, area: int) -> Build:
    side = settings.window_pixels // 8 * round(area**0.5)
    pair = open_pair(settings.huge_before, settings.huge_after, extent=settings.window_bounds(side))
    tiles = TileGrid(pair.grid, settings.tile, settings.tile)
    directory = settings.folder / "growing.csx"
    shutil.rmtree(directory, ignore_errors=True)
    _PEAK.write_text("5", encoding="ascii")  # the kernel counts the peak anew
    clock, processor = time.perf_counter(), time.process_time()
    build_index(pair, tiles, model, directory)
    spent = time.perf_counter() - clock, time.process_time() - processor
    return Build(1000 * spent[0] / len(tiles), 1000 * spent[1] / len(tiles), _peak())


def _peak() -> float:
    fields = dict(line.split(":", 1) for line in _STATUS.read_text(encoding="ascii").splitlines())
    return int(fields["VmHWM"].removesuffix("kB")) * 1024 / 1e6
