from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from changeseek.core.errors import QueryError, UnknownTileError
from changeseek.core.index.hits import best_hits, top_positions
from changeseek.core.index.query import Mode, SearchRequest
from changeseek.core.index.search import score_tiles, search, similar
from changeseek.core.index.store import Index
from changeseek.core.model.interface import PairEmbeddings, PairModel, Patches

RED, GREEN, BLUE, GREY = (255, 0, 0), (0, 255, 0), (0, 0, 255), (90, 90, 90)
SCENES = [(GREEN, RED), (GREY, GREY), (RED, GREEN), (BLUE, BLUE), (GREY, RED), (GREEN, BLUE)]


@pytest.fixture
def index(make_index: Callable[[PairEmbeddings], Index], colour_model: PairModel) -> Index:
    """Six tiles, the scenes above, as the colour model sees them."""
    return make_index(colour_model.embed_pairs(_painted(0), _painted(1)))


def _painted(date: int) -> Patches:
    colours = np.asarray([scene[date] for scene in SCENES], dtype=np.uint8)
    return np.broadcast_to(colours[:, :, None, None], (len(SCENES), 3, 8, 8)).copy()


def _first(index: Index, model: PairModel, text: str, mode: Mode = "change", without: str = "") -> str:
    return search(index, model, SearchRequest(text, mode, 6, without))[0].tile_id


def test_change_mode_finds_what_came(index: Index, colour_model: PairModel) -> None:
    assert _first(index, colour_model, "red") == "r000c004"


def test_scene_modes_look_at_one_date(index: Index, colour_model: PairModel) -> None:
    assert _first(index, colour_model, "blue", "before") == "r000c003"
    after = search(index, colour_model, SearchRequest("blue", "after", 2))
    assert {hit.tile_id for hit in after} == {"r000c003", "r000c005"}


def test_a_transition_has_a_direction(index: Index, colour_model: PairModel) -> None:
    assert _first(index, colour_model, "green -> red") == "r000c000"
    assert _first(index, colour_model, "red -> green") == "r000c002"
    assert _first(index, colour_model, "green → blue", "after") == "r000c005"


def test_without_takes_away_what_fits_the_other_text(index: Index, colour_model: PairModel) -> None:
    wanted = SearchRequest("blue", "after", 6)
    plain = {hit.tile_id: hit.rank for hit in search(index, colour_model, wanted)}
    less = {
        hit.tile_id: hit.rank
        for hit in search(index, colour_model, SearchRequest("blue", "after", 6, "green"))
    }
    assert plain["r000c002"] <= less["r000c002"] == 6


def test_ties_keep_the_order_of_the_tiles(index: Index, colour_model: PairModel) -> None:
    hits = search(index, colour_model, SearchRequest("blue", "after", 2))
    assert [hit.tile_id for hit in hits] == ["r000c003", "r000c005"]
    assert [hit.percentile for hit in hits] == [100.0, 100.0]


def test_more_hits_than_tiles_gives_all_tiles(index: Index, colour_model: PairModel) -> None:
    assert len(search(index, colour_model, SearchRequest("red", k=1000))) == 6


def test_a_hit_says_where_its_tile_lies(index: Index, colour_model: PairModel) -> None:
    hit = search(index, colour_model, SearchRequest("red", k=1))[0]
    assert (hit.bounds, hit.crs) == ((500064.0, 4999984.0, 500080.0, 5000000.0), "EPSG:32633")


def test_similar_ranks_the_others_by_their_change(index: Index) -> None:
    hits = similar(index, "r000c000", k=10)
    assert hits[0].tile_id == "r000c004"
    assert "r000c000" not in {hit.tile_id for hit in hits}
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
    assert hits[0].percentile == 100.0
    assert hits[-1].percentile == 20.0


def test_similar_knows_only_tiles_of_the_index(index: Index) -> None:
    with pytest.raises(UnknownTileError, match="no tile r999c999"):
        similar(index, "r999c999")


@pytest.mark.parametrize("text", ["", "  ", "-> red", "green ->", "->", "a -> b -> c"])
def test_a_query_that_says_nothing_or_half_is_refused(
    index: Index, colour_model: PairModel, text: str
) -> None:
    with pytest.raises(QueryError):
        search(index, colour_model, SearchRequest(text))


def test_no_hits_are_not_an_answer(index: Index, colour_model: PairModel) -> None:
    with pytest.raises(QueryError, match="0 hits"):
        search(index, colour_model, SearchRequest("red", k=0))
    with pytest.raises(QueryError, match="-1 hits"):
        similar(index, "r000c000", k=-1)


def test_scores_do_not_depend_on_how_many_hits_are_wanted(
    forty_tiles: Index, colour_model: PairModel
) -> None:
    scores = score_tiles(forty_tiles, colour_model, SearchRequest("green -> red"))
    hits = search(forty_tiles, colour_model, SearchRequest("green -> red", k=5))
    assert [hit.score for hit in hits] == sorted(map(float, scores), reverse=True)[:5]


@settings(max_examples=30)
@given(scores=arrays.arrays(np.float32, 40, elements=st.integers(-9, 9).map(float)), k=st.integers(1, 60))
def test_any_scores_give_a_ranking(forty_tiles: Index, scores: NDArray[np.float32], k: int) -> None:
    hits = best_hits(forty_tiles, scores, k)
    assert [hit.rank for hit in hits] == list(range(1, min(k, 40) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 < hit.percentile <= 100 for hit in hits)
    assert hits[0].percentile == 100


@given(
    scores=arrays.arrays(np.float32, st.integers(1, 40), elements=st.integers(-3, 3).map(float)),
    k=st.integers(1, 60),
)
def test_the_best_positions_are_those_of_a_stable_sort(scores: NDArray[np.float32], k: int) -> None:
    k = min(k, len(scores))
    assert top_positions(scores, k).tolist() == np.argsort(-scores, kind="stable")[:k].tolist()
