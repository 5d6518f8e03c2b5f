"""What training on wordings asks: that all wordings of a meaning say the same, and its reverse another thing.

Ours. No image is looked at. What a sentence shall say is what the model itself makes of many wordings of its
meaning on average, where the mistakes of single ones cancel. So the vectors of images stay as they are, and
it costs minutes to let the layers of the text encoder learn, which the training on pairs keeps frozen.
"""

from __future__ import annotations

import copy
import random
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from changeseek.core.captions.grammar import Meaning, random_scene_phrase, random_sentence
from changeseek.core.captions.place_wordings import PLACES, placed
from changeseek.core.model.text_encoder import SentenceTokenizer, sentence_mean
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.losses import phrase_loss
from changeseek.core.training.slips import SLIPS, some_with_slip
from changeseek.core.training.supply import seed_of
from changeseek.core.training.texts import concept_phrases, phrase_targets, read
from changeseek.core.training.wording_targets import ChangeTargets

WORDING_WEIGHTS = {"meaning": 4.0, "order": 1.0, "phrase": 2.0, "place": 2.0, "scene": 4.0, "rest": 4.0}
# Beside so many whole transitions and their reverses there stand a quarter as many of each other kind.
_OTHERS = 4
_CONCEPTS = 1
# How steeply a sentence that is nearer to its reverse costs.
_STEEPNESS = 20.0
_LEARNED = ("text_encoder.layers.", "phrase_reader.", "phrase_head.", "text_change_head.")


class WordingStep(NamedTuple):
    """What one step gets.

    Attributes:
        meanings: Of M sentences, each of the grammar.
        sentences: M wordings, some with a slip of the pen.
        plain: Sentences without a place.
        placed: The same with one.
        scenes: Phrases of what is there, and any other sentences.
        wording: Seed of the phrases of concepts.
    """

    meanings: list[Meaning]
    sentences: list[str]
    plain: list[str]
    placed: list[str]
    scenes: list[str]
    wording: int


class WordingSupply:
    """Steps by number.

    Args:
        meanings: To draw from.
        concepts: Keys of those whose scenes are named.
        anything: Sentences about anything.
        batch: Whole transitions in a step; their reverses come as well.
        seed: Everything drawn follows from it.
    """

    def __init__(
        self, meanings: list[Meaning], concepts: list[str], anything: list[str], batch: int, seed: int
    ) -> None:
        self._whole = [meaning for meaning in meanings if meaning.before and meaning.after]
        self._other = [meaning for meaning in meanings if not (meaning.before and meaning.after)]
        self._concepts, self._anything = concepts, anything
        self._batch, self._seed = batch, seed

    def __call__(self, step: int, process: int) -> WordingStep:
        """That step of that process."""
        place = seed_of(self._seed, step, process)
        concepts = seed_of(self._seed, step, process, _CONCEPTS)
        chance, few = random.Random(place), max(1, self._batch // _OTHERS)
        whole = chance.choices(self._whole, k=self._batch)
        meanings = [*whole, *(one.reversed() for one in whole), *chance.choices(self._other, k=few)]
        typed = [some_with_slip(random_sentence(one, chance), SLIPS, chance) for one in meanings]
        plain = [random_sentence(one, chance) for one in chance.choices(self._whole, k=few)]
        claims = chance.choices(sorted(PLACES), k=few)
        return WordingStep(
            meanings,
            typed,
            plain,
            [placed(text, claim, chance) for text, claim in zip(plain, claims, strict=True)],
            [
                *(random_scene_phrase(chance.choice(self._concepts), chance) for _ in range(few)),
                *chance.choices(self._anything, k=few),
            ],
            concepts,
        )


class WordingTask(nn.Module):
    """The layers of the text encoder and the heads of change learn; all else of the network is frozen.

    Args:
        model: As it was trained on pairs.
        tokenizer: Of its text encoder.
        targets: What each meaning shall say.
    """

    def __init__(self, model: TextItsr, tokenizer: SentenceTokenizer, targets: ChangeTargets) -> None:
        super().__init__()
        self.before = copy.deepcopy(model).requires_grad_(False)
        for name, value in model.named_parameters():
            value.requires_grad_(name.startswith(_LEARNED))
        self.model = model
        self._tokenizer = tokenizer
        self._targets = targets

    def forward(self, given: WordingStep) -> dict[str, Tensor]:
        """Losses by name of one step."""
        # What differs little from what it was needs all digits; sentences are so short that it costs no time.
        with torch.autocast(self.model.difference_weight.device.type, enabled=False):
            return self._losses(given)

    def _losses(self, given: WordingStep) -> dict[str, Tensor]:
        states, mask = self._read(given.sentences)
        said = self.model.text_change(states, mask)
        meant = self._targets(given.meanings).to(said.device)
        reverse = self._targets([one.reversed() for one in given.meanings]).to(said.device)
        whole = [row for row, one in enumerate(given.meanings) if one.before and one.after]
        margin = (said * (meant - reverse)).sum(1)[whole]
        concepts = self.before.text_scene(*self._read_before(concept_phrases(random.Random(given.wording))))
        return {
            "meaning": _apart(said, meant),
            "order": F.softplus(-_STEEPNESS * margin).mean(),
            "phrase": phrase_loss(self.model.phrases(states, mask), phrase_targets(given.meanings, concepts)),
            "place": self._place(given.plain, given.placed),
        } | self._kept(given.scenes)

    def _place(self, plain: list[str], placed_ones: list[str]) -> Tensor:
        """What a place adds to a sentence stays what it was."""
        was = [self.before.text_change(*self._read_before(one)) for one in (plain, placed_ones)]
        now = [self.model.text_change(*self._read(one)) for one in (plain, placed_ones)]
        return ((now[1] - now[0]) - (was[1] - was[0])).square().sum(1).mean()

    def _kept(self, sentences: list[str]) -> dict[str, Tensor]:
        """What a sentence says of a scene stays near what it was, and so does the mean of its states."""
        was, _ = self._read_before(sentences)
        now, mask = self._read(sentences)
        return {
            "scene": _apart(self.model.text_scene(now, mask), self.before.text_scene(was, mask)),
            "rest": 1 - F.cosine_similarity(sentence_mean(now, mask), sentence_mean(was, mask)).mean(),
        }

    def _read_before(self, texts: list[str]) -> tuple[Tensor, Tensor]:
        return read(self.before, self._tokenizer, texts)

    def _read(self, texts: list[str]) -> tuple[Tensor, Tensor]:
        device = self.model.difference_weight.device
        ids, mask = (part.to(device) for part in self._tokenizer(texts))
        return self.model.text_states(ids, mask), mask


def _apart(one: Tensor, other: Tensor) -> Tensor:
    return 1 - (one * other).sum(1).mean()
