"""Which pair is asked next."""

from __future__ import annotations

from changeseek.plugin.panel.refine.pair_queue import Pair, PairQueue


def test_pairs_are_asked_in_their_order() -> None:
    queue = PairQueue()
    queue.add([Pair("a", "b"), Pair("c", "d")])
    assert [queue.take(), queue.take(), queue.take()] == [Pair("a", "b"), Pair("c", "d"), None]


def test_a_pair_that_was_asked_is_not_asked_the_other_way_round() -> None:
    queue = PairQueue()
    queue.add([Pair("a", "b")])
    queue.take()
    assert queue.add([Pair("b", "a")]) == 0
    assert queue.current is None


def test_a_pair_that_was_taken_back_is_asked_at_once_and_no_second_time() -> None:
    queue = PairQueue()
    queue.add([Pair("a", "b"), Pair("c", "d")])
    queue.take()
    queue.ask_next([Pair("a", "b")])
    assert queue.ahead(9) == [Pair("a", "b"), Pair("c", "d")]
    queue.ask_next([Pair("d", "c")])
    assert queue.ahead(9) == [Pair("d", "c"), Pair("a", "b")]


def test_no_pair_is_asked_twice_however_often_it_is_proposed() -> None:
    queue = PairQueue()
    proposed = [Pair(first, second) for first in "abcd" for second in "abcd" if first != second]
    queue.add(proposed)
    asked = []
    while (pair := queue.take()) is not None:
        asked.append(pair.key)
        queue.add(proposed)
    assert len(asked) == len(set(asked)) == 6
