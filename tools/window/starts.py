"""What the plugin costs QGIS at its start."""

from __future__ import annotations

from dataclasses import replace

from .eye import Eye
from .journey import Journey
from .window import Start, qgis_window

LOADING = "Load plugins"
OURS = "changeseek"


def note_start(journey: Journey, eye: Eye, what: str) -> None:
    """Keep QGIS's own figures for the table."""
    times = eye.start_times()
    ours = times.get(OURS)
    figures = [
        f"{eye.seconds_to_answer:.2f} s to the first answer",
        f"all plugins {times[LOADING] * 1000:.0f} ms",
    ]
    if ours is not None:
        figures.append(f"ChangeSeek among them {ours * 1000:.0f} ms")
    journey.measure(what, ", ".join(figures))


def start_without(journey: Journey, start: Start) -> None:
    """Start QGIS once with ChangeSeek switched off, for comparison; it warms the disk's cache as well."""
    with qgis_window(replace(start, enabled=False)) as (_, eye):
        note_start(journey, eye, "start without the plugin")
