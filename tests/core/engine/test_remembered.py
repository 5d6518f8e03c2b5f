from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from changeseek.core.engine.remembered import Remembered, stamp


def test_a_thing_is_made_once_however_many_threads_ask() -> None:
    things: Remembered[object] = Remembered(2)

    def make() -> object:
        time.sleep(0.05)
        return object()

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: things.get("key", make), range(8)))
    assert len(set(map(id, found))) == 1


def test_what_was_asked_for_longest_ago_is_forgotten() -> None:
    things: Remembered[str] = Remembered(2)
    for key in "abac":
        things.get(key, lambda: "first")
    assert [things.get(key, lambda: "anew") for key in "ac"] == ["first", "first"]
    assert things.get("b", lambda: "anew") == "anew"


def test_what_fails_is_tried_again() -> None:
    things: Remembered[int] = Remembered(1)
    with pytest.raises(ZeroDivisionError):
        things.get("key", lambda: 1 // 0)
    assert things.get("key", lambda: 1) == 1


def test_a_stamp_changes_with_the_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    assert stamp(file) is None
    file.write_text("one")
    first = stamp(file)
    assert stamp(file) == first
    os.utime(file, (1, 1))
    assert stamp(file) != first
