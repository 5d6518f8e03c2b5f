"""What the first stage of training asks: which class an image shows, told in words.

Pairs of dates come later: an encoder that knows an overpass from a crossing needs less change to learn from.
"""

from __future__ import annotations

import random
from typing import NamedTuple

import torch
from torch import Tensor, nn

from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.scene_batches import SceneBatch, SceneBatches
from changeseek.core.training.scene_lesson import SceneLesson
from changeseek.core.training.supply import seed_of

ENCODER_WEIGHTS = {"class": 1.0, "label": 1.0}
_WORDING = 1


class EncoderStep(NamedTuple):
    """What one step gets: images, and the seed of the wordings."""

    scenes: SceneBatch
    wording: int


class EncoderSupply:
    """Steps by number."""

    def __init__(self, scenes: SceneBatches, seed: int) -> None:
        self._scenes = scenes
        self._seed = seed

    def __call__(self, step: int, process: int) -> EncoderStep:
        """That step of that process."""
        return EncoderStep(self._scenes(step, process), seed_of(self._seed, step, process, _WORDING))


class EncoderTask(nn.Module):
    """Image encoder and scene heads learn; all else of the network is frozen."""

    def __init__(self, model: TextItsr, scenes: SceneLesson) -> None:
        super().__init__()
        model.requires_grad_(False)
        for part in (model.image_encoder, model.scene_head, model.text_scene_head):
            part.requires_grad_(True)
        model.image_encoder.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.model = model
        self.scenes = scenes

    def forward(self, given: EncoderStep) -> dict[str, Tensor]:
        """Losses by name of one step."""
        device = next(self.model.parameters()).device
        images = given.scenes.images.to(device, memory_format=torch.channels_last)
        chance = random.Random(given.wording)
        found: dict[str, Tensor] = self.scenes(self.model, self.model.tokens(images), given.scenes, chance)
        return found
