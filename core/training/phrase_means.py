"""All wordings of a list of names, read once by the frozen text encoder."""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from changeseek.core.model.text_encoder import SentenceTokenizer, sentence_mean
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.scene_phrases import FRAMES


class PhraseMeans(nn.Module):
    """Sentence means (V, W) of the V wordings of each of C names.

    Args:
        model: Has the text encoder.
        tokenizer: Its tokenizer.
        names: Each in several wordings, the usual one first.
    """

    def __init__(
        self, model: TextItsr, tokenizer: SentenceTokenizer, names: Sequence[tuple[str, ...]]
    ) -> None:
        super().__init__()
        self._count = len(names)
        for place, wordings in enumerate(names):
            # They move with the module, but follow from the text encoder and so are not stored.
            self.register_buffer(f"means{place}", _read(model, tokenizer, wordings), persistent=False)

    def draw(self, chance: random.Random) -> Tensor:
        """One wording of each name, (C, W)."""
        return torch.stack([means[chance.randrange(len(means))] for means in self._means()])

    def usual(self) -> Tensor:
        """The first wording of each name, (C, W)."""
        return torch.stack([means[0] for means in self._means()])

    def _means(self) -> list[Tensor]:
        return [self.get_buffer(f"means{place}") for place in range(self._count)]


@torch.no_grad()
def _read(model: TextItsr, tokenizer: SentenceTokenizer, wordings: tuple[str, ...]) -> Tensor:
    model.text_encoder.eval()
    texts = [frame.format(wording) for wording in wordings for frame in FRAMES]
    ids, mask = tokenizer(texts)
    return sentence_mean(model.text_states(ids, mask), mask).float()
