"""What the list shows: the question, how many hits of how many tiles, the time it took, what was marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

from ....core.engine.messages import HitsAnswer
from ...translation import tr
from ..words import count
from .question import Question, is_transition
from .scores import seconds_in_words


@dataclass(frozen=True)
class MoreLike:
    """The question for tiles like one tile."""

    tile_id: str


Asked = Union[Question, MoreLike]  # noqa: UP007 - evaluated here, and QGIS on macOS has Python 3.9


@dataclass(frozen=True)
class Listing:
    """What is in the list now.

    Attributes:
        answer: All hits.
        listed: How many of them the threshold and the number let through.
        most: The number that is set.
        seconds: From question to answer; None where nobody asked, as after a project was opened.
        kept: Hits marked so.
        rejected: Hits marked so.
    """

    answer: HitsAnswer
    listed: int
    most: int
    seconds: float | None = None
    kept: int = 0
    rejected: int = 0


def title_of(asked: Asked) -> str:
    """The question in words."""
    if isinstance(asked, MoreLike):
        return tr("Tiles like {}").format(asked.tile_id)
    words = f"“{asked.text}”"
    if not is_transition(asked.text):
        dates = {"after": tr("{}, after"), "before": tr("{}, before")}
        words = dates.get(asked.mode, "{}").format(words)
    return tr("{}, without “{}”").format(words, asked.without) if asked.without else words


def counts_of(listing: Listing) -> str:
    """The numbers in one line."""
    found, tiles = len(listing.answer.hits), count(listing.answer.tiles)
    if listing.listed < found:
        numbers = tr("{} of {} hits of {} tiles").format(count(listing.listed), count(found), tiles)
    else:
        numbers = tr("{} hits of {} tiles").format(count(found), tiles)
    parts = [numbers]
    if listing.kept:
        parts.append(tr("{} kept").format(count(listing.kept)))
    if listing.rejected:
        parts.append(tr("{} rejected").format(count(listing.rejected)))
    refinement = listing.answer.refinement
    if refinement is not None and refinement.answers:
        parts.append(tr("refined by {} answers").format(count(refinement.answers)))
    if listing.seconds is not None:
        parts.append(seconds_in_words(listing.seconds))
    if found < min(listing.most, listing.answer.tiles):
        parts.append(tr("search again for more"))
    return " · ".join(parts)
