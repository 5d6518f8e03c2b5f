"""Runs an iterator in a thread of its own, a bounded number of items ahead of the consumer."""

from __future__ import annotations

import queue
from collections.abc import Callable, Generator, Iterator
from threading import Event, Thread
from typing import Generic, TypeVar

Item = TypeVar("Item")

_POLL_SECONDS = 0.05


def run_ahead(make: Callable[[], Iterator[Item]], ahead: int) -> Generator[Item]:
    """Items of an iterator that a thread fills in advance.

    What the iterator raises is raised here, after the items before it. Closing this iterator closes
    that one and waits for its thread.

    Args:
        make: Makes the iterator; called in the thread, when the first item is asked for.
        ahead: Items that may wait, 1 or more.
    """
    producer = _Producer(make, ahead)
    producer.start()
    try:
        yield from producer.items()
    finally:
        producer.close()


class _Producer(Thread, Generic[Item]):
    """The thread; a daemon, so that an iterator that nobody closed does not keep the process alive."""

    def __init__(self, make: Callable[[], Iterator[Item]], ahead: int) -> None:
        super().__init__(name="changeseek-ahead", daemon=True)
        self._make = make
        self._waiting: queue.Queue[Item | None] = queue.Queue(maxsize=ahead)
        self._closed = Event()
        self._failure: Exception | None = None

    def run(self) -> None:
        """Fill the queue until the iterator ends, fails or is closed."""
        try:
            self._fill()
        # A thread's edge: whatever went wrong belongs to the consumer, who raises it.
        except Exception as failure:  # noqa: BLE001
            self._failure = failure
        finally:
            self._put(None)

    def items(self) -> Iterator[Item]:
        """What the thread has put, then what it has raised."""
        while (item := self._waiting.get()) is not None:
            yield item
        if self._failure is not None:
            raise self._failure

    def close(self) -> None:
        """End the thread."""
        self._closed.set()
        self.join()

    def _fill(self) -> None:
        items = self._make()
        try:
            for item in items:
                if not self._put(item):
                    return
        finally:
            if hasattr(items, "close"):
                items.close()

    def _put(self, item: Item | None) -> bool:
        while not self._closed.is_set():
            try:
                self._waiting.put(item, timeout=_POLL_SECONDS)
            except queue.Full:
                continue
            return True
        return False
