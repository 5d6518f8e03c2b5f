"""Which pairs may be proposed for a question: the tile that stands for it, with each of its hits.

Ours, not the papers': they have no texts, and all pairs of their images are candidates. Of a question's hits
those are left out of which an answer already tells whether they are right.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from changeseek.core.anneal.answers import Pairs
from changeseek.core.anneal.belief import Belief
from changeseek.core.index.hits import top_positions
from changeseek.core.index.scoring import Scores

LEAST = 30


def doubtful_pairs(
    example: int | None, scores: Scores, odds: NDArray[np.float64], belief: Belief, skipped: Pairs
) -> Pairs:
    """Candidates of one question, best hit first.

    Args:
        example: Row of the example tile. None for a text: the best hit that was kept or tied
            to a kept one stands for it then, else the best of all.
        scores: (N,) float32 with the answers in them; -inf for the example.
        odds: (N,) log-odds that each tile is right.
        belief: What answers tell.
        skipped: (S, 2) not asked again: the next hits take their place.

    Returns:
        (C, 2) int64, the standing tile first.
    """
    order = top_positions(scores, int(np.isfinite(scores).sum()))
    if not len(order):
        return np.empty((0, 2), np.int64)
    anchor = _best_kept(order, belief) if example is None else example
    most = max(LEAST, int((odds > 0).sum()))
    done = np.concatenate([belief.rows, skipped[(skipped == anchor).any(axis=1)].ravel()])
    near = order[: most + len(done)]
    others = near[~np.isin(near, done) & (near != anchor)][:most]
    return np.stack([np.full(len(others), anchor), others], axis=1).astype(np.int64)


def _best_kept(order: NDArray[np.intp], belief: Belief) -> int:
    kept = belief.rows[belief.judged & (belief.posterior > 0)]
    standing = order[np.isin(order, kept)]
    return int(standing[0] if len(standing) else order[0])
