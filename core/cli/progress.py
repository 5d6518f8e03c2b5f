"""Progress on stderr: a bar in a terminal, else a line now and then."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from changeseek.core.cli.output import say
from changeseek.core.progress import Progress, ProgressCallback

if TYPE_CHECKING:
    from rich.console import Console

_SECONDS_BETWEEN_LINES = 10.0


@contextmanager
def progress_bar(what: str) -> Iterator[ProgressCallback]:
    """Show reports while the block runs: tiles done, rate and time left."""
    from rich.console import Console

    console = Console(stderr=True)
    if console.is_terminal:
        with _bar(what, console) as show:
            yield show
    else:
        yield _lines(what)


def _lines(what: str) -> ProgressCallback:
    """A log shows no bar, yet whoever reads along should see that it goes on."""
    last = time.monotonic()

    def show(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _SECONDS_BETWEEN_LINES:
            last = now
            say(f"{what}: {progress.done} of {progress.total}, {pace(progress)}".rstrip(", "))

    return show


@contextmanager
def _bar(what: str, console: Console) -> Iterator[ProgressCallback]:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}"),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None, pace="")

        def show(progress: Progress) -> None:
            bar.update(task, completed=progress.done, total=progress.total, pace=pace(progress))

        yield show


def pace(progress: Progress) -> str:
    """Rate and time left in words, such as `52 tiles/s, 3:05 left`."""
    if progress.seconds_left is None:
        return ""
    minutes, seconds = divmod(round(progress.seconds_left), 60)
    hours, minutes = divmod(minutes, 60)
    left = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
    return f"{progress.rate:.3g} tiles/s, {left} left"
