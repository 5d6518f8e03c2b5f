"""The pairs that wait for an answer: none is asked twice, and one that was taken back is asked next."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice


@dataclass(frozen=True)
class Pair:
    """Two tiles to compare.

    Attributes:
        first: Tile id, shown on the left.
        second: Tile id, shown on the right.
        why: Why they are asked, one sentence; may be empty.
    """

    first: str
    second: str
    why: str = ""

    @property
    def key(self) -> frozenset[str]:
        """The same for both orders."""
        return frozenset((self.first, self.second))


class PairQueue:
    """First come, first asked."""

    def __init__(self) -> None:
        self._waiting: deque[Pair] = deque()
        self._seen: set[frozenset[str]] = set()

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def current(self) -> Pair | None:
        """The pair to answer now."""
        return self._waiting[0] if self._waiting else None

    def ahead(self, most: int) -> list[Pair]:
        """The pair to answer now and those after it."""
        return list(islice(self._waiting, most))

    def add(self, pairs: Iterable[Pair]) -> int:
        """Ask these after the others; returns how many of them were not asked before."""
        before = len(self._waiting)
        for pair in pairs:
            if pair.key not in self._seen:
                self._seen.add(pair.key)
                self._waiting.append(pair)
        return len(self._waiting) - before

    def take(self) -> Pair | None:
        """The pair to answer now, which is answered now."""
        return self._waiting.popleft() if self._waiting else None

    def ask_next(self, pairs: Iterable[Pair]) -> None:
        """Ask these before the others, in this order, even if they were asked before."""
        first = list(pairs)
        keys = {pair.key for pair in first}
        rest = [pair for pair in self._waiting if pair.key not in keys]
        self._waiting = deque([*first, *rest])
        self._seen.update(keys)

    def clear(self) -> None:
        """Another question, or another index."""
        self._waiting.clear()
        self._seen.clear()
