"""How long a model takes for a pair, as it runs in an index."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median

import numpy as np
import torch

from changeseek.core.model.interface import PairModel, Patches

_BATCHES = 7


@dataclass(frozen=True, slots=True)
class Speed:
    """Time of `embed_pairs`.

    Attributes:
        milliseconds: A pair, the median of some full batches.
        processor_milliseconds: The same in time that processors computed for it, all threads together: what
            the rest of the machine does hardly changes it.
        tile: Side of the patches in pixels.
        batch: Pairs in a batch.
        device: Where the model ran.
        threads: That computed, where that was a processor.
    """

    milliseconds: float
    processor_milliseconds: float
    tile: int
    batch: int
    device: str
    threads: int


def measure_speed(model: PairModel, tile: int) -> Speed:
    """Time some full batches of patches of so many pixels a side."""
    shape = (model.batch_size, 3, tile, tile)
    patches = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    _seconds(model, patches)  # the first one prepares memory and kernels
    found = [_seconds(model, patches) for _ in range(_BATCHES)]
    waited, computed = (1000 * median(column) / model.batch_size for column in zip(*found, strict=True))
    return Speed(waited, computed, tile, model.batch_size, model.device, torch.get_num_threads())


def _seconds(model: PairModel, patches: Patches) -> tuple[float, float]:
    """By the clock on the wall, and by what the processors did."""
    started, computed = time.perf_counter(), time.process_time()
    model.embed_pairs(patches, patches)
    return time.perf_counter() - started, time.process_time() - computed
