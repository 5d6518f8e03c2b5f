"""A picture of how a training goes: losses above, validations below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from changeseek.core.index.files import written_whole
from changeseek.core.training.metrics import Row, read_metrics

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NO_LOSS = ("step", "learning_rate")
_SMOOTHED_OVER = 25


def draw_curves(metrics: Path, picture: Path) -> None:
    """Draw `metrics.jsonl` as PNG; nothing where it has no rows yet.

    Raises:
        MachineFaultError: The disk is full or faulty.
    """
    rows = read_metrics(metrics)
    losses = [row for row in rows if "validation" not in row]
    judged = [row for row in rows if "validation" in row]
    if not losses:
        return
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 8 if judged else 4.5), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    plots = figure.subplots(2 if judged else 1, 1, squeeze=False, sharex=True)[:, 0]
    _draw_losses(plots[0], losses)
    if judged:
        _draw_validations(plots[1], judged)
    plots[-1].set_xlabel("step")
    with written_whole(picture) as unfinished:
        figure.savefig(unfinished, format="png")


def _draw_losses(plot: Axes, rows: Sequence[Row]) -> None:
    steps = np.array([row["step"] for row in rows])
    for name in [name for name in rows[0] if name not in _NO_LOSS and not name.endswith("_per_second")]:
        values = np.array([row[name] for row in rows])
        (line,) = plot.plot(steps, _smooth(values), label=name, linewidth=1.8)
        plot.plot(steps, values, color=line.get_color(), alpha=0.25, linewidth=0.8)
    plot.set_ylabel("loss (faint: each row, strong: its running mean)")
    plot.set_ylim(bottom=0)
    _finish(plot)


def _draw_validations(plot: Axes, rows: Sequence[Row]) -> None:
    steps = [row["step"] for row in rows]
    for name in rows[0]["validation"]:
        values = [row["validation"][name] for row in rows]
        strong = name == "score"
        plot.plot(steps, values, "o-", label=name, markersize=4, linewidth=2.2 if strong else 1.2)
    best = max(row["step"] for row in rows if row["best"])
    plot.axvline(best, color="0.4", linestyle="--", linewidth=1, label=f"best, step {best}")
    plot.set_ylabel("validation, averaged weights")
    plot.set_ylim(0, 1)
    _finish(plot)


def _finish(plot: Axes) -> None:
    plot.grid(alpha=0.3)
    plot.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False)


def _smooth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of each value and those around it, as many on either side."""
    half = min(_SMOOTHED_OVER // 2, (len(values) - 1) // 4)
    found = [values[max(0, at - half) : at + half + 1].mean() for at in range(len(values))]
    return np.array(found)
