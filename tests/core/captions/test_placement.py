"""What a caption says of extent and position is true of the change, however its tile is turned."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from changeseek.core.captions.grammar import Meaning, random_placed_sentence
from changeseek.core.captions.place_wordings import PLACES
from changeseek.core.captions.placement import Claim, Placement, placement_of

CLEARED = Meaning("forest", "houses")


def changed(rows: slice, columns: slice) -> NDArray[np.float32]:
    mask = np.zeros((64, 64), np.float32)
    mask[rows, columns] = 1
    return mask


@pytest.mark.parametrize(
    ("mask", "claims"),
    [
        (changed(slice(26, 38), slice(26, 38)), {Claim.MIDDLE, Claim.SMALL, Claim.PART, Claim.PART_OF_IT}),
        (changed(slice(None), slice(0, 28)), {Claim.SIDE, Claim.PART, Claim.PART_OF_IT, Claim.HALF}),
        (
            changed(slice(None), slice(0, 15)),
            {Claim.SIDE, Claim.EDGE, Claim.SMALL, Claim.PART, Claim.PART_OF_IT},
        ),
        (changed(slice(None), slice(0, 50)), {Claim.MOST, Claim.MOST_OF_IT}),
        (changed(slice(None), slice(None)), {Claim.MOST, Claim.MOST_OF_IT, Claim.ALL}),
    ],
)
def test_extent_and_position_are_read_off_the_change(mask: NDArray[np.float32], claims: set[Claim]) -> None:
    assert placement_of(mask).claims == claims


@given(st.integers(0, 2**32 - 1), st.integers(0, 3), st.booleans())
def test_turning_and_mirroring_a_tile_changes_no_claim(seed: int, quarters: int, mirrored: bool) -> None:
    chance = np.random.default_rng(seed)
    (top, left), (height, width) = chance.integers(0, 50, 2), chance.integers(4, 40, 2)
    mask = changed(slice(top, top + height), slice(left, left + width))
    turned = np.rot90(mask[:, ::-1] if mirrored else mask, quarters)
    assert placement_of(turned).claims == placement_of(mask).claims


def test_a_change_that_a_closer_look_would_miss_has_no_position() -> None:
    assert not placement_of(changed(slice(0, 6), slice(0, 6))).zones


SMALL, LARGE, ALL = Placement(0.1, 0.2), Placement(0.7, 0.7), Placement(1.0, 1.0, whole=True)


def drawn(meaning: Meaning, place: Placement) -> set[tuple[str, Claim | None]]:
    return {random_placed_sentence(meaning, place, random.Random(seed)) for seed in range(300)}


@pytest.mark.parametrize("claim", list(PLACES))
def test_a_placed_sentence_says_what_it_claims(claim: Claim) -> None:
    extents = {Claim.SMALL: SMALL, Claim.PART: SMALL, Claim.HALF: Placement(0.5, 0.5), Claim.ALL: ALL}
    zones = frozenset({claim} & {Claim.MIDDLE, Claim.EDGE, Claim.SIDE})
    place = replace(extents.get(claim, LARGE), zones=zones)
    texts = [text for text, said in drawn(CLEARED, place) if said is claim]
    assert texts
    for text in texts:
        assert text.endswith(PLACES[claim]) or text.startswith(PLACES[claim])


def test_how_much_of_it_went_is_only_said_where_some_is_left() -> None:
    def starts(place: Placement) -> set[str]:
        return {text.split(" the ")[0] for text, _ in drawn(CLEARED, place)} & {"part of", "most of"}

    assert starts(SMALL) == {"part of"}
    assert starts(LARGE) == {"most of"}
    assert not starts(ALL) and not starts(replace(SMALL, whole=True))
    assert all(claim is not Claim.PART_OF_IT for _, claim in drawn(Meaning(after="houses"), SMALL))


def test_what_came_wholly_anew_goes_wholly_when_the_dates_are_swapped() -> None:
    assert Claim.PART_OF_IT in SMALL.claims
    assert Claim.PART_OF_IT not in SMALL.reversed().claims
    assert Claim.PART_OF_IT in replace(SMALL, fresh=False).reversed().claims
    assert SMALL.reversed().reversed() == SMALL


def test_where_nothing_can_be_claimed_a_plain_sentence_is_said() -> None:
    text, claim = random_placed_sentence(CLEARED, Placement(0.65, 0.3), random.Random(0))
    assert claim is None
    assert text
