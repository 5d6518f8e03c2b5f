"""Vectors of a small gallery while a network trains, as search would compare them."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.texts import read

_AT_ONCE = 64


def change_vectors(model: TextItsr, pairs: Tensor) -> tuple[Tensor, Tensor]:
    """Change vectors (N, D) of pairs (N, 2, 3, P, P) uint8, in the order of time and against it."""
    device = model.difference_weight.device
    forward, backward = [], []
    for start in range(0, len(pairs), _AT_ONCE):
        images = pairs[start : start + _AT_ONCE].flatten(0, 1).to(device).float().div_(255)
        tokens = model.tokens(images.contiguous(memory_format=torch.channels_last))
        before, after = tokens[0::2], tokens[1::2]
        forward.append(model.change(before, after))
        backward.append(model.change(after, before))
    return torch.cat(forward), torch.cat(backward)


def change_texts(model: TextItsr, tokenizer: SentenceTokenizer, sentences: Sequence[str]) -> Tensor:
    """Vectors (M, D) to multiply with change vectors.

    Without search's share of what looks like no change: all pairs of these galleries changed.
    """
    return model.text_change(*read(model, tokenizer, list(sentences)))
