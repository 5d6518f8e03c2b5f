"""What the demo is drawn from, training never saw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from changeseek.core.scenes.book_held_out import HELD_OUT
from changeseek.core.scenes.book_training import TRAINING
from changeseek.core.scenes.textures import Colour, TextureBook, book_of

SHELVES = (
    "roofs", "crowns", "crops", "meadows", "forest_floors", "waters", "soils", "asphalts", "pavings",
)  # fmt: skip


def colours(recipes: Any) -> Iterator[Colour]:
    """All colours in nested tuples."""
    if isinstance(recipes, Colour):
        yield recipes
    elif isinstance(recipes, tuple):
        for recipe in recipes:
            yield from colours(recipe)


@pytest.mark.parametrize("shelf", SHELVES)
def test_the_books_share_no_colour_and_no_recipe(shelf: str) -> None:
    training, held_out = getattr(TRAINING, shelf), getattr(HELD_OUT, shelf)
    assert training and held_out
    assert not set(training) & set(held_out)
    assert not set(colours(training)) & set(colours(held_out))


def test_the_books_share_no_form() -> None:
    def forms(book: TextureBook) -> set[str]:
        crowns, crops = {crown.profile for crown in book.crowns}, {crop.pattern for crop in book.crops}
        return crowns | crops | set(book.roof_shapes)

    assert not forms(TRAINING) & forms(HELD_OUT)


def test_a_book_goes_by_its_name() -> None:
    assert book_of("training") is TRAINING
    assert book_of("held-out") is HELD_OUT
