"""Reads a sentence: a small transformer distilled from the MiniLM sentence encoder.

The vocabulary's table is factorised (V x E, then E x D), which is where a small model saves most of its size;
position is added before the layers, so the order of words counts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from changeseek.core.errors import UnknownModelError


@dataclass(frozen=True, slots=True)
class TextEncoderConfig:
    """Sizes of the text encoder; the defaults are MiniLM's width with half its layers."""

    vocabulary: int = 30522
    table_width: int = 128
    width: int = 384
    layers: int = 3
    heads: int = 12
    feed_forward: int = 1536
    longest: int = 64


class TextEncoder(nn.Module):
    """Token ids (M, L) and mask (M, L) to token states (M, L, D)."""

    def __init__(self, config: TextEncoderConfig) -> None:
        super().__init__()
        self.config = config
        self.table = nn.Embedding(config.vocabulary, config.table_width)
        self.widen = nn.Linear(config.table_width, config.width)
        self.position = nn.Parameter(torch.randn(config.longest, config.width) * 0.02)
        self.norm = nn.LayerNorm(config.width, eps=1e-12)
        layer = nn.TransformerEncoderLayer(
            config.width, config.heads, config.feed_forward, dropout=0.0, activation="gelu",
            layer_norm_eps=1e-12, batch_first=True,
        )  # fmt: skip
        self.layers = nn.TransformerEncoder(layer, config.layers, enable_nested_tensor=False)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """States (M, L, D) float of M sentences of at most L tokens; `mask` is True on real tokens."""
        states = self.widen(self.table(ids)) + self.position[: ids.shape[1]]
        encoded: Tensor = self.layers(self.norm(states), src_key_padding_mask=~mask)
        return encoded


def sentence_mean(states: Tensor, mask: Tensor) -> Tensor:
    """Mean of the real tokens' states: (M, L, D) and (M, L) to (M, D)."""
    weight = mask.unsqueeze(-1).to(states.dtype)
    return (states * weight).sum(1) / weight.sum(1).clamp(min=1.0)


class SentenceTokenizer:
    """Lower-cased WordPiece tokens of a batch of sentences, padded to the longest of them.

    Args:
        file: A `tokenizer.json`.
        longest: Tokens beyond this many are cut off.

    Raises:
        UnknownModelError: The file is missing or cut short.
    """

    def __init__(self, file: Path, longest: int = 64) -> None:
        try:
            text = file.read_text(encoding="utf-8")
            json.loads(text)
        except (OSError, ValueError) as error:
            raise UnknownModelError(
                f"{file} is missing or damaged", "Restore the model's folder, or name another model"
            ) from error
        self._tokenizer = Tokenizer.from_str(text)
        self._tokenizer.enable_truncation(longest)
        self._tokenizer.enable_padding()

    @property
    def vocabulary(self) -> list[str]:
        """All words, word pieces and signs, in the order of their ids."""
        known = self._tokenizer.get_vocab()
        return sorted(known, key=known.__getitem__)

    def __call__(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Ids (M, L) int64 and mask (M, L) bool."""
        encodings = self._tokenizer.encode_batch(list(texts))
        ids = torch.tensor([encoding.ids for encoding in encodings])
        mask = torch.tensor([encoding.attention_mask for encoding in encodings], dtype=torch.bool)
        return ids, mask
