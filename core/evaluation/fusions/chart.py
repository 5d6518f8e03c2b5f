"""The fusions as bars: how often the right pair is among the first ten."""

from __future__ import annotations

from pathlib import Path
from statistics import mean, stdev
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from changeseek.core.evaluation.fusions.measure import VectorFigures
from changeseek.core.evaluation.fusions.report import FusionReport

_KINDS = (("whole", "whole vector", "#1f5fa8"), ("learned", "learned half alone", "#9cc3e6"))
_THICK = 0.38


def draw_chart(report: FusionReport, file: Path) -> None:
    """Write a PNG of 900 x 560 pixels: a pair of bars for each fusion, lines for chance and for no fusion."""
    figure = Figure(figsize=(9, 5.6), dpi=100, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    names = list(report.runs)
    for number, (kind, label, colour) in enumerate(_KINDS):
        found = [[_percent(getattr(run, kind)) for run in report.runs[name]] for name in names]
        places = [row + (number - 0.5) * _THICK for row in range(len(names))]
        _bars(axes, places, found, label, colour)
    floor = 100 * report.as_trained.whole.to_pairs.floor[-1]
    axes.axvline(
        _percent(report.no_fusion), color="#444444", linestyle="--", label="no fusion: scene vectors alone"
    )
    axes.axvline(floor, color="#b03030", linestyle=":", label="chance")
    axes.set_yticks(range(len(names)), names, fontsize=12)
    axes.invert_yaxis()
    axes.set_xlabel("queries with a right pair among the first ten, %", fontsize=12)
    axes.set_xlim(0, 100)
    axes.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside lower center", ncols=2, fontsize=11, frameon=False)
    axes.set_title(_title(report), fontsize=13, loc="left")
    figure.savefig(file, format="png")


def _bars(axes: Any, places: list[float], found: list[list[float]], label: str, colour: str) -> None:
    means = [mean(one) for one in found]
    spreads = [stdev(one) if len(one) > 1 else 0.0 for one in found]
    shown = spreads if any(spreads) else None
    axes.barh(places, means, _THICK, xerr=shown, color=colour, ecolor="#1c1c1c", capsize=3, label=label)
    for place, value, wide in zip(places, means, spreads, strict=True):
        axes.text(value + wide + 0.8, place, f"{value:.1f}", va="center", fontsize=11)


def _percent(figures: VectorFigures) -> float:
    return 100 * figures.to_pairs.recall[-1]


def _title(report: FusionReport) -> str:
    seeds = "1 seed" if len(report.seeds) == 1 else f"{len(report.seeds)} seeds, mean ± standard deviation"
    return f"Fusions of two dates, text to {report.changed:,} pairs ({seeds})"
