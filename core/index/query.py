"""What can be asked of an index: a text about the change or one date, or a transition `A -> B`."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

from changeseek.core.errors import QueryError

Mode = Literal["change", "after", "before"]
MODES: tuple[Mode, ...] = get_args(Mode)
DEFAULT_HITS = 20
_ARROWS = ("->", "→")
# Several times what a model reads of a sentence.
LONGEST_QUERY = 1000


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query as the user typed it.

    Attributes:
        text: What to look for; with `->` in it a transition, for which the mode does not count.
        mode: What the text is compared with: the change, the after date or the before date.
        k: Most hits to give, at least 1.
        without: Text of what the hits should not be; empty for none.
    """

    text: str
    mode: Mode = "change"
    k: int = DEFAULT_HITS
    without: str = ""


@dataclass(frozen=True, slots=True)
class TextQuery:
    """One text, compared with the change or with one date."""

    text: str
    mode: Mode


@dataclass(frozen=True, slots=True)
class TransitionQuery:
    """What was there and what came in its place."""

    old: str
    new: str


Query = TextQuery | TransitionQuery


def parse_request(request: SearchRequest) -> tuple[Query, Query | None]:
    """The query of a request, and the query of what is unwanted.

    Raises:
        QueryError: A text is empty or half a transition, the mode is unknown, or k is below 1.
    """
    if request.k < 1:
        raise QueryError(f"{request.k} hits were asked for", "Ask for at least one")
    if request.mode not in MODES:
        raise QueryError(f"there is no mode {request.mode}", f"Choose one of {', '.join(MODES)}")
    unwanted = parse_query(request.without, request.mode) if request.without.strip() else None
    return parse_query(request.text, request.mode), unwanted


def parse_query(text: str, mode: Mode) -> Query:
    """Read one text; an arrow makes it a transition.

    Raises:
        QueryError: The text is empty, half a transition, no Unicode, too long, or in another script.
    """
    _check_readable(text)
    for arrow in _ARROWS[1:]:
        text = text.replace(arrow, _ARROWS[0])
    phrases = [" ".join(phrase.split()) for phrase in text.split(_ARROWS[0])]
    if phrases == [""]:
        raise QueryError("the query is empty", 'Say what changed, for example "houses built on fields"')
    if len(phrases) > 2 or not all(phrases):
        raise QueryError(
            f'"{text.strip()}" is no whole transition',
            'Name what was there and what came, for example "forest -> houses"',
        )
    return TextQuery(phrases[0], mode) if len(phrases) == 1 else TransitionQuery(phrases[0], phrases[1])


def _check_readable(text: str) -> None:
    if not _is_unicode(text):
        raise QueryError("the query holds what is no character", "Type it again")
    if len(text) > LONGEST_QUERY:
        raise QueryError(f"the query has {len(text):,} characters", "Say what changed in one sentence")
    letters = [letter for letter in text if letter.isalpha()]
    if letters and not any("LATIN" in unicodedata.name(letter, "") for letter in letters):
        # Its words would be read letter by letter, and the hits be those of a random text.
        raise QueryError("the query is in a script that the model does not read", "Ask in English")


def _is_unicode(text: str) -> bool:
    """Whether no half of a pair of surrogates is left over, as from the command line's bytes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
