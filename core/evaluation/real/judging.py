"""How well the product finds the right tiles of a real scene, beside ways that need no training on change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from changeseek.core.demo.figures import average_precision
from changeseek.core.evaluation.real.case import Case, Positive, Question
from changeseek.core.evaluation.real.scene import EmbeddedScene
from changeseek.core.index.query import SearchRequest
from changeseek.core.index.scoring import Scores
from changeseek.core.index.search import score_tiles
from changeseek.core.model.interface import PairModel

# Scores of one sum in two orders differ by rounding alone.
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class RealCheck:
    """One question asked of one place.

    Attributes:
        group: The data set, by which figures are averaged.
        name: Of the check, the same for all places.
        place: Where.
        dates: When.
        query: What was asked.
        rule: What makes a tile a right answer.
        tile: Side of a tile, pixels.
        tiles: How many were ranked.
        positive: How many of them are right.
        floor: Their share, which is what a random ranking's average precision is about.
        ap: Average precision of the product's search in mode change, 0..1.
        baselines: Average precision by the name of a way that needs no training on change.
        direction: Share of the right tiles that score higher than with their dates swapped; None where the
            scores cannot differ.
        truth_weakness: What is wrong with the rule, one sentence.
    """

    group: str
    name: str
    place: str
    dates: str
    query: str
    rule: str
    tile: int
    tiles: int
    positive: int
    floor: float
    ap: float
    baselines: dict[str, float]
    direction: float | None
    truth_weakness: str


def judge(case: Case, question: Question, scene: EmbeddedScene, model: PairModel) -> RealCheck:
    """Ask one question of an embedded case."""
    positive = question.positive[scene.indices]
    request = SearchRequest(question.query)
    scores = score_tiles(scene.forward, model, request)
    swapped = score_tiles(scene.backward, model, request)
    return RealCheck(
        group=case.group,
        name=question.name,
        place=case.place,
        dates=case.dates,
        query=question.query,
        rule=question.rule,
        tile=case.tiles.tile,
        tiles=len(positive),
        positive=int(positive.sum()),
        floor=float(positive.mean()),
        ap=ranking_quality(scores, positive),
        baselines={
            name: ranking_quality(found, positive)
            for name, found in baseline_scores(question, scene, model).items()
        },
        direction=direction(scores[positive], swapped[positive]),
        truth_weakness=question.weakness,
    )


def baseline_scores(question: Question, scene: EmbeddedScene, model: PairModel) -> dict[str, Scores]:
    """Scores (N,) of every way that knows scenes or pixels only.

    "one date" is the scene text on the date that shows it: the after date for what came, the before date
    for what only went. "delta" is how much better what came fits the after date than the before date, and
    what went the other way round.
    """
    before, after = scene.forward.vectors("before"), scene.forward.vectors("after")
    came, went = model.embed_text([question.came or question.query, question.went or question.query], "scene")
    gain = (after - before) @ came if question.came else np.zeros(len(after), np.float32)
    loss = (before - after) @ went if question.went else np.zeros(len(after), np.float32)
    return {
        "one date": after @ came if question.came else before @ went,
        "delta": gain + loss,
        "pixels": scene.difference,
        "pixels, dates not matched": scene.raw_difference,
    }


def ranking_quality(scores: Scores, positive: Positive) -> float:
    """Average precision of tiles by descending score, 0..1."""
    order = np.argsort(-scores, kind="stable")
    return average_precision(positive[order], int(positive.sum()))


def direction(forward: NDArray[np.float32], backward: NDArray[np.float32]) -> float | None:
    """Share of scores that are higher in the order of time; None where order makes no difference."""
    if np.allclose(forward, backward, atol=_ROUNDING):
        return None
    return float((forward > backward).mean())
