"""What a caption says of extent and position is true of the change, however its tile is turned."""

from __future__ import annotations

import random

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
        (changed(slice(26, 38), slice(26, 38)), {Claim.MIDDLE, Claim.SMALL, Claim.PART}),
        (changed(slice(None), slice(0, 28)), {Claim.SIDE, Claim.PART, Claim.HALF}),
        (changed(slice(None), slice(0, 15)), {Claim.SIDE, Claim.EDGE, Claim.SMALL, Claim.PART}),
        (changed(slice(None), slice(0, 50)), {Claim.MOST}),
        (changed(slice(None), slice(None)), {Claim.MOST, Claim.ALL}),
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


@pytest.mark.parametrize("claim", list(Claim))
def test_a_placed_sentence_says_what_it_claims(claim: Claim) -> None:
    here = {Claim.MIDDLE: Placement(0.3, 0.7), Claim.HALF: Placement(0.5, 0.5), Claim.ALL: Placement(1, 1)}
    place = here.get(
        claim, Placement(0.1, 0.2) if claim in (Claim.SMALL, Claim.PART) else Placement(0.7, 0.7)
    )
    if claim in (Claim.MIDDLE, Claim.EDGE, Claim.SIDE):
        place = Placement(0.65, 0.3, frozenset({claim}))
    found = {random_placed_sentence(CLEARED, place, random.Random(seed)) for seed in range(200)}
    texts = [text for text, said in found if said is claim]
    assert texts
    extents = {Claim.PART: "part of the", Claim.MOST: "most of the"}
    for text in texts:
        assert text.endswith(PLACES[claim]) or text.startswith((*PLACES[claim], extents.get(claim, "\n")))


def test_where_nothing_can_be_claimed_a_plain_sentence_is_said() -> None:
    text, claim = random_placed_sentence(CLEARED, Placement(0.65, 0.3), random.Random(0))
    assert claim is None
    assert text
