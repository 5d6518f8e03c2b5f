"""How well the encoder names kept-back images, measured while it trains."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch.nn import functional as F

from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.phrase_means import PhraseMeans
from changeseek.core.training.scene_images import SceneImages
from changeseek.core.training.scene_lesson import project

_AT_ONCE = 64


class SceneValidation:
    """Accuracy from class names on kept-back images.

    Args:
        model: What is trained, in evaluation mode when asked.
        names: Of each data set, by its title.
        kept_back: Their images that no step sees.
    """

    def __init__(
        self, model: TextItsr, names: dict[str, PhraseMeans], kept_back: Sequence[SceneImages]
    ) -> None:
        self._model = model
        self._names = names
        self._kept_back = kept_back

    def __call__(self) -> dict[str, float]:
        """Accuracy by data set, 0..1."""
        return {one.title: accuracy(self._model, self._names[one.title], one) for one in self._kept_back}


@torch.no_grad()
def accuracy(model: TextItsr, names: PhraseMeans, kept_back: SceneImages) -> float:
    """Share of images whose class's usual name is the nearest, 0..1."""
    texts = project(model.text_scene_head, names.usual())
    size = (model.config.patch_size, model.config.patch_size)
    right = 0
    for start in range(0, len(kept_back.images), _AT_ONCE):
        pixels = (
            torch.from_numpy(kept_back.images[start : start + _AT_ONCE]).to(texts.device).float().div_(255)
        )
        seen = F.interpolate(pixels, size, mode="bilinear", antialias=True)
        nearest = (model.scene(model.tokens(seen)) @ texts.T).argmax(1).cpu()
        right += int((nearest.numpy() == kept_back.classes[start : start + _AT_ONCE]).sum())
    return round(right / len(kept_back.images), 4)
