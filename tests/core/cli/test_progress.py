from __future__ import annotations

import time

import pytest

from changeseek.core.cli.progress import pace, progress_bar
from changeseek.core.progress import Progress


@pytest.mark.parametrize(
    ("left", "words"), [(None, ""), (5.4, "52.3 tiles/s, 0:05 left"), (3725.0, "52.3 tiles/s, 1:02:05 left")]
)
def test_the_pace_is_said_in_words(left: float | None, words: str) -> None:
    assert pace(Progress(10, 100, 52.31, left)) == words


def test_without_a_terminal_a_line_comes_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 4.0, 11.0, 12.0, 21.5])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    with progress_bar("tiles") as show:
        for done in (10, 20, 30, 40):
            show(Progress(done, 40, 2.0, (40 - done) / 2))
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "tiles: 20 of 40, 2 tiles/s, 0:10 left",
        "tiles: 40 of 40, 2 tiles/s, 0:00 left",
    ]


def test_a_terminal_gets_a_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    with progress_bar("tiles") as show:
        show(Progress(30, 40, 2.0, 5.0))
    assert "30/40" in capsys.readouterr().err
