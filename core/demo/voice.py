"""How a long command tells the person at the screen where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from changeseek.core.progress import Progress, ProgressCallback

ProgressBar = Callable[[str], AbstractContextManager[ProgressCallback]]


@contextmanager
def _no_bar(what: str) -> Iterator[ProgressCallback]:
    def ignore(progress: Progress) -> None:
        del progress

    yield ignore


def _nothing(line: str) -> None:
    del line


@dataclass(frozen=True, slots=True)
class Voice:
    """Where words and progress go.

    Attributes:
        say: Takes one line.
        bar: Shows the progress of a named thing while its block runs.
    """

    say: Callable[[str], None] = _nothing
    bar: ProgressBar = _no_bar
