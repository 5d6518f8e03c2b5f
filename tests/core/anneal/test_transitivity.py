from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from changeseek.core.anneal.transitivity import Pair, contradictions, count_inferred, expand, kinds_of

TILES = 8
# Which kind each tile is of, and the pairs that somebody who knows it is asked about.
TRUTH = st.lists(st.integers(0, 2), min_size=TILES, max_size=TILES)
ASKED = st.lists(st.sampled_from(list(combinations(range(TILES), 2))), max_size=20, unique=True)


def answered(truth: list[int], asked: list[Pair]) -> tuple[list[Pair], list[Pair]]:
    similar = [pair for pair in asked if truth[pair[0]] == truth[pair[1]]]
    return similar, [pair for pair in asked if pair not in similar]


def test_similar_goes_on_along_a_chain() -> None:
    assert (0, 2) in expand([(0, 1), (1, 2)], []).similar


def test_dissimilar_goes_on_to_all_of_a_kind() -> None:
    assert expand([(0, 1)], [(1, 2)]).dissimilar == {(1, 2), (0, 2)}


def test_from_two_that_are_unlike_one_nothing_follows() -> None:
    told = expand([], [(0, 1), (0, 2)])
    assert (1, 2) not in told.similar | told.dissimilar


@given(TRUTH, ASKED)
def test_what_follows_from_true_answers_is_true(truth: list[int], asked: list[Pair]) -> None:
    told = expand(*answered(truth, asked))
    assert all(truth[a] == truth[b] for a, b in told.similar)
    assert all(truth[a] != truth[b] for a, b in told.dissimilar)


@given(TRUTH, ASKED)
def test_true_answers_never_contradict_each_other(truth: list[int], asked: list[Pair]) -> None:
    assert contradictions(*answered(truth, asked)) == []


@given(TRUTH, ASKED)
def test_it_counts_what_it_would_list(truth: list[int], asked: list[Pair]) -> None:
    similar, dissimilar = answered(truth, asked)
    told = expand(similar, dissimilar)
    expected = len(told.similar - set(similar)), len(told.dissimilar - set(dissimilar))
    assert count_inferred(similar, dissimilar) == expected


@given(ASKED)
def test_the_order_of_answers_makes_no_difference(asked: list[Pair]) -> None:
    turned = [(b, a) for a, b in reversed(asked)]
    assert kinds_of(asked).groups() == kinds_of(turned).groups()


@given(ASKED, st.data())
def test_a_contradiction_comes_with_the_chain_that_shows_it(asked: list[Pair], data: st.DataObject) -> None:
    half = data.draw(st.integers(0, len(asked)))
    similar, dissimilar = asked[:half], asked[half:]
    for found in contradictions(similar, dissimilar):
        assert found.pair in dissimilar
        assert (found.chain[0], found.chain[-1]) == found.pair
        assert all(tuple(sorted(step)) in similar for step in pairwise(found.chain))
