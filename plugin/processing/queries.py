"""Queries as people type them into Processing: a line each."""

from __future__ import annotations

from ..translation import tr

ARROWS = ("->", "→")


def lines_of(text: str) -> list[str]:
    """The queries of a text, each once, in order; empty lines count for nothing."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def complaint(query: str) -> str:
    """What is wrong with a query, empty where nothing is; the engine looks again by the same rule."""
    phrases = query.replace(ARROWS[1], ARROWS[0]).split(ARROWS[0])
    if len(phrases) > 2 or (len(phrases) == 2 and not all(phrase.strip() for phrase in phrases)):
        return tr(
            '“{}” is no whole transition. Name what was there and what came, for example "forest -> houses"'
        ).format(query)
    return ""
