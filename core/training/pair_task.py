"""What training on pairs asks of Text-ITSR: which sentence tells of which pair, and what lies where.

The text encoder stays as it was distilled; image encoder, fusion and all heads learn together. Every pair
whose reverse can be told also stands in the batch with its dates swapped and the reversed caption, which
costs no second look at the images and leaves the model no way but to read the direction.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn

from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.attention import fast_attention
from changeseek.core.training.batches import Batch, PairMixer, batch_at
from changeseek.core.training.caption_pool import ReadCaptions
from changeseek.core.training.losses import (
    agreement,
    direction_loss,
    info_nce,
    phrase_loss,
    presence_loss,
    wording_loss,
)
from changeseek.core.training.samples import Told
from changeseek.core.training.scene_batches import SceneBatch, SceneBatches
from changeseek.core.training.scene_lesson import SceneLesson
from changeseek.core.training.slips import SLIPS, some_with_slip
from changeseek.core.training.supply import seed_of
from changeseek.core.training.texts import (
    Captions,
    both_orders,
    concept_phrases,
    phrase_targets,
    read,
    restated,
    tell,
)

# Of each loss in the sum; the last two are those of the single images.
PAIR_WEIGHTS = {
    "change": 1.0,
    "direction": 0.5,
    "wording": 0.5,
    "scene": 1.0,
    "phrase": 0.5,
    "class": 1.0,
    "label": 0.5,
}
_WORDING = 1


class PairStep(NamedTuple):
    """What one step gets.

    Attributes:
        pairs: Pairs with their truth.
        scenes: Classified single images beside them, so that the encoder keeps what it knows; None for none.
        wording: Seed of the wordings.
    """

    pairs: Batch
    scenes: SceneBatch | None
    wording: int


class PairSupply:
    """Steps by number.

    Args:
        mixer: Where pairs come from.
        scenes: Where single images come from; None for nowhere.
        batch: Pairs of a step.
        seed: Everything drawn follows from it.
    """

    def __init__(self, mixer: PairMixer, scenes: SceneBatches | None, batch: int, seed: int) -> None:
        self._mixer = mixer
        self._scenes = scenes
        self._batch = batch
        self._seed = seed

    def __call__(self, step: int, process: int) -> PairStep:
        """That step of that process."""
        return PairStep(
            batch_at(self._mixer, self._batch, self._seed, step, process),
            None if self._scenes is None else self._scenes(step, process),
            seed_of(self._seed, step, process, _WORDING),
        )


class PairTask(nn.Module):
    """The network with the losses and their learned scales.

    Args:
        model: Its text encoder is frozen here.
        tokenizer: Of the text encoder.
        scenes: The lesson on single images; None for none.
    """

    def __init__(self, model: TextItsr, tokenizer: SentenceTokenizer, scenes: SceneLesson | None) -> None:
        super().__init__()
        model.text_encoder.requires_grad_(False)
        model.image_encoder.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.model = model
        self.scenes = scenes
        self._tokenizer = tokenizer
        self.change_scale = nn.Parameter(torch.tensor(2.7))
        self.scene_scale = nn.Parameter(torch.tensor(2.3))
        self.scene_bias = nn.Parameter(torch.tensor(-4.0))

    def train(self, mode: bool = True) -> PairTask:
        """Let all but the text encoder train."""
        super().train(mode)
        self.model.text_encoder.eval()
        return self

    def forward(self, given: PairStep) -> dict[str, Tensor]:
        """Losses by name of one step."""
        chance = random.Random(given.wording)
        batch, device = given.pairs, self.change_scale.device
        tokens = self.model.tokens(_images(batch.pairs.flatten(0, 1), device)).unflatten(0, (-1, 2))
        told, swapped = both_orders(batch.told)
        said = tell(told, chance)
        captions = tuple(self._typed(one, chance) for one in (said, restated(said, chance)))
        parts = self.of_tokens(tokens, batch.presence, told, swapped, captions, chance)
        if self.scenes is not None and given.scenes is not None:
            seen = self.model.tokens(_images(given.scenes.images, device))
            parts |= self.scenes(self.model, seen, given.scenes, chance)
        return parts

    def of_tokens(
        self,
        tokens: Tensor,
        presence: Tensor,
        told: list[Told],
        swapped: list[int],
        captions: Sequence[ReadCaptions],
        chance: random.Random,
    ) -> dict[str, Tensor]:
        """Losses by name of pairs that the image encoder has seen.

        Args:
            tokens: (B, 2, T, C), before and after.
            presence: (B, 2, K).
            told: What is known of the pairs, then of those that are swapped as well.
            swapped: Rows of these.
            captions: Several for each of `told`; the last ones say the same as the first.
            chance: Draws the phrases of the concepts.
        """
        model, device = self.model, tokens.device
        before, after = tokens.unbind(1)
        with fast_attention(device):
            changes = model.change(torch.cat((before, after[swapped])), torch.cat((after, before[swapped])))
            concepts = model.text_scene(*read(model, self._tokenizer, concept_phrases(chance)))
            texts = [model.text_change(one.states.to(device), one.mask.to(device)) for one in captions]
            found = [
                self._of_captions(one, text, changes, concepts, told, swapped)
                for one, text in zip(captions, texts, strict=True)
            ]
        parts = {name: torch.stack([one[name] for one in found]).mean() for name in found[0]}
        alike = self._scaled(texts[0], texts[-1])
        return parts | {
            "wording": wording_loss(alike, captions[0].said.meanings, swapped),
            "scene": self._scene(model.scene(tokens.flatten(0, 1)), concepts, presence.flatten(0, 1)),
        }

    def _typed(self, said: Captions, chance: random.Random) -> ReadCaptions:
        typed = [some_with_slip(text, SLIPS, chance) for text in said.sentences]
        return ReadCaptions(said, *read(self.model, self._tokenizer, typed))

    def _of_captions(
        self,
        captions: ReadCaptions,
        texts: Tensor,
        changes: Tensor,
        concepts: Tensor,
        told: list[Told],
        swapped: Sequence[int],
    ) -> dict[str, Tensor]:
        states, mask = captions.states.to(changes.device), captions.mask.to(changes.device)
        similar = self._scaled(texts, changes)
        positive, unknown = (part.to(similar.device) for part in agreement(captions.said, told))
        targets = phrase_targets(captions.said.meanings, concepts.detach())
        return {
            "change": info_nce(similar, positive, unknown),
            "direction": direction_loss(similar, positive, swapped),
            "phrase": phrase_loss(self.model.phrases(states, mask), targets),
        }

    def _scaled(self, texts: Tensor, others: Tensor) -> Tensor:
        return _similarity(texts, others) * self.change_scale.exp().clamp(max=50)

    def _scene(self, scenes: Tensor, concepts: Tensor, presence: Tensor) -> Tensor:
        similar = _similarity(scenes, concepts)
        logits = similar * self.scene_scale.exp() + self.scene_bias
        return presence_loss(logits, presence.to(logits.device))


def _similarity(one: Tensor, other: Tensor) -> Tensor:
    # Rounded to bfloat16, similarities of near-equal vectors fall together and nothing is learned.
    with torch.autocast(one.device.type, enabled=False):
        return one.float() @ other.float().T


def _images(images: Tensor, device: torch.device) -> Tensor:
    return images.to(device, memory_format=torch.channels_last)
