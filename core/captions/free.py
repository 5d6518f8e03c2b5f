"""Captions that people wrote: when two say the same, and which of them say that nothing changed."""

from __future__ import annotations

import re

from changeseek.core.captions import bank_sentences, wordings

# What the annotators of LEVIR-CC (Liu et al. 2022) and Dubai-CC (Hoxha et al. 2022) wrote of unchanged pairs.
_OF_DATA_SETS = (
    "the scene is the same as before",
    "there is no difference",
    "the two scenes seem identical",
    "no change has occurred",
    "almost nothing has changed",
    "nothing has changed",
    "all remained the same",
    "everything remains the same",
    "nothing has changed in this area",
    "nothing changed in this area",
    "no changes in this area",
    "no change was made",
    "there is no change to mention",
    "no changes to mention",
    "no changed to mention",
    "no difference in this area",
    "no change to mention",
    "no change occurred in this area",
    "the area appears the same",
)


def normalised(caption: str) -> str:
    """The caption without case, punctuation and surplus spaces: two that are equal so say the same."""
    return " ".join(re.findall(r"\w+", caption.casefold()))


_NOTHING = frozenset(normalised(text) for text in bank_sentences.NOTHING + wordings.NOTHING + _OF_DATA_SETS)


def says_nothing(caption: str) -> bool:
    """Whether a caption says that nothing changed, as far as it is one of the sentences known for that."""
    return normalised(caption) in _NOTHING
