"""The losses reward what they should."""

from __future__ import annotations

import torch

from changeseek.core.captions.grammar import Meaning
from changeseek.core.captions.placement import Claim, Placement
from changeseek.core.training.losses import info_nce, phrase_loss, positives, presence_loss

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
