"""What the log amounts to: which pairs count, what was judged for which question, who contradicts whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from changeseek.core.anneal.answers import AnsweredPairs
from changeseek.core.anneal.entries import JUDGEMENT, PAIR, Entry
from changeseek.core.anneal.log import Lines, in_effect
from changeseek.core.anneal.question import Question
from changeseek.core.anneal.transitivity import Pair, contradictions, count_inferred

# Each judged hit makes so many pairs with kept ones: of all there would be far too many.
_PARTNERS = 3


@dataclass(frozen=True, slots=True)
class Clash:
    """Answers that cannot all be right: a chain of similar pairs, then what contradicts it.

    Attributes:
        rows: Tiles of the chain.
        answers: One for each step of the chain, and the contradicting one.
    """

    rows: tuple[int, ...]
    answers: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The log of an index, read.

    Attributes:
        lines: What it was made of.
        pairs: What counts of each pair of rows that was asked about: the last answer.
        judged: Rows that people kept (True) or rejected (False), by question.
        clashes: The newest contradiction first.
        unknown: Answers about tiles that the index does not hold.
        examples: Rows of the example tiles of these questions: each is right, though nobody kept it.
    """

    lines: Lines
    pairs: Mapping[Pair, Entry]
    judged: Mapping[Question, Mapping[int, bool]]
    clashes: tuple[Clash, ...]
    unknown: int
    examples: Mapping[Question, int]

    @property
    def said_anything(self) -> bool:
        """Whether there is an answer that counts."""
        return bool(self.pairs or self.judged)

    def said(self, verdict: str) -> list[Pair]:
        """Pairs of that verdict."""
        return [pair for pair, entry in self.pairs.items() if entry.verdict == verdict]

    def answered(self) -> AnsweredPairs:
        """What a metric can learn from, judged hits included."""
        similar, dissimilar = self.said("similar"), self.said("dissimilar")
        for question, judged in self.judged.items():
            example = {self.examples[question]: True} if question in self.examples else {}
            kept, rejected = _by_verdict({**judged, **example})
            similar += _partnered(kept, kept)
            dissimilar += _partnered(rejected, kept)
        asked = {**dict.fromkeys(dissimilar, False), **dict.fromkeys(similar, True)}
        return _as_arrays(asked | self._compared())

    def answered_pairs_only(self) -> AnsweredPairs:
        """What people said of pairs, and nothing else."""
        return _as_arrays(self._compared())

    def _compared(self) -> dict[Pair, bool]:
        said = self.pairs.items()
        return {pair: entry.verdict == "similar" for pair, entry in said if entry.verdict != "skipped"}

    def inferred(self) -> tuple[int, int]:
        """How many pairs follow by transitivity, similar and dissimilar."""
        return count_inferred(self.said("similar"), self.said("dissimilar"))

    def verdict(self, question: Question, row: int | None) -> str:
        """What counts of a hit of a question: kept, rejected, or empty."""
        kept = None if row is None else self.judged.get(question, {}).get(row)
        return "" if kept is None else "kept" if kept else "rejected"

    def before_last(self, answers: int) -> int:
        """The revision before the last so many answers to pairs: what was skipped or undone is none."""
        if not answers:
            return self.lines.count
        counting = {entry.id for entry in in_effect(self.lines.entries)}
        at = [
            line
            for line, entry in zip(self.lines.at, self.lines.entries, strict=True)
            if entry.kind == PAIR and entry.verdict != "skipped" and entry.id in counting
        ]
        return at[-answers] - 1 if len(at) >= answers else 0

    def annotators(self) -> tuple[str, ...]:
        """Who said what counts."""
        return tuple(sorted({entry.annotator for entry in in_effect(self.lines.entries)}))


def _as_arrays(similar: dict[Pair, bool]) -> AnsweredPairs:
    """In the order of the rows, whatever was answered first: the metric must not hang on that."""
    ordered = sorted(similar)
    verdicts = np.array([similar[pair] for pair in ordered], np.bool_)
    return AnsweredPairs(np.array(ordered, np.int64).reshape(-1, 2), verdicts)


def read_record(lines: Lines, row_of: Callable[[str], int | None]) -> Record:
    """Replay a log.

    Args:
        lines: Of the log.
        row_of: Row of a tile id, None where the index holds no such tile.
    """
    each: dict[tuple[str, Pair], Entry] = {}
    pairs: dict[Pair, Entry] = {}
    verdicts: dict[Question, dict[int, bool]] = {}
    unknown = 0
    for entry in in_effect(lines.entries):
        rows = [row_of(tile_id) for tile_id in entry.tiles]
        known = [row for row in rows if row is not None]
        if len(known) != len(rows):
            unknown += 1
        elif entry.kind == PAIR:
            pair = (min(known), max(known))
            pairs[pair] = each[entry.annotator, pair] = entry
        elif entry.kind == JUDGEMENT:
            judged = verdicts.setdefault(entry.question, {})
            judged.pop(known[0], None)
            if entry.verdict != "withdrawn":
                judged[known[0]] = entry.verdict == "kept"
    verdicts = {question: judged for question, judged in verdicts.items() if judged}
    examples = {question: row_of(question.tile_id) for question in verdicts if question.tile_id}
    known_examples = {question: row for question, row in examples.items() if row is not None}
    found = _clashes([(pair, entry) for (_, pair), entry in each.items()])
    return Record(lines, pairs, verdicts, found, unknown, known_examples)


def _clashes(answers: Iterable[tuple[Pair, Entry]]) -> tuple[Clash, ...]:
    said = [(pair, entry) for pair, entry in answers if entry.verdict != "skipped"]
    near = {pair: entry for pair, entry in said if entry.verdict == "similar"}
    far = [(pair, entry) for pair, entry in said if entry.verdict == "dissimilar"]
    if not far or not near:
        return ()
    of = {pair: entry for pair, entry in far}
    found = [
        Clash(
            one.chain,
            (*(near[_ordered(step)] for step in zip(one.chain, one.chain[1:], strict=False)), of[one.pair]),
        )
        for one in contradictions(list(near), list(of))
    ]
    return tuple(sorted(found, key=lambda clash: max(one.time for one in clash.answers), reverse=True))


def _by_verdict(judged: Mapping[int, bool]) -> tuple[list[int], list[int]]:
    return [row for row, kept in judged.items() if kept], [row for row, kept in judged.items() if not kept]


def _partnered(rows: list[int], kept: list[int]) -> list[Pair]:
    """Each row with the next few kept ones, round and round."""
    found = []
    for place, row in enumerate(rows):
        for step in range(1, min(_PARTNERS, len(kept)) + 1):
            other = kept[(place + step) % len(kept)]
            if other != row:
                found.append((min(row, other), max(row, other)))
    return found


def _ordered(pair: tuple[int, int]) -> Pair:
    return (min(pair), max(pair))
