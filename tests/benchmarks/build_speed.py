"""How fast a build is, and how near to the fastest that its own parts allow."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from statistics import median
from typing import NamedTuple

from changeseek.core.index.batches import Batch, fixed_batches
from changeseek.core.index.build import build_index
from changeseek.core.index.describe import LEAST_VALID_FRACTION
from changeseek.core.model.interface import PairModel
from changeseek.core.model.loading import load_model
from changeseek.core.raster.pair import RasterPair, open_pair
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.reader import read_patches
from changeseek.tests.benchmarks.fresh_process import Figures
from changeseek.tests.benchmarks.settings import Settings


class Spent(NamedTuple):
    """Seconds on the clock, and seconds of all cores of this process together."""

    clock: float
    processor: float


class Round(NamedTuple):
    """Reading alone, the model alone and the build, one after the other, so that a slow spell hits all."""

    reading: Spent
    model: Spent
    build: Spent


def measure(settings: Settings) -> Figures:
    """Medians over the rounds; files are in the page cache, the model is loaded and warm.

    limit_over_build has no unit and is about 1 at best: the least time that the build could take, over the
    time that it takes. The least time is the largest of reading alone, the model alone, and the processor
    seconds of both spread over the cores. The model alone gets the build's own batches from memory. Processor
    seconds count threads that wait in a loop, as torch's may, so on a busy machine the limit looks higher.
    cpu_of_parts_over_build compares processor seconds alone: what is less than 1 the build spends beside.
    """
    model = load_model(settings.model)
    pair = open_pair(settings.before, settings.after)
    tiles = TileGrid(pair.grid, settings.tile, settings.tile)
    batches = list(fixed_batches(read_patches(pair, tiles), model.batch_size, LEAST_VALID_FRACTION))
    _embed(model, batches[:2])
    rounds = [_round(settings, model, pair, tiles, batches) for _ in range(settings.rounds)]
    reading, embedding, build = (
        median(spent.clock for spent in column) for column in zip(*rounds, strict=True)
    )
    return {
        "limit_over_build": median(_limit(one) / one.build.clock for one in rounds),
        "cpu_of_parts_over_build": median(
            (one.reading.processor + one.model.processor) / one.build.processor for one in rounds
        ),
        "tiles_per_second": len(tiles) / build,
        "pairs_per_second": len(tiles) / embedding,
        "milliseconds_per_pair": 1000 * embedding / len(tiles),
        "read_seconds": reading,
        "model_seconds": embedding,
        "build_seconds": build,
    }


def _round(
    settings: Settings, model: PairModel, pair: RasterPair, tiles: TileGrid, batches: list[Batch]
) -> Round:
    directory = settings.folder / "timed.csx"
    shutil.rmtree(directory, ignore_errors=True)
    return Round(
        _spent(lambda: _exhaust(pair, tiles)),
        _spent(lambda: _embed(model, batches)),
        _spent(lambda: build_index(pair, tiles, model, directory)),
    )


def _exhaust(pair: RasterPair, tiles: TileGrid) -> None:
    for _ in read_patches(pair, tiles):
        pass


def _embed(model: PairModel, batches: list[Batch]) -> None:
    for batch in batches:
        model.embed_pairs(batch.patches[:, 0], batch.patches[:, 1])


def _spent(work: Callable[[], object]) -> Spent:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - clock, time.process_time() - processor)


def _limit(one: Round) -> float:
    together = (one.reading.processor + one.model.processor) / len(os.sched_getaffinity(0))
    return max(one.reading.clock, one.model.clock, together)
