"""Every formula that turns vectors into scores, as small pure functions.

All take unit vectors: tiles (N, D), texts (D,). All give one score a tile, (N,) float32, higher is better;
scores are comparable within one query only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from changeseek.core.model.interface import Vectors

Scores = NDArray[np.float32]
Ranks = NDArray[np.float32]
Vector = NDArray[np.float32]

NOTHING_TEXT = "nothing has changed"
NOTHING_WEIGHT = 0.5
# Spreads of the scores between the tile that differs least and the one that differs most.
DIFFERENCE_WEIGHT = 1.0
# Spreads of the scores for a spread of the likeness to the later scene.
LATER_SCENE_WEIGHT = 0.25
_LEAST_SPREAD = 1e-9
# Of cosines: what varies less is rounding.
_LEAST_QUIET_SPREAD = 1e-4


def change_scores(change: Vectors, wanted: Vector, nothing: Vector) -> Scores:
    """How much a tile's change is the wanted one and not nothing."""
    return less_nothing(change @ wanted, change @ nothing)


def less_nothing(fits: Scores, quiet: Scores) -> Scores:
    """Likeness to what is wanted, less half the likeness to no change at the same spread over the tiles.

    Of drawn and of real scenes the two spread differently: a fixed share of the second is too little where
    light and season make all tiles look a little changed, and too much where many really are.

    Args:
        fits: (..., N) of one or more texts.
        quiet: (N,) of the text that nothing has changed.
    """
    spread = quiet.std()
    if spread < _LEAST_QUIET_SPREAD:
        return fits
    scores: Scores = fits - np.float32(NOTHING_WEIGHT) * (fits.std(-1, keepdims=True) / spread) * quiet
    return scores


def difference_ranks(difference: NDArray[np.float32]) -> Ranks:
    """How many of the other tiles differ less, as a share of them: (N,) float32, 0..1; all 0 where none does.

    Args:
        difference: (N,) of the tiles' dates, in any unit.
    """
    lower = np.searchsorted(np.sort(difference), difference)
    ranks: Ranks = (lower / max(1, len(difference) - 1)).astype(np.float32)
    return ranks


def with_difference(scores: Scores, ranks: Ranks) -> Scores:
    """Change scores, and beside them how much the pixels themselves differ, by rank.

    Vectors tell what changed, but on imagery unlike any that a model was trained on they tell less well that
    something did. By rank alone, a cloud or a glint counts no more than what differs a little less.

    Args:
        scores: (N,) of one text.
        ranks: (N,) as `difference_ranks` gives them.
    """
    raised: Scores = scores + np.float32(DIFFERENCE_WEIGHT) * scores.std() * ranks
    return raised


def with_later_scene(scores: Scores, fits: Scores) -> Scores:
    """Change scores, and beside them a little of how much the later scene shows what the sentence names.

    Args:
        scores: (N,) of one text.
        fits: (N,) likeness of the later date's scenes to the same text, read as a scene.
    """
    raised: Scores = scores + np.float32(LATER_SCENE_WEIGHT) * scores.std() * standardise(fits)
    return raised


def scene_scores(scene: Vectors, wanted: Vector) -> Scores:
    """How much one date of a tile shows what is wanted."""
    scores: Scores = scene @ wanted
    return scores


def transition_scores(before: Vectors, after: Vectors, old: Vector, new: Vector, replaced: Scores) -> Scores:
    """How much the old went and the new came between the scenes, and how much the change says so.

    Args:
        before: (N, D) scene vectors of the first date.
        after: (N, D) scene vectors of the second date.
        old: (D,) scene vector of what was there.
        new: (D,) scene vector of what came.
        replaced: (N,) change scores of the sentence that the one replaced the other. They count twice: on the
            scenes alone much that went outweighs little that came.
    """
    came_and_went = after @ (new - old) - before @ (new - old)
    return standardise(came_and_went) + np.float32(2.0) * standardise(replaced)


def without(wanted: Scores, unwanted: Scores) -> Scores:
    """Push down what fits an unwanted text better than usual; what fits it less than usual gains nothing."""
    return standardise(wanted) - np.maximum(standardise(unwanted), np.float32(0.0))


def similar_scores(change: Vectors, example: Vector) -> Scores:
    """How much a tile changed as the example did."""
    scores: Scores = change @ example
    return scores


def standardise(scores: Scores) -> Scores:
    """Scores with mean 0 and standard deviation 1 over the tiles; all 0 where they do not differ."""
    if scores.size == 0:
        return scores
    spread = scores.std()
    if spread < _LEAST_SPREAD:
        return np.zeros_like(scores)
    standard: Scores = (scores - scores.mean()) / spread
    return standard
