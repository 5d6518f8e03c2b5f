"""What each meaning shall say: the mean of what a model makes of many of its wordings."""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from changeseek.core.captions.grammar import Meaning, random_sentence
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.texts import read

_AT_ONCE = 256


class ChangeTargets:
    """Change vectors of meanings.

    Args:
        model: Reads the wordings, as it is now.
        tokenizer: Of its text encoder.
        meanings: Of which vectors are wanted.
        wordings: Of each meaning, drawn at random.
        seed: They follow from it.
    """

    def __init__(
        self,
        model: TextItsr,
        tokenizer: SentenceTokenizer,
        meanings: Sequence[Meaning],
        wordings: int,
        seed: int,
    ) -> None:
        chance = random.Random(seed)
        self._row = {meaning: row for row, meaning in enumerate(meanings)}
        texts = [random_sentence(meaning, chance) for meaning in meanings for _ in range(wordings)]
        vectors = _changes(model.eval(), tokenizer, texts)
        self._vectors = F.normalize(vectors.unflatten(0, (-1, wordings)).mean(1), dim=1)

    def __call__(self, meanings: Sequence[Meaning]) -> Tensor:
        """Change vectors (M, D) of unit length.

        Raises:
            KeyError: One of the meanings was not given.
        """
        return self._vectors[[self._row[meaning] for meaning in meanings]]


@torch.no_grad()
def _changes(model: TextItsr, tokenizer: SentenceTokenizer, texts: list[str]) -> Tensor:
    # Sentences of like length together, for all of a batch are padded to its longest.
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    found = [
        model.text_change(*read(model, tokenizer, [texts[row] for row in order[start : start + _AT_ONCE]]))
        for start in range(0, len(order), _AT_ONCE)
    ]
    return torch.cat(found)[torch.tensor(order).argsort()]
