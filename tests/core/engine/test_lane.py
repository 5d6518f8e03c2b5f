"""A lane runs errands in their order, whatever becomes of one of them."""

from __future__ import annotations

import logging

import pytest

from changeseek.core.engine.lane import Lane

SOON = 10.0


def test_errands_run_in_their_order() -> None:
    done: list[int] = []
    lane = Lane("test")
    for number in range(100):
        lane.put(lambda number=number: done.append(number))  # type: ignore[misc]
    lane.close(SOON)
    assert done == list(range(100))


def test_one_that_fails_is_written_down_and_the_next_one_runs(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    lane = Lane("test")
    with caplog.at_level(logging.ERROR):
        lane.put(lambda: done.append(str(1 / 0)))
        lane.put(lambda: done.append("next"))
        lane.close(SOON)
    assert done == ["next"]
    assert "ZeroDivisionError" in caplog.text
