"""A line is read whole, or known to be too long; never is there more of it in memory than that."""

from __future__ import annotations

import io

import pytest

from changeseek.core.engine import lines
from changeseek.core.engine.lines import Line, read_lines


@pytest.fixture(autouse=True)
def at_most_four_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST_BYTES", 4)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (b"", []),
        (b"abc\nd\n", [Line(b"abc\n", True), Line(b"d\n", True)]),
        (b"\n\n", [Line(b"\n", True), Line(b"\n", True)]),
        (b"ab\ncut", [Line(b"ab\n", True), Line(b"cut", True)]),
        (b"abcd\nef\n", [Line(b"abcd", False), Line(b"ef\n", True)]),
        (b"abcdefghijkl\nm\n", [Line(b"abcd", False), Line(b"m\n", True)]),
        (b"abcdefghij", [Line(b"abcd", False)]),
    ],
)
def test_lines(sent: bytes, read: list[Line]) -> None:
    assert list(read_lines(io.BytesIO(sent))) == read
