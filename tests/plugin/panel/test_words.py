"""Numbers and lines as people read them."""

from __future__ import annotations

import pytest

from changeseek.plugin.errors import PluginError
from changeseek.plugin.panel.words import count, duration, length, rate, sentence, size, told


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "a few seconds"),
        (7, "about 5 s"),
        (43, "about 45 s"),
        (180, "about 3 min"),
        (7800, "about 2 h 10 min"),
        (7200, "about 2 h"),
        (3 * 86400, "about 3 days"),
    ],
)
def test_times_are_as_coarse_as_estimates(qgis_app: object, seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_lengths_change_to_kilometres(qgis_app: object) -> None:
    assert [length(0.5), length(64), length(128.0), length(1280.0)] == ["0.5 m", "64 m", "128 m", "1.28 km"]


def test_counts_sizes_and_rates(qgis_app: object) -> None:
    assert count(1024) == "1,024"
    assert size(3_400_000).endswith("MB")
    assert [rate(31.4), rate(1.26)] == ["31 tiles/s", "1.3 tiles/s"]


def test_the_engines_lines_become_sentences(qgis_app: object) -> None:
    assert sentence("the folder is full") == "The folder is full."
    assert sentence("why?") == "Why?"
    assert sentence("") == ""
    assert sentence("town.tif has no bands") == "town.tif has no bands."
    error = PluginError("the rasters do not overlap", "Choose two of the same ground")
    assert told(error) == "The rasters do not overlap. Choose two of the same ground."
