"""How well pairs composed of kept-back images are found by sentences, measured while the network trains."""

from __future__ import annotations

import random

import numpy as np
import torch
from numpy.typing import NDArray

from changeseek.core.captions.grammar import random_sentence
from changeseek.core.evaluation.retrieval import measure_retrieval
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.batches import Batch
from changeseek.core.training.gallery import change_texts, change_vectors

RECALL, DIRECTION = "recall_at_10", "direction"


class PairValidation:
    """Retrieval and direction on a small gallery that stays the same through a run.

    Args:
        model: What is trained, in evaluation mode when asked.
        tokenizer: Its tokenizer.
        gallery: N pairs in each of which one thing happened.
        seed: The sentences follow from it.
    """

    def __init__(self, model: TextItsr, tokenizer: SentenceTokenizer, gallery: Batch, seed: int) -> None:
        self._model = model
        self._tokenizer = tokenizer
        # A quarter of the memory; the rounding is below what the augmentation adds as noise.
        self._pairs = (gallery.pairs * 255).round().to(torch.uint8)
        self._truths = [truths[0] for truths in gallery.truths]
        self._meanings = sorted(set(self._truths), key=lambda meaning: meaning.key)
        chance = random.Random(seed)
        self._asked = [random_sentence(meaning, chance) for meaning in self._meanings]
        self._told = [random_sentence(meaning, chance) for meaning in self._truths]

    @torch.no_grad()
    def __call__(self) -> dict[str, float]:
        """R@10 and mean average precision of a sentence for each meaning, and direction accuracy; 0..1."""
        forward, backward = change_vectors(self._model, self._pairs)
        scores = change_texts(self._model, self._tokenizer, self._asked) @ forward.T
        found = measure_retrieval(scores.cpu().numpy(), self._right())
        told = change_texts(self._model, self._tokenizer, self._told)
        right_way = (told * forward).sum(1) > (told * backward).sum(1)
        figures = {
            RECALL: found.recall[-1],
            "mean_ap": found.mean_ap,
            DIRECTION: float(right_way.float().mean()),
        }
        return {name: round(value, 4) for name, value in figures.items()}

    def _right(self) -> NDArray[np.bool_]:
        return np.array([[meaning == truth for truth in self._truths] for meaning in self._meanings])
