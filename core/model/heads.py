"""Projection heads: where each modality's features enter the shared spaces."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class ProjectionHead(nn.Module):
    """Two layers from features (N, width_in) to a shared space (N, width_out)."""

    def __init__(self, width_in: int, width_out: int, hidden: int = 512) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(width_in, hidden), nn.LayerNorm(hidden), nn.GELU(), nn.Linear(hidden, width_out)
        )

    def forward(self, features: Tensor) -> Tensor:
        """Project; the result is not normalised."""
        projected: Tensor = self.layers(features)
        return projected


def global_features(tokens: Tensor) -> Tensor:
    """Mean and maximum over tokens, (N, T, C) to (N, 2 * C); the maximum keeps what is small."""
    return torch.cat((tokens.mean(1), tokens.amax(1)), dim=1)


class PhraseReader(nn.Module):
    """Finds in a sentence the phrase for the date before and the phrase for the date after.

    Two learned queries attend to the token states, so that "forest replaced by houses" and "houses
    replaced by forest" come apart although they hold the same words.
    """

    def __init__(self, width: int, heads: int = 4) -> None:
        super().__init__()
        self.queries = nn.Parameter(torch.randn(2, width) * 0.02)
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.norm = nn.LayerNorm(width)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """States (M, L, D) and mask (M, L), True on real tokens, to phrase features (M, 2, D)."""
        queries = self.queries.expand(len(states), -1, -1)
        read, _ = self.attention(queries, states, states, key_padding_mask=~mask, need_weights=False)
        normed: Tensor = self.norm(read)
        return normed
