"""Runs an iterator in a thread of its own, a bounded number of items ahead of the consumer."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def run_ahead(make: Callable[[], Iterator[Item]], ahead: int) -> Generator[Item]:
    """Items of an iterator that a thread fills in advance.

    What the iterator raises is raised here, after the items before it. Closing this iterator closes
    that one in its thread and waits for it.

    Args:
        make: Makes the iterator; called in the thread, when the first item is asked for.
        ahead: Items that may wait while one more is made, 1 or more.
    """

    def made() -> Generator[Item]:
        yield from make()

    def take() -> list[Item]:
        return list(islice(items, 1))

    items = made()
    # A future carries whatever is raised to the consumer, a panic of a native library included.
    with ThreadPoolExecutor(1, thread_name_prefix="changeseek-ahead") as thread:
        waiting = deque(thread.submit(take) for _ in range(ahead + 1))
        try:
            while taken := waiting.popleft().result():
                waiting.append(thread.submit(take))
                yield from taken
        finally:
            for unwanted in waiting:
                unwanted.cancel()
            _close(items, thread)


def _close(items: Generator[Item], thread: ThreadPoolExecutor) -> None:
    try:
        closed = thread.submit(items.close)
    except RuntimeError:
        # The interpreter is ending and starts nothing any more: nobody closed this iterator in time.
        return
    closed.result()
