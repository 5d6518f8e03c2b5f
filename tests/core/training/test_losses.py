"""The losses reward what they should."""

from __future__ import annotations

import math

import pytest
import torch

from changeseek.core.captions.grammar import Meaning
from changeseek.core.captions.placement import Claim, Placement
from changeseek.core.training.losses import (
    agreement,
    direction_loss,
    info_nce,
    phrase_loss,
    positives,
    presence_loss,
    wording_loss,
)
from changeseek.core.training.samples import Told
from changeseek.core.training.texts import Captions

TRUTHS = [
    (Meaning("forest", "houses"),),
    (Meaning(),),
    (Meaning("forest", "houses"), Meaning("field", "road")),
]


def test_identical_and_implied_captions_are_positives_of_all_pairs_they_are_true_of() -> None:
    texts = [Meaning("forest", "houses"), Meaning(), Meaning(after="road"), Meaning("houses", "forest")]
    expected = [[1, 0, 1], [0, 1, 0], [0, 0, 1], [0, 0, 0]]
    assert positives(texts, TRUTHS).int().tolist() == expected


def test_a_caption_that_tells_of_a_place_is_false_of_pairs_that_changed_elsewhere() -> None:
    text, truth = Meaning("forest", "houses"), (Meaning("forest", "houses"),)
    everywhere, somewhere = Placement(1.0, 1.0), Placement(0.2, 0.2)
    found = positives([text, text], [truth] * 3, [Claim.ALL, None], [everywhere, somewhere, None])
    assert found.int().tolist() == [[1, 0, 1], [1, 1, 1]]


def test_info_nce_falls_when_positives_score_higher() -> None:
    positive = positives([Meaning("forest", "houses"), Meaning()], TRUTHS)
    right, wrong = positive * 5.0, (~positive) * 5.0
    assert info_nce(right, positive) < info_nce(torch.zeros(2, 3), positive) < info_nce(wrong, positive)


def test_a_text_is_asked_to_prefer_its_pair_to_the_same_pair_with_the_dates_swapped() -> None:
    """Two pairs, of which the second stands swapped as well; the first one's order nobody knows."""
    positive = torch.eye(3, dtype=torch.bool)
    right, wrong = torch.zeros(3, 3), torch.zeros(3, 3)
    right[1, 1] = right[2, 2] = wrong[1, 2] = wrong[2, 1] = 5.0
    even = direction_loss(torch.zeros(3, 3), positive, [1])
    assert direction_loss(right, positive, [1]) < even < direction_loss(wrong, positive, [1])
    assert even == pytest.approx(math.log(2))


def test_a_text_that_is_true_of_both_orders_says_nothing_of_direction() -> None:
    assert direction_loss(torch.randn(2, 2), torch.ones(2, 2, dtype=torch.bool), [0]) == 0
    assert direction_loss(torch.randn(2, 2), torch.eye(2, dtype=torch.bool), []) == 0


def test_wordings_of_one_meaning_are_asked_to_be_alike_and_unlike_those_of_the_reverse() -> None:
    there, back = Meaning("forest", "houses"), Meaning("houses", "forest")
    meanings, right = [there, there, back, back], torch.full((4, 4), -5.0)
    right[:2, :2] = right[2:, 2:] = 5.0
    even = wording_loss(torch.zeros(4, 4), meanings, [0, 1])
    assert wording_loss(right, meanings, [0, 1]) < even < wording_loss(-right, meanings, [0, 1])


def test_of_wordings_neither_free_words_nor_what_is_implied_counts() -> None:
    meanings = [Meaning("forest", "houses"), Meaning(after="houses"), None]
    logits = torch.randn(3, 3)
    other = logits + 9 * (1 - torch.eye(3))
    other[2, 2] = -9
    assert wording_loss(other, meanings, []) == pytest.approx(float(wording_loss(logits, meanings, [])))
    assert wording_loss(logits, [None] * 3, []) == 0


def test_a_text_that_is_true_of_no_pair_does_not_count() -> None:
    logits, positive = torch.randn(2, 3), torch.tensor([[True, False, False], [False, False, False]])
    assert torch.isfinite(info_nce(logits, positive))


def test_unknown_presence_does_not_count() -> None:
    presence = torch.tensor([[1, 0, -1]], dtype=torch.int8)
    one, other = torch.tensor([[3.0, -3.0, 9.0]]), torch.tensor([[3.0, -3.0, -9.0]])
    assert presence_loss(one, presence) == presence_loss(other, presence)
    assert presence_loss(one, presence) < presence_loss(-one, presence)


def test_phrases_are_pulled_to_what_is_meant() -> None:
    targets = torch.eye(2).unsqueeze(0)
    assert phrase_loss(targets, targets) == 0
    assert phrase_loss(targets.flip(1), targets) == 2


# Known by its meaning, unchanged, and twice known only by what people wrote.
TOLD = [
    Told((Meaning("forest", "houses"),)),
    Told((Meaning(),), captions=("there is no difference",)),
    Told((), captions=("a road is built", "New houses.")),
    Told((), captions=("new houses", "a lake")),
]


def said(*pairs: tuple[str, Meaning | None]) -> Captions:
    return Captions([meaning for _, meaning in pairs], [text for text, _ in pairs], [None] * len(pairs))


def test_captions_that_are_the_same_but_for_their_writing_share_their_positives() -> None:
    found = agreement(said(("new houses", None), ("a road is built", None)), TOLD)
    assert found.positive.int().tolist() == [[0, 0, 1, 1], [0, 0, 1, 0]]


def test_no_change_captions_of_all_pairs_are_positives_of_each_other() -> None:
    found = agreement(said(("no change at all", Meaning()), ("nothing has changed", Meaning())), TOLD)
    assert found.positive.int().tolist() == [[0, 1, 0, 0]] * 2
    assert not found.unknown.any()


def test_whether_free_words_are_true_of_a_known_change_cannot_be_said() -> None:
    found = agreement(said(("new houses", None), ("houses appeared", Meaning(after="houses"))), TOLD)
    assert found.unknown.int().tolist() == [[1, 0, 0, 0], [0, 0, 1, 1]]
    assert not (found.positive & found.unknown).any()


def test_what_is_unknown_counts_neither_for_nor_against() -> None:
    found = agreement(said(("new houses", None), ("houses appeared", Meaning(after="houses"))), TOLD)
    logits = torch.randn(2, 4)
    moved = logits + 7 * found.unknown
    assert torch.isclose(
        info_nce(logits, found.positive, found.unknown), info_nce(moved, found.positive, found.unknown)
    )
    assert not torch.isclose(info_nce(logits, found.positive), info_nce(moved, found.positive))


def test_phrases_of_free_words_do_not_count() -> None:
    phrases = torch.randn(2, 2, 3, requires_grad=True)
    targets = torch.stack((torch.zeros(2, 3), torch.full((2, 3), torch.nan)))
    loss = phrase_loss(phrases, targets)
    loss.backward()
    assert torch.isclose(loss, phrase_loss(phrases[:1], targets[:1]))
    assert phrases.grad is not None and not phrases.grad[1].any()
    assert phrase_loss(phrases, torch.full((2, 2, 3), torch.nan)) == 0
