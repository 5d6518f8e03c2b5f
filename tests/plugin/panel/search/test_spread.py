"""How many tiles lie above a threshold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from changeseek.core.engine.messages import Histogram, HitsAnswer
from changeseek.plugin.panel.search.spread import estimated_above, listed_above, tiles_above


def test_hits_of_exactly_the_least_score_are_listed(answer: HitsAnswer) -> None:
    assert listed_above(answer, answer.hits[9].score) == 10
    assert listed_above(answer, 2.0) == 0
    assert listed_above(answer, None) == 100


def test_above_the_last_hit_the_number_is_exact(answer: HitsAnswer) -> None:
    above = tiles_above(answer, answer.hits[4].score)
    assert (above.tiles, above.exact, above.share) == (5, True, 0.5)


def test_below_the_last_hit_the_histogram_tells_about_how_many(answer: HitsAnswer) -> None:
    above = tiles_above(answer, 0.5)
    assert (above.tiles, above.exact) == (500, False)


def test_the_histogram_never_says_fewer_than_are_listed_nor_more_than_there_are(answer: HitsAnswer) -> None:
    meagre = replace(answer, histogram=Histogram((1, 1), 0.0, 1.0))
    assert tiles_above(meagre, 0.1).tiles == len(answer.hits)
    assert tiles_above(answer, -5.0).tiles == answer.tiles


def test_where_all_tiles_are_hits_the_number_is_exact(answer: HitsAnswer) -> None:
    everything = replace(answer, tiles=100)
    assert tiles_above(everything, 0.0).exact


@pytest.mark.parametrize(
    ("least", "above"), [(-1.0, 30.0), (0.0, 30.0), (1.5, 15.0), (2.0, 10.0), (3.5, 0.0)]
)
def test_tiles_of_a_bin_are_taken_as_evenly_spread(least: float, above: float) -> None:
    assert estimated_above(Histogram((10, 10, 10), 0.0, 3.0), least) == pytest.approx(above)


def test_a_histogram_of_equal_scores_has_all_tiles_or_none() -> None:
    equal = Histogram((7,), 0.25, 0.25)
    assert estimated_above(equal, 0.25) == 7
    assert estimated_above(equal, 0.3) == 0
