"""How far a long job is: counted where the work happens, shown wherever somebody looks."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """One report of a long job.

    Attributes:
        done: Units finished, 0..total.
        total: Units in all.
        rate: Units a second since the start of this run, 0.0 until the first is finished.
        seconds_left: Estimated seconds to the end, None while the rate is unknown.
    """

    done: int
    total: int
    rate: float
    seconds_left: float | None


ProgressCallback = Callable[[Progress], None]


class ProgressMeter:
    """Turns a growing count into reports with rate and time left.

    Args:
        total: Units in all.
        report: Called at every step; None makes the meter silent.
        already_done: Units that an earlier run finished; they count as done but not towards the rate.
    """

    def __init__(self, total: int, report: ProgressCallback | None, already_done: int = 0) -> None:
        self._total = total
        self._report = report
        self._start_count = already_done
        self._done = already_done
        self._started = time.monotonic()

    def advance(self, units: int) -> None:
        """Count `units` more as finished and report."""
        self._done += units
        if self._report is not None:
            self._report(self._current())

    def _current(self) -> Progress:
        elapsed = time.monotonic() - self._started
        rate = (self._done - self._start_count) / elapsed if elapsed > 0 else 0.0
        left = (self._total - self._done) / rate if rate > 0 else None
        return Progress(self._done, self._total, rate, left)
