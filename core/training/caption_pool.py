"""Captions that the frozen text encoder reads once, for a training that draws from them at every step."""

from __future__ import annotations

import random
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from changeseek.core.captions.grammar import Meaning, random_sentence
from changeseek.core.captions.placement import Claim
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.samples import Told
from changeseek.core.training.slips import SLIPS, some_with_slip
from changeseek.core.training.texts import Captions, read, tell

_Said = tuple[Meaning | None, str, Claim | None]

_AT_ONCE = 256
_DRAWS = 4
# A meaning with a place is one of some thousand; alone it is one of some hundred and told far oftener.
_WORDINGS, _WORDINGS_WITH_A_PLACE = 30, 5


@dataclass(frozen=True, slots=True)
class ReadCaptions:
    """Captions for M pairs, as the text encoder reads them.

    Attributes:
        said: What they say.
        states: (M, L, W) float32.
        mask: (M, L) bool, True on real tokens.
    """

    said: Captions
    states: Tensor
    mask: Tensor


class CaptionPool:
    """Some wordings for everything that a training tells of: up to thirty for a meaning, five with a place.

    One in ten has a slip of the pen.

    Args:
        model: Has the text encoder.
        tokenizer: Its tokenizer.
        told: What is known of all pairs, in every order of the dates that is told.
        seed: Which captions are drawn follows from it.
    """

    def __init__(
        self, model: TextItsr, tokenizer: SentenceTokenizer, told: Sequence[Told], seed: int
    ) -> None:
        chance = random.Random(seed)
        self._rows: dict[Hashable, list[int]] = {}
        self._said: list[_Said] = []
        for meaning in _meanings(told):
            self._add((meaning, random_sentence(meaning, chance), None), chance)
        for _ in range(_DRAWS):
            for said in zip(*tell(told, chance), strict=True):
                self._add(said, chance)
        self._states, self._lengths = _read_all(model, tokenizer, [text for _, text, _ in self._said])

    def __len__(self) -> int:
        return len(self._said)

    def draw(self, told: Sequence[Told], chance: random.Random) -> ReadCaptions:
        """One caption a pair that is true of it."""
        return self._read([self._row(said, chance) for said in zip(*tell(told, chance), strict=True)])

    def draw_twice(self, told: Sequence[Told], chance: random.Random) -> tuple[ReadCaptions, ReadCaptions]:
        """One caption a pair, and the same said again without a place, mostly in another wording."""
        said = list(zip(*tell(told, chance), strict=True))
        again: list[_Said] = [(meaning, text, None) for meaning, text, _ in said]
        first, second = ([self._row(one, chance) for one in these] for these in (said, again))
        return self._read(first), self._read(second)

    def _read(self, rows: list[int]) -> ReadCaptions:
        meanings, sentences, claims = zip(*(self._said[row] for row in rows), strict=True)
        lengths = self._lengths[rows]
        longest = int(lengths.max())
        return ReadCaptions(
            Captions(list(meanings), list(sentences), list(claims)),
            self._states[rows, :longest].float(),
            torch.arange(longest) < lengths[:, None],
        )

    def _add(self, said: _Said, chance: random.Random) -> None:
        meaning, text, claim = said
        rows = self._rows.setdefault(_key(said), [])
        if len(rows) < (_WORDINGS if claim is None else _WORDINGS_WITH_A_PLACE):
            rows.append(len(self._said))
            self._said.append((meaning, some_with_slip(text, SLIPS, chance), claim))

    def _row(self, said: _Said, chance: random.Random) -> int:
        meaning, text, _ = said
        found = self._rows.get(_key(said))
        # Of what no draw has told before, a place or words of people, less is said.
        return chance.choice(found or self._rows[_key((meaning, text, None))])


def _meanings(told: Sequence[Told]) -> list[Meaning]:
    """All that captions may say of them, in an order that depends on nothing else."""
    whole = {truth for one in told for truth in one.truths}
    halves = {half for one in whole for half in (Meaning(before=one.before), Meaning(after=one.after))}
    return sorted(whole | halves, key=lambda meaning: meaning.key)


def _key(said: _Said) -> Hashable:
    meaning, text, claim = said
    return text if meaning is None else (meaning, claim)


def _read_all(model: TextItsr, tokenizer: SentenceTokenizer, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
    """States (M, L, W) float16, zero behind a sentence's end, and lengths (M,)."""
    model.text_encoder.eval()
    # Read in order of length, no batch is padded far.
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    lengths = torch.zeros(len(texts), dtype=torch.long)
    found: list[Tensor] = []
    for start in range(0, len(texts), _AT_ONCE):
        rows = order[start : start + _AT_ONCE]
        states, mask = read(model, tokenizer, [texts[row] for row in rows])
        lengths[rows] = mask.sum(1).cpu()
        found.append((states * mask.unsqueeze(-1)).half().cpu())
    longest = int(lengths.max())
    kept = torch.zeros(len(texts), longest, found[0].shape[2], dtype=torch.float16)
    for number, states in enumerate(found):
        rows = order[number * _AT_ONCE : (number + 1) * _AT_ONCE]
        kept[rows, : states.shape[1]] = states
    return kept, lengths
