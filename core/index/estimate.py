"""What a build will cost, found before it starts."""

from __future__ import annotations

import time

import numpy as np

from changeseek.core.index.manifest import IndexRecord
from changeseek.core.model.interface import PairModel, Patches

# Measured by `make bench`: of a build whose rasters lie on one grid the model alone takes 84 % of the time.
_BUILD_OVER_MODEL = 1.2
_TIMES = 3
# A processor takes no less for a pair of a large batch.
_PAIRS_ON_CPU = 8
# A batch of the largest tiles would fill a small machine's memory, and the time of a pair shows in less.
_MOST_BYTES = 1 << 26
_FLOAT16 = 2
# Measured: vectors hardly shrink, and what they shrink the rest of a tile's row takes; a part has a schema
# and metadata, whatever it holds.
_BYTES_A_PART = 6000


def seconds_a_tile(model: PairModel, tile: int) -> float:
    """Seconds a tile of so many pixels a side that a build will take, from batches that are embedded here."""
    wanted = _PAIRS_ON_CPU if model.device == "cpu" else model.batch_size
    count = max(1, min(wanted, _MOST_BYTES // (6 * tile * tile)))
    patches = np.random.default_rng(0).integers(0, 256, (count, 3, tile, tile), dtype=np.uint8)
    _seconds(model, patches)  # the first one prepares memory and kernels
    # The quickest, for whatever else the machine does makes only slower.
    return _BUILD_OVER_MODEL * min(_seconds(model, patches) for _ in range(_TIMES)) / count


def _seconds(model: PairModel, patches: Patches) -> float:
    started = time.perf_counter()
    model.embed_pairs(patches, patches)
    return time.perf_counter() - started


def bytes_of_index(record: IndexRecord) -> int:
    """Size on disk when all tiles are in it."""
    vectors = 3 * _FLOAT16 * record.model.dimensions * len(record.grid)
    return vectors + _BYTES_A_PART * len(record.plan.parts)
