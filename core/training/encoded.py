"""Pairs and single images as the image encoder sees them: looked at once, learned from many times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

import torch
from torch import Tensor

from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.batches import Batch
from changeseek.core.training.samples import Told
from changeseek.core.training.scene_batches import SceneBatch

PAIRS_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class EncodedPairs:
    """N pairs.

    Attributes:
        tokens: (N, 2, T, C) float16, before and after. 16,000 pairs of 16 tokens of 256 numbers take 262 MB.
        told: What is known of each pair in words.
        presence: (N, 2, K) int8, as of samples.
    """

    tokens: Tensor
    told: list[Told]
    presence: Tensor


def encode_pairs(model: TextItsr, batch_of: Callable[[int], Batch], count: int) -> EncodedPairs:
    """Encode pairs.

    Args:
        model: Its image encoder looks.
        batch_of: A batch of `PAIRS_AT_ONCE` pairs, by number from 1.
        count: Pairs.
    """
    tokens: list[Tensor] = []
    told: list[Told] = []
    presence: list[Tensor] = []
    for number in range(1, ceil(count / PAIRS_AT_ONCE) + 1):
        batch = batch_of(number)
        tokens.append(_tokens(model, batch.pairs.flatten(0, 1)).unflatten(0, (-1, 2)))
        told.extend(batch.told)
        presence.append(batch.presence)
    return EncodedPairs(torch.cat(tokens)[:count], told[:count], torch.cat(presence)[:count])


def encode_scenes(model: TextItsr, batch_of: Callable[[int], SceneBatch], batches: int) -> list[SceneBatch]:
    """Batches of single images by number from 1, with tokens (B, T, C) float16 in place of images."""
    return [
        batch._replace(images=_tokens(model, batch.images)) for batch in map(batch_of, range(1, batches + 1))
    ]


@torch.inference_mode()
def _tokens(model: TextItsr, images: Tensor) -> Tensor:
    device = next(model.parameters()).device
    model.image_encoder.eval()
    found = [
        model.tokens(few.to(device, memory_format=torch.channels_last)).half().cpu()
        for few in images.split(PAIRS_AT_ONCE)
    ]
    return torch.cat(found)
