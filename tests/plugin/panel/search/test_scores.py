"""Scores and shares in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.PyQt.QtCore import QLocale

from changeseek.plugin.panel.search.scores import seconds_in_words, top_in_words, top_share


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0001, "top 0.01 %"),
        (0.02, "top 0.02 %"),
        (0.4, "top 0.4 %"),
        (2.44, "top 2.4 %"),
        (55.0, "top 55 %"),
    ],
)
def test_a_share_has_the_digits_that_it_deserves(share: float, words: str) -> None:
    assert top_in_words(share) == words


def test_the_best_of_a_thousand_tiles_is_one_in_a_thousand() -> None:
    assert top_share(100.0, 1000) == pytest.approx(0.1)


def test_the_worst_tile_is_among_all() -> None:
    assert top_share(100.0 / 64, 64) == pytest.approx(100.0)


def test_short_times_have_more_digits() -> None:
    assert [seconds_in_words(seconds) for seconds in (0.123, 3.21, 14.2)] == ["0.12 s", "3.2 s", "14 s"]
