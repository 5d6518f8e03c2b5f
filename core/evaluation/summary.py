"""Figures of several galleries as mean and spread."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean, stdev
from typing import Any


def summary(found: Sequence[Any]) -> Any:
    """JSON values of one structure as that structure, each number as `{"mean", "sd"}`.

    The spread is the standard deviation of the sample; None for a single value. A figure that one of the
    galleries does not have is None.
    """
    if any(one is None for one in found):
        return None
    if isinstance(found[0], dict):
        shared = [key for key in found[0] if all(key in one for one in found)]
        return {key: summary([one[key] for one in found]) for key in shared}
    if isinstance(found[0], list | tuple):
        return [summary(column) for column in zip(*found, strict=True)]
    return {"mean": mean(found), "sd": stdev(found) if len(found) > 1 else None}


def spread(values: Sequence[float | None], digits: int = 3) -> str:
    """Mean ± standard deviation for people; empty where there is no value."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    if len(known) == 1:
        return f"{known[0]:.{digits}f}"
    return f"{mean(known):.{digits}f} ± {stdev(known):.{digits}f}"
