"""Exact search: a text, a transition or an example tile against every tile of an index."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from changeseek.core.errors import QueryError
from changeseek.core.index import scoring
from changeseek.core.index.hits import Hit, best_hits
from changeseek.core.index.query import DEFAULT_HITS, Query, SearchRequest, TextQuery, parse_request
from changeseek.core.index.store import Index, VectorKind
from changeseek.core.model.interface import PairModel, Vectors


class TileVectors(Protocol):
    """What a score is made of: an index, or tiles embedded just now."""

    def vectors(self, kind: VectorKind) -> Vectors:
        """(N, D) float32 of unit length."""
        ...

    @property
    def difference_ranks(self) -> scoring.Ranks | None:
        """(N,) rank of each tile by how much its dates differ, 0..1; None where nobody measured it."""
        ...


def search(index: Index, model: PairModel, request: SearchRequest) -> list[Hit]:
    """The best tiles for a request, best first; fewer than k where the index is smaller.

    Raises:
        QueryError: The request cannot be asked.
    """
    return best_hits(index, score_tiles(index, model, request), request.k)


def score_tiles(index: TileVectors, model: PairModel, request: SearchRequest) -> scoring.Scores:
    """The score of every tile for a request, (N,) float32 in the order of the tiles.

    Raises:
        QueryError: The request cannot be asked.
    """
    query, unwanted = parse_request(request)
    scores = _scores(index, model, query)
    return scores if unwanted is None else scoring.without(scores, _scores(index, model, unwanted))


def similar(index: Index, tile_id: str, k: int = DEFAULT_HITS) -> list[Hit]:
    """The tiles that changed most as the named one did, best first, without itself.

    Raises:
        UnknownTileError: The index holds no such tile.
        QueryError: k is below 1.
    """
    return rank_likeness(index, score_likeness(index, tile_id), k)


def rank_likeness(index: Index, scores: scoring.Scores, k: int) -> list[Hit]:
    """The best of what `score_likeness` gave.

    Raises:
        QueryError: k is below 1.
    """
    if k < 1:
        raise QueryError(f"{k} hits were asked for", "Ask for at least one")
    return best_hits(index, scores, k, among=len(index) - 1)


def score_likeness(index: Index, tile_id: str) -> scoring.Scores:
    """How much every tile changed as the named one did, (N,) float32; -inf for the tile itself.

    Raises:
        UnknownTileError: The index holds no such tile.
    """
    example = index.position(tile_id)
    change = index.vectors("change")
    scores = scoring.similar_scores(change, change[example]).copy()
    scores[example] = -np.inf
    return scores


def _scores(index: TileVectors, model: PairModel, query: Query) -> scoring.Scores:
    if isinstance(query, TextQuery) and query.mode != "change":
        wanted = model.embed_text([query.text], "scene")[0]
        return scoring.scene_scores(index.vectors(query.mode), wanted)
    if isinstance(query, TextQuery):
        return _change_scores(index, model, query.text)
    old, new = model.embed_text([query.old, query.new], "scene")
    # Not "replaced by": read from its words alone it is easily taken for its reverse.
    replaced = _change_scores(index, model, f"{query.old} turned into {query.new}")
    return scoring.transition_scores(index.vectors("before"), index.vectors("after"), old, new, replaced)


def _change_scores(index: TileVectors, model: PairModel, text: str) -> scoring.Scores:
    wanted, nothing = model.embed_text([text, scoring.NOTHING_TEXT], "change")
    plain = scoring.change_scores(index.vectors("change"), wanted, nothing)
    shown = scoring.scene_scores(index.vectors("after"), model.embed_text([text], "scene")[0])
    scores = scoring.with_later_scene(plain, shown)
    ranks = index.difference_ranks
    return scores if ranks is None else scoring.with_difference(scores, ranks)
