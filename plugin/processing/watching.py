"""The engine's progress in Processing: a bar, and now and then a line with the rate and the time left."""

from __future__ import annotations

import time

from qgis.core import QgsProcessingFeedback

from ...core.engine.messages import Progress
from ..translation import tr

# Each line stays in Processing's log.
SECONDS_BETWEEN_LINES = 5.0


class Watch:
    """Tells Processing how far the engine is.

    Args:
        feedback: Of the running algorithm.
    """

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self._feedback = feedback
        self._next_line = time.monotonic()

    def tell(self, progress: Progress) -> None:
        """Move the bar; the algorithm's thread."""
        self._feedback.setProgress(100 * progress.done / max(progress.total, 1))
        if progress.done and time.monotonic() >= self._next_line:
            self._next_line = time.monotonic() + SECONDS_BETWEEN_LINES
            self._feedback.setProgressText(describe(progress))


def describe(progress: Progress) -> str:
    """`512 of 2048 tiles, 560 a second, 3 s left`."""
    line = tr("{done} of {total} tiles, {rate} a second").format(
        done=progress.done,
        total=progress.total,
        rate=f"{progress.rate:.1f}" if progress.rate < 10 else f"{progress.rate:.0f}",
    )
    if progress.seconds_left is None:
        return line
    return tr("{line}, {left} left").format(line=line, left=duration(progress.seconds_left))


def duration(seconds: float) -> str:
    """`45 s`, `12 min` or `3 h 20 min`."""
    if seconds < 0.5:
        return tr("under 1 s")
    if round(seconds) < 60:
        return tr("{} s").format(round(seconds))
    minutes = round(seconds / 60)
    if minutes < 60:
        return tr("{} min").format(minutes)
    return tr("{} h {} min").format(*divmod(minutes, 60))
