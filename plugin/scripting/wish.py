"""What a script wants of the engine, whether it waits for it or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from .asker import Asker

A = TypeVar("A")
R = TypeVar("R")


@dataclass(frozen=True)
class Wish(Generic[A, R]):
    """A job in two steps.

    Attributes:
        title: What people read in QGIS's list of tasks.
        work: The engine's part, on any thread; touches no layer.
        finish: What is made of it for the script, on the script's thread.
        long: It may take minutes, so people should see it and be able to stop it.
    """

    title: str
    work: Callable[[Asker], A]
    finish: Callable[[A], R]
    long: bool = False


def as_it_is(answer: A) -> A:
    """Finish with the engine's answer itself."""
    return answer
