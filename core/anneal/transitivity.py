"""What follows from answers by transitivity: a~b and b~c give a~c; a~b and b≁c give a≁c.

Ours, not the papers': they train on what was said. What follows here is counted, told and used to find
answers that cannot all be right; an answer that contradicts earlier ones stays in the log, and people decide.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

Pair = tuple[int, int]


class Kinds:
    """Tiles tied by similarity, as sets that grow: union by size, paths halved."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}
        self._size: dict[int, int] = {}

    def group_of(self, tile: int) -> int:
        """The tile that stands for all that are tied to this one; itself where none is."""
        parent = self._parent
        if tile not in parent:
            return tile
        while parent[tile] != tile:
            parent[tile] = parent[parent[tile]]
            tile = parent[tile]
        return tile

    def tie(self, first: int, second: int) -> None:
        """Say that two tiles are similar."""
        roots = []
        for tile in (first, second):
            self._parent.setdefault(tile, tile)
            self._size.setdefault(tile, 1)
            roots.append(self.group_of(tile))
        large, small = sorted(roots, key=lambda root: (-self._size[root], root))
        if large != small:
            self._parent[small] = large
            self._size[large] += self._size[small]

    def groups(self) -> list[list[int]]:
        """The sets, each ascending, by their first tile."""
        found: dict[int, list[int]] = {}
        for tile in sorted(self._parent):
            found.setdefault(self.group_of(tile), []).append(tile)
        return list(found.values())


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A pair called dissimilar though a chain of similar pairs joins it.

    Attributes:
        chain: Tiles from one end of the pair to the other, each similar to the next.
        pair: The pair that was called dissimilar.
    """

    chain: tuple[int, ...]
    pair: Pair


@dataclass(frozen=True, slots=True)
class Expansion:
    """All that follows.

    Attributes:
        similar: Pairs, the smaller tile first, said or inferred.
        dissimilar: The same; a pair may stand in both where answers contradict each other.
    """

    similar: frozenset[Pair]
    dissimilar: frozenset[Pair]


def kinds_of(similar: Iterable[Pair]) -> Kinds:
    """The sets that similar pairs make."""
    kinds = Kinds()
    for first, second in similar:
        kinds.tie(first, second)
    return kinds


def expand(similar: Sequence[Pair], dissimilar: Sequence[Pair]) -> Expansion:
    """Every pair that follows from the given ones, with themselves."""
    kinds = kinds_of(similar)
    groups = kinds.groups()
    near = {pair for group in groups for pair in combinations(group, 2)}
    members = {kinds.group_of(group[0]): group for group in groups}
    far = {
        _ordered(one, other)
        for first, second in dissimilar
        for one in members.get(kinds.group_of(first), [first])
        for other in members.get(kinds.group_of(second), [second])
        if one != other
    }
    return Expansion(frozenset(near), frozenset(far))


def count_inferred(similar: Sequence[Pair], dissimilar: Sequence[Pair]) -> tuple[int, int]:
    """How many pairs follow that nobody was asked about: similar ones, dissimilar ones.

    Counted, not listed: of a few large kinds very many pairs follow.
    """
    kinds = kinds_of(similar)
    sizes = {kinds.group_of(group[0]): len(group) for group in kinds.groups()}
    near = sum(size * (size - 1) // 2 for size in sizes.values())
    between = {_ordered(kinds.group_of(a), kinds.group_of(b)) for a, b in dissimilar}
    far = sum(sizes.get(a, 1) * sizes.get(b, 1) for a, b in between if a != b)
    said_far = {_ordered(a, b) for a, b in dissimilar if kinds.group_of(a) != kinds.group_of(b)}
    return near - len({_ordered(a, b) for a, b in similar}), far - len(said_far)


def contradictions(similar: Sequence[Pair], dissimilar: Sequence[Pair]) -> list[Contradiction]:
    """Each pair called dissimilar that a chain of similar ones joins, in the order given."""
    kinds = kinds_of(similar)
    near: dict[int, list[int]] = {}
    for first, second in similar:
        near.setdefault(first, []).append(second)
        near.setdefault(second, []).append(first)
    return [
        Contradiction(_shortest(near, first, second), (first, second))
        for first, second in dissimilar
        if kinds.group_of(first) == kinds.group_of(second)
    ]


def _shortest(near: dict[int, list[int]], start: int, end: int) -> tuple[int, ...]:
    """The shortest chain of similar pairs between two tied tiles."""
    came_from = {start: start}
    waiting = deque([start])
    while end not in came_from:
        tile = waiting.popleft()
        for other in near[tile]:
            if other not in came_from:
                came_from[other] = tile
                waiting.append(other)
    chain = [end]
    while chain[-1] != start:
        chain.append(came_from[chain[-1]])
    return tuple(reversed(chain))


def _ordered(first: int, second: int) -> Pair:
    return (first, second) if first <= second else (second, first)
