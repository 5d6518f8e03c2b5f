"""What classified single images teach: classes and labels by their names.

The loss compares an image with one random wording of each class of its own data set, so that classes of two
data sets that overlap ("river", "sea or lake") never push each other away.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from changeseek.core.model.heads import ProjectionHead
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.phrase_means import PhraseMeans
from changeseek.core.training.scene_batches import SceneBatch
from changeseek.core.training.scene_images import UNKNOWN, SceneImages
from changeseek.core.training.scene_phrases import LABEL_NAMES


class SceneLesson(nn.Module):
    """The losses of a batch of single images; their scales are learned with the network.

    Args:
        model: Has the text encoder that reads the names.
        tokenizer: Its tokenizer.
        sets: Data sets, in the order in which batches hold them.
        smoothing: Of the class targets, 0..1.
    """

    def __init__(
        self, model: TextItsr, tokenizer: SentenceTokenizer, sets: Sequence[SceneImages], smoothing: float
    ) -> None:
        super().__init__()
        self._names = nn.ModuleList(PhraseMeans(model, tokenizer, one.names) for one in sets)
        self._labels = PhraseMeans(model, tokenizer, list(LABEL_NAMES.values()))
        self._smoothing = smoothing
        self.class_scale = nn.Parameter(torch.tensor(2.7))
        self.label_scale = nn.Parameter(torch.tensor(2.3))
        self.label_bias = nn.Parameter(torch.tensor(-3.0))

    def forward(
        self, model: TextItsr, tokens: Tensor, batch: SceneBatch, chance: random.Random
    ) -> dict[str, Tensor]:
        """Losses by name of images that the encoder has seen, (B, T, C); `chance` draws the wordings."""
        device = self.class_scale.device
        scenes = model.scene(tokens)
        # The names' vectors and what compares them need more digits than mixed precision gives.
        with torch.autocast(device.type, enabled=False):
            names = [project(model.text_scene_head, one.draw(chance)) for one in self.names]
            labels = project(model.text_scene_head, self._labels.draw(chance))
            return {
                "class": self._class(scenes.float(), batch.classes.to(device), batch.rows, names),
                "label": self._label(scenes.float(), batch.labels.to(device), labels),
            }

    @property
    def names(self) -> list[PhraseMeans]:
        """The names of each data set's classes."""
        return [one for one in self._names if isinstance(one, PhraseMeans)]

    def _class(
        self, scenes: Tensor, classes: Tensor, rows: Sequence[slice], names: Sequence[Tensor]
    ) -> Tensor:
        scale = self.class_scale.exp().clamp(max=60)
        sums = [
            F.cross_entropy(
                scenes[few] @ known.T * scale,
                classes[few],
                reduction="sum",
                label_smoothing=self._smoothing,
            )
            for few, known in zip(rows, names, strict=True)
        ]
        return torch.stack(sums).sum() / len(scenes)

    def _label(self, scenes: Tensor, given: Tensor, labels: Tensor) -> Tensor:
        logits = scenes @ labels.T * self.label_scale.exp() + self.label_bias
        known = given != UNKNOWN
        wrong = F.binary_cross_entropy_with_logits(logits, given.clamp(min=0).float(), reduction="none")
        return (wrong * known).sum() / known.sum().clamp(min=1)


def project(head: ProjectionHead, means: Tensor) -> Tensor:
    """Scene vectors (C, D) of unit length of names' sentence means (C, W)."""
    return F.normalize(head(means), dim=1)
