"""The text encoder reads order, and padding leaves no trace."""

from __future__ import annotations

from pathlib import Path

import torch

from changeseek.core.model.text_encoder import SentenceTokenizer, sentence_mean
from changeseek.core.model.text_itsr import TextItsr


def _read(network: TextItsr, tokenizer_file: Path, *texts: str) -> torch.Tensor:
    ids, mask = SentenceTokenizer(tokenizer_file)(texts)
    return sentence_mean(network.text_states(ids, mask), mask)


def test_a_sentence_is_read_the_same_alone_and_beside_a_longer_one(
    tiny_network: TextItsr, tokenizer_file: Path
) -> None:
    alone = _read(tiny_network, tokenizer_file, "a lake")
    beside = _read(tiny_network, tokenizer_file, "a lake", "houses replaced by forest where there was")
    assert torch.allclose(alone[0], beside[0], atol=1e-6)


def test_word_order_changes_the_vector(tiny_network: TextItsr, tokenizer_file: Path) -> None:
    one, other = _read(tiny_network, tokenizer_file, "forest replaced by houses", "houses replaced by forest")
    assert not torch.allclose(one, other, atol=1e-4)


def test_sentences_are_padded_to_the_longest_only(tokenizer_file: Path) -> None:
    ids, mask = SentenceTokenizer(tokenizer_file)(["a lake", "forest replaced by houses"])
    assert ids.shape == (2, 4)
    assert mask.sum(1).tolist() == [2, 4]


def test_sentences_beyond_the_longest_are_cut(tokenizer_file: Path) -> None:
    ids, _ = SentenceTokenizer(tokenizer_file, longest=5)(["a lake " * 20])
    assert ids.shape == (1, 5)
