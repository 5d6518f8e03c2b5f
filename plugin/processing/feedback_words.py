"""Answers as people write them into a table."""

from __future__ import annotations

from ...core.engine.messages.refinement import DISSIMILAR, SIMILAR, SKIPPED

_WORDS = {
    SIMILAR: (SIMILAR, "same", "yes", "y", "1", "true", "t"),
    DISSIMILAR: (DISSIMILAR, "not similar", "different", "no", "n", "0", "false", "f"),
    SKIPPED: (SKIPPED, "skip", "s"),
}
_VERDICTS = {word: verdict for verdict, words in _WORDS.items() for word in words}


def verdict_of(word: str) -> str | None:
    """The verdict that a word means; None where it means none."""
    return _VERDICTS.get(word.strip().lower())
