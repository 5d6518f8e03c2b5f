"""Sentences that the frozen text encoder reads once, for all fusions and seeds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from changeseek.core.captions.grammar import Meaning, random_sentence
from changeseek.core.evaluation.fusions.base import Base
from changeseek.core.training.losses import positives

_AT_ONCE = 256
_WORDINGS = 6


@dataclass(frozen=True, slots=True)
class SentenceStates:
    """M sentences as the text encoder reads them.

    Attributes:
        states: (M, L, W) float16, zero behind a sentence's end.
        mask: (M, L) bool, True on real tokens.
    """

    states: Tensor
    mask: Tensor

    def of(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """States float32 and mask of the sentences in `rows` (B,), cut to the longest of them."""
        mask = self.mask[rows]
        longest = int(mask.sum(1).max())
        return self.states[rows, :longest].float(), mask[:, :longest]


@torch.inference_mode()
def read_sentences(base: Base, texts: Sequence[str]) -> SentenceStates:
    """Read texts, those of like length together."""
    ids, mask = base.tokenizer(texts)
    states = torch.zeros(*mask.shape, base.network.config.text.width, dtype=torch.float16)
    for rows in mask.sum(1).argsort(stable=True).split(_AT_ONCE):
        longest = int(mask[rows].sum(1).max())
        few = (part[rows, :longest].to(base.device) for part in (ids, mask))
        states[rows, :longest] = base.network.text_states(*few).half().cpu()
    return SentenceStates(states, mask)


class SentencePool:
    """Captions to draw for pairs: a few wordings of all that can truly be said of them.

    Args:
        base: Its text encoder reads them.
        truths: What happened in the pairs; the same against the order of time is in the pool as well.
        seed: Which wordings are in the pool.
    """

    def __init__(self, base: Base, truths: Sequence[Meaning], seed: int) -> None:
        chance = random.Random(seed)
        self._meanings = _sayable(truths)
        self._number = {meaning: number for number, meaning in enumerate(self._meanings)}
        self._agree = positives(self._meanings, [(meaning,) for meaning in self._meanings])
        self._rows: list[range] = []
        texts: list[str] = []
        for meaning in self._meanings:
            wordings = dict.fromkeys(random_sentence(meaning, chance) for _ in range(_WORDINGS))
            self._rows.append(range(len(texts), len(texts) + len(wordings)))
            texts.extend(wordings)
        self._read = read_sentences(base, texts)

    def draw(self, truths: Sequence[Meaning], chance: random.Random) -> tuple[Tensor, Tensor, Tensor]:
        """One caption for each of B pairs.

        Returns:
            States (B, L, W) float32, their mask (B, L), and (B, B) bool, which caption is true of which pair.
        """
        said = [self._number[_said(truth, chance)] for truth in truths]
        happened = [self._number[truth] for truth in truths]
        states, mask = self._read.of(torch.tensor([chance.choice(self._rows[number]) for number in said]))
        return states, mask, self._agree[said][:, happened]


def _said(truth: Meaning, chance: random.Random) -> Meaning:
    """The whole transition as often as what came or what went alone."""
    return chance.choice((truth, truth, *_halves(truth)))


def _halves(truth: Meaning) -> tuple[Meaning, Meaning]:
    return Meaning(before=truth.before), Meaning(after=truth.after)


def _sayable(truths: Sequence[Meaning]) -> list[Meaning]:
    """Each truth, its reverse and the halves of both, in an order that depends on nothing else."""
    whole = {meaning for truth in truths for meaning in (truth, truth.reversed())}
    halves = {half for one in whole for half in _halves(one)}
    return sorted(whole | halves, key=lambda meaning: meaning.key)
