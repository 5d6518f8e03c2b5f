"""Progress as people read it."""

from __future__ import annotations

from typing import Any

import pytest

from changeseek.core.engine.messages import Progress
from changeseek.plugin.processing.watching import Watch, describe, duration


def test_a_line_says_how_far_how_fast_and_how_long() -> None:
    assert describe(Progress(512, 2048, 560.4, 2.7)) == "512 of 2048 tiles, 560 a second, 3 s left"


def test_an_unknown_time_is_left_out() -> None:
    assert describe(Progress(1, 9, 0.6, None)) == "1 of 9 tiles, 0.6 a second"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "under 1 s"),
        (59.2, "59 s"),
        (59.7, "1 min"),
        (61, "1 min"),
        (3599, "1 h 0 min"),
        (7260, "2 h 1 min"),
    ],
)
def test_time_is_told_in_two_units_at_most(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_the_bar_moves_with_each_report_and_the_log_gets_a_line_now_and_then(feedback: Any) -> None:
    watch = Watch(feedback)
    for done in (0, 5, 10):
        watch.tell(Progress(done, 20, 5.0, 2.0))
        assert feedback.progress() == 100 * done / 20
    assert feedback.texts == ["5 of 20 tiles, 5.0 a second, 2 s left"]


def test_nothing_to_do_is_no_division_by_zero(feedback: Any) -> None:
    Watch(feedback).tell(Progress(0, 0, 0.0, None))
    assert feedback.progress() == 0
