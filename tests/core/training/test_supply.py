"""Batches come in order however many threads draw them, and a fault while drawing reaches the training."""

from __future__ import annotations

import threading
import time
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changeseek.core.training.supply import drawn_ahead, seed_of


@pytest.mark.parametrize("threads", [1, 4])
def test_items_come_in_order(threads: int) -> None:
    def make(number: int) -> int:
        time.sleep(0.002 * (number % 3))
        return number * number

    assert list(drawn_ahead(make, range(5, 25), threads)) == [number * number for number in range(5, 25)]


def test_a_fault_comes_in_its_turn() -> None:
    def make(number: int) -> int:
        if number == 2:
            raise MemoryError("no room")
        return number

    supply = drawn_ahead(make, range(5))
    assert list(islice(supply, 2)) == [0, 1]
    with pytest.raises(MemoryError, match="no room"):
        next(supply)


def test_a_closed_supply_draws_no_more_and_leaves_no_thread() -> None:
    drawn: list[int] = []
    before = threading.active_count()
    supply = drawn_ahead(drawn.append, range(10**9))
    next(supply)
    supply.close()
    assert len(drawn) < 10
    assert threading.active_count() == before


@given(st.lists(st.tuples(st.integers(0, 2**31), st.integers(0, 2**31)), min_size=2, max_size=2, unique=True))
def test_other_places_have_other_seeds(places: list[tuple[int, int]]) -> None:
    one, other = places
    assert seed_of(*one) == seed_of(*one)
    assert seed_of(*one) != seed_of(*other)
