"""The pool says only what is true of a pair, in many wordings, as the text encoder reads them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import torch

from changeseek.core.captions.grammar import Meaning
from changeseek.core.captions.placement import Placement
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.caption_pool import CaptionPool
from changeseek.core.training.losses import agreement
from changeseek.core.training.samples import Told
from changeseek.core.training.texts import read

TOLD = [
    Told((Meaning("forest", "houses"),), Placement(0.1, 0.2)),
    Told((Meaning("houses", "forest"),)),
    Told((Meaning(),)),
    Told((), captions=("a road is built", "new road")),
]


@pytest.fixture
def tokenizer(tokenizer_file: Path) -> SentenceTokenizer:
    return SentenceTokenizer(tokenizer_file)


def test_every_caption_is_true_of_its_pair(tiny_network: TextItsr, tokenizer: SentenceTokenizer) -> None:
    pool = CaptionPool(tiny_network, tokenizer, TOLD, seed=0)
    chance, heard = random.Random(1), set()
    for _ in range(40):
        drawn = pool.draw(TOLD, chance)
        assert agreement(drawn.said, TOLD).positive.diagonal().all()
        heard |= set(drawn.said.sentences)
    assert len(heard) > 20


def test_what_is_said_twice_means_the_same_and_names_no_place_the_second_time(
    tiny_network: TextItsr, tokenizer: SentenceTokenizer
) -> None:
    pool, chance = CaptionPool(tiny_network, tokenizer, TOLD, seed=0), random.Random(1)
    drawn = [pool.draw_twice(TOLD, chance) for _ in range(20)]
    assert all(first.said.meanings == second.said.meanings for first, second in drawn)
    assert not any(claim for _, second in drawn for claim in second.said.claims)
    assert any(first.said.sentences[0] != second.said.sentences[0] for first, second in drawn)


def test_states_are_those_that_the_text_encoder_gives(
    tiny_network: TextItsr, tokenizer: SentenceTokenizer
) -> None:
    drawn = CaptionPool(tiny_network, tokenizer, TOLD, seed=0).draw(TOLD, random.Random(2))
    states, mask = read(tiny_network, tokenizer, drawn.said.sentences)
    assert drawn.mask.equal(mask)
    assert torch.allclose(drawn.states, states * mask.unsqueeze(-1), atol=0.01)


def test_a_pair_that_was_not_there_when_it_was_made_is_told_of_all_the_same(
    tiny_network: TextItsr, tokenizer: SentenceTokenizer
) -> None:
    """The same change in another place: where no wording has the place, what happened is said without it."""
    pool = CaptionPool(tiny_network, tokenizer, TOLD[:1], seed=0)
    elsewhere = Told((Meaning("forest", "houses"),), Placement(1.0, 1.0))
    for seed in range(20):
        drawn = pool.draw([elsewhere], random.Random(seed))
        assert agreement(drawn.said, [elsewhere]).positive.all()
