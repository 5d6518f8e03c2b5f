"""How well pairs with people's captions are found by them, measured while the network trains."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from changeseek.core.captions.free import normalised
from changeseek.core.evaluation.retrieval import measure_retrieval
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.datasets.arrays import read_pair
from changeseek.core.training.datasets.captioned import CaptionedPair
from changeseek.core.training.datasets.reading import read_captioned
from changeseek.core.training.gallery import change_texts, change_vectors

RECALL = "captioned_recall_at_10"


def validation_pairs(places: Sequence[Path], most: int) -> list[CaptionedPair]:
    """Changed pairs of the validation splits, at most so many, spread evenly; none where no split is one.

    Raises:
        TrainingDataError: A data set cannot be read.
    """
    found = [
        pair
        for place in places
        for pair in read_captioned(place)
        if pair.split == "validate" and pair.changed
    ]
    rows = np.unique(np.linspace(0, len(found) - 1, min(most, len(found))).round().astype(int))
    return [found[row] for row in rows]


class CaptionedValidation:
    """Retrieval by each pair's first caption; every pair of which somebody wrote the same is right.

    Args:
        model: What is trained, in evaluation mode when asked.
        tokenizer: Its tokenizer.
        pairs: N pairs that no step sees.
    """

    def __init__(self, model: TextItsr, tokenizer: SentenceTokenizer, pairs: Sequence[CaptionedPair]) -> None:
        self._model = model
        self._tokenizer = tokenizer
        size = model.config.patch_size
        self._dates = torch.from_numpy(np.stack([read_pair(pair, size) for pair in pairs]))
        self._asked = [pair.captions[0] for pair in pairs]
        self._written = [{normalised(caption) for caption in pair.captions} for pair in pairs]

    @torch.no_grad()
    def __call__(self) -> dict[str, float]:
        """R@10, 0..1."""
        forward, _ = change_vectors(self._model, self._dates)
        scores = change_texts(self._model, self._tokenizer, self._asked) @ forward.T
        found = measure_retrieval(scores.cpu().numpy(), self._right())
        return {RECALL: round(found.recall[-1], 4)}

    def _right(self) -> NDArray[np.bool_]:
        asked = [normalised(caption) for caption in self._asked]
        return np.array([[caption in written for written in self._written] for caption in asked])
