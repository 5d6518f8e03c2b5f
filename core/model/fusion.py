"""Brings the two dates together: the fusion strategies of Text-ITSR.

Global feature fusion (GFF) combines the two global vectors with a simple operator. Token feature fusion (TFF)
lets the tokens of each date attend to what changed. The operators and TFF's inner order are our reading of
the paper (Hoxha, Angyal, Demir, TGRS 2025), TFF after RSICCformer's fusion stage.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from changeseek.core.errors import UnknownModelError

_OPERATORS: dict[str, tuple[int, Callable[[Tensor, Tensor], Tensor]]] = {
    "gff-concat": (2, lambda before, after: torch.cat((before, after), dim=1)),
    "gff-subtract": (1, lambda before, after: after - before),
    "gff-sum": (1, lambda before, after: before + after),
    "gff-product": (1, lambda before, after: before * after),
    "gff-all": (3, lambda before, after: torch.cat((before, after, after - before), dim=1)),
}

FUSIONS = (*_OPERATORS, "tff")


class GlobalFeatureFusion(nn.Module):
    """One operator on the mean tokens of the two dates.

    Args:
        operator: A name of `FUSIONS` that begins with `gff`.
        width: C, the tokens' width.
    """

    def __init__(self, operator: str, width: int) -> None:
        super().__init__()
        factor, self._combine = _OPERATORS[operator]
        self.width = factor * width

    def forward(self, before: Tensor, after: Tensor) -> Tensor:
        """Tokens of the dates, each (N, T, C), to (N, width)."""
        return self._combine(before.mean(1), after.mean(1))


class _AttentionToDifference(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.norm = nn.LayerNorm(width)
        self.feed_forward = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))
        self.norm_out = nn.LayerNorm(width)

    def forward(self, tokens: Tensor, difference: Tensor) -> Tensor:
        attended, _ = self.attention(tokens, difference, difference, need_weights=False)
        tokens = self.norm(tokens + attended)
        forwarded: Tensor = self.norm_out(tokens + self.feed_forward(tokens))
        return forwarded


class _Bottleneck(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        inner = width // 4
        self.convolutions = nn.Sequential(
            nn.Conv2d(width, inner, 1), nn.ReLU(),
            nn.Conv2d(inner, inner, 3, padding=1), nn.ReLU(),
            nn.Conv2d(inner, width, 1),
        )  # fmt: skip
        self.norm = nn.LayerNorm(width)

    def forward(self, tokens: Tensor) -> Tensor:
        side = round(tokens.shape[1] ** 0.5)
        maps = tokens.transpose(1, 2).unflatten(2, (side, side))
        return self.norm(tokens + self.convolutions(maps).flatten(2).transpose(1, 2))  # type: ignore[no-any-return]


class TokenFeatureFusion(nn.Module):
    """Cross-attention of each date's tokens to (after - before), summed over layers.

    Args:
        width: C, the tokens' width.
        side: Tokens along one side of the square grid; one learned position per cell, shared by the dates.
        layers: Cross-attention layers, each with weights shared by the dates.
        heads: Attention heads.
    """

    def __init__(self, width: int, side: int, layers: int = 2, heads: int = 4) -> None:
        super().__init__()
        self.width = 2 * width
        self.position = nn.Parameter(torch.zeros(side * side, width))
        self.layers = nn.ModuleList(_AttentionToDifference(width, heads) for _ in range(layers))
        self.bottlenecks = nn.ModuleList(_Bottleneck(2 * width) for _ in range(layers))

    def forward(self, before: Tensor, after: Tensor) -> Tensor:
        """Tokens of the dates, each (N, T, C) on a square grid, to (N, 2 * C)."""
        before, after = before + self.position, after + self.position
        total = torch.zeros_like(torch.cat((before, after), dim=2))
        for layer, bottleneck in zip(self.layers, self.bottlenecks, strict=True):
            difference = after - before
            before, after = layer(before, difference), layer(after, difference)
            total = bottleneck(total + torch.cat((before, after), dim=2))
        return total.mean(1)


def make_fusion(name: str, width: int, side: int) -> GlobalFeatureFusion | TokenFeatureFusion:
    """The fusion of that name for tokens of `width` on a grid of `side` cells.

    Raises:
        UnknownModelError: The name is none of `FUSIONS`.
    """
    if name not in FUSIONS:
        raise UnknownModelError(f"there is no fusion {name!r}", f"Choose one of {', '.join(FUSIONS)}")
    if name == "tff":
        return TokenFeatureFusion(width, side)
    return GlobalFeatureFusion(name, width)
