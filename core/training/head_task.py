"""What training the heads asks: as training on pairs, of pairs that the image encoder has seen before.

Where neither encoder learns, what they see and read is kept, and a step costs only the fusion and the heads:
batches may be large, so that each sentence meets many pairs that it is nearly true of.
"""

from __future__ import annotations

import random
from typing import NamedTuple

import numpy as np
from torch import Tensor, nn

from changeseek.core.training.caption_pool import CaptionPool, ReadCaptions
from changeseek.core.training.encoded import EncodedPairs
from changeseek.core.training.pair_task import PairTask
from changeseek.core.training.samples import Told
from changeseek.core.training.scene_batches import SceneBatch
from changeseek.core.training.supply import seed_of
from changeseek.core.training.texts import both_orders

_WORDING, _ROWS = 1, 3
_LEARNED_ELSEWHERE = ("image_encoder", "text_encoder")


class HeadStep(NamedTuple):
    """What one step gets.

    Attributes:
        tokens: (B, 2, T, C) float16, before and after.
        presence: (B, 2, K) int8.
        told: What is known of the pairs, then of those that are swapped as well.
        swapped: Rows of these.
        captions: Three for each of `told`, all first ones first; the last say the same as the first.
        scenes: Single images beside them, with tokens (S, T, C) in place of images; None for none.
        wording: Seed of the other wordings.
    """

    tokens: Tensor
    presence: Tensor
    told: list[Told]
    swapped: list[int]
    captions: tuple[ReadCaptions, ReadCaptions, ReadCaptions]
    scenes: SceneBatch | None
    wording: int


class HeadSupply:
    """Steps by number.

    Args:
        pairs: To draw from.
        scenes: Batches of single images, taken in turn; none for none.
        pool: Captions of the pairs in both orders.
        batch: Pairs of a step.
        seed: Everything drawn follows from it.
    """

    def __init__(
        self, pairs: EncodedPairs, scenes: list[SceneBatch], pool: CaptionPool, batch: int, seed: int
    ) -> None:
        self._pairs, self._scenes, self._pool = pairs, scenes, pool
        self._batch, self._seed = batch, seed

    def __call__(self, step: int, process: int) -> HeadStep:
        """That step of that process."""
        drawn = np.random.default_rng(seed_of(self._seed, step, process, _ROWS))
        rows = drawn.integers(len(self._pairs.told), size=self._batch)
        told, swapped = both_orders([self._pairs.told[row] for row in rows])
        wording = seed_of(self._seed, step, process, _WORDING)
        chance = random.Random(wording)
        first, again = self._pool.draw_twice(told, chance)
        return HeadStep(
            self._pairs.tokens[rows],
            self._pairs.presence[rows],
            told,
            swapped,
            (first, self._pool.draw(told, chance), again),
            self._scenes[int(drawn.integers(len(self._scenes)))] if self._scenes else None,
            wording,
        )


class HeadTask(nn.Module):
    """Fusion, heads and reader of phrases learn; both encoders stay as they are.

    Args:
        judge: Has the network and the losses.
    """

    def __init__(self, judge: PairTask) -> None:
        super().__init__()
        self.judge = judge
        for name in _LEARNED_ELSEWHERE:
            judge.model.get_submodule(name).requires_grad_(False)

    def train(self, mode: bool = True) -> HeadTask:
        """Let all but the encoders train."""
        super().train(mode)
        for name in _LEARNED_ELSEWHERE:
            self.judge.model.get_submodule(name).eval()
        return self

    def forward(self, given: HeadStep) -> dict[str, Tensor]:
        """Losses by name of one step."""
        judge, chance = self.judge, random.Random(given.wording)
        device = judge.change_scale.device
        tokens = given.tokens.to(device).float()
        parts = judge.of_tokens(tokens, given.presence, given.told, given.swapped, given.captions, chance)
        if judge.scenes is not None and given.scenes is not None:
            seen = given.scenes.images.to(device).float()
            parts |= judge.scenes(judge.model, seen, given.scenes, chance)
        return parts
