"""Every row of the page on faults is made by a test that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROW = re.compile(r"^\| (?!What |-)", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@pytest.fixture(scope="module")
def page(checkout: Path) -> str:
    return (checkout / "docs" / "reliability.md").read_text(encoding="utf-8")


def test_every_row_names_its_test(page: str) -> None:
    rows = [line for line in page.splitlines() if ROW.match(line)]
    assert len(rows) > 30
    assert [row for row in rows if not NAMED.search(row)] == []


def test_every_test_that_is_named_is_there(checkout: Path, page: str) -> None:
    missing = [
        f"{file}::{name}"
        for file, name in NAMED.findall(page)
        if not (checkout / file).is_file()
        or f"\ndef {name}(" not in (checkout / file).read_text(encoding="utf-8")
    ]
    assert missing == []
