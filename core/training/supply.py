"""Batches by number, drawn ahead of the training step by threads.

A batch is a function of seed, step and process alone. So threads may draw several at once, and a training
that goes on in its middle begins with the very batch that it would have had.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from changeseek.core.model.threads import use_all_cores, use_one_core

Item = TypeVar("Item")

_AHEAD = 3


def seed_of(*place: int) -> int:
    """A seed that differs from those of all other places, 0..2**32 - 1."""
    return int(np.random.SeedSequence(place).generate_state(1)[0])


def drawn_ahead(make: Callable[[int], Item], numbers: Iterable[int], threads: int = 1) -> Generator[Item]:
    """`make(number)` for each number, in order, while `threads` threads make those to come.

    What `make` raises is raised here in its turn. Close it where it is not drawn to its end.
    """
    if threads > 1:
        use_all_cores()
    pool = ThreadPoolExecutor(threads, "changeseek-supply", use_one_core if threads > 1 else None)
    waiting: deque[Future[Item]] = deque()
    try:
        for number in numbers:
            waiting.append(pool.submit(make, number))
            if len(waiting) == _AHEAD * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
