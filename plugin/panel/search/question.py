"""What a person asks in the search tab."""

from __future__ import annotations

import re
from dataclasses import dataclass

# The two forms that the engine reads; see core/index/query.py.
ARROW = re.compile("->|→")


@dataclass(frozen=True)
class Question:
    """A text with all that the panel says beside it.

    Attributes:
        text: What happened; with an arrow a transition.
        mode: `change`, `after` or `before`; does not count for a transition.
        k: Most hits to give.
        without: What the hits should not be; empty where nothing is left out.
    """

    text: str
    mode: str
    k: int
    without: str = ""


def is_transition(text: str) -> bool:
    """Whether `text` says from what to what, as in `forest -> houses`."""
    return ARROW.search(text) is not None


def split_last_part(text: str) -> tuple[str, str]:
    """The text up to its last arrow, arrow and one blank included, and what stands after it.

    Without an arrow the first is empty. Completion works on the second.
    """
    arrows = list(ARROW.finditer(text))
    if not arrows:
        return "", text
    end = arrows[-1].end()
    return f"{text[:end]} ", text[end:].lstrip()
