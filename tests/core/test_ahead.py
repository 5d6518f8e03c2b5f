"""An iterator that runs in a thread of its own behaves as if it did not."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from changeseek.core.ahead import run_ahead


def test_items_keep_their_order() -> None:
    assert list(run_ahead(lambda: iter(range(100)), 2)) == list(range(100))


def test_an_error_comes_after_the_items_before_it() -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise OSError("the disk is gone")

    items = run_ahead(failing, 2)
    assert next(items) == 1
    with pytest.raises(OSError, match="the disk is gone"):
        next(items)


def test_not_even_a_panic_looks_like_the_end() -> None:
    class PanicError(BaseException):
        pass

    def panicking() -> Iterator[int]:
        yield 1
        raise PanicError

    with pytest.raises(PanicError):
        list(run_ahead(panicking, 2))


def test_it_runs_only_so_far_ahead() -> None:
    made: list[int] = []

    def counting() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            yield number

    with closing(run_ahead(counting, 3)) as items:
        next(items)
        time.sleep(0.2)
        assert len(made) <= 6


def test_closing_closes_the_iterator_in_its_thread() -> None:
    ended: list[str] = []

    def resourceful() -> Iterator[int]:
        try:
            yield from range(1000)
        finally:
            ended.append(threading.current_thread().name)

    items = run_ahead(resourceful, 1)
    next(items)
    items.close()
    assert ended == ["changeseek-ahead_0"]


PROGRAM = """
from changeseek.core.ahead import run_ahead
items = run_ahead(lambda: iter(range(1000)), 1)
next(items)
raise KeyboardInterrupt
"""


def test_a_process_that_forgets_to_close_it_still_ends() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], timeout=20, check=False, capture_output=True)
    assert b"KeyboardInterrupt" in done.stderr
    assert b"Exception ignored" not in done.stderr
