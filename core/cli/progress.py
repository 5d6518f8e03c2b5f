"""The progress bar: tiles done, rate and time left, on stderr."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from changeseek.core.progress import Progress, ProgressCallback


@contextmanager
def progress_bar(what: str) -> Iterator[ProgressCallback]:
    """Show reports as a bar while the block runs; a stderr that is no terminal gets nothing."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}"),
    )
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
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
