"""The strategies as curves: how good the metric is after so many answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from changeseek.core.evaluation.anneal.figures import REFERENCE, ArchiveFigures
from changeseek.core.evaluation.anneal.report import AnnealReport

# Colours that people with any eyesight tell apart (Okabe and Ito); what is not clustered is drawn thin.
_LOOKS = {
    "mgue+clustering": ("#0072b2", "-", 2.4),
    "bcgue+clustering": ("#d55e00", "-", 2.4),
    "mgue": ("#0072b2", "--", 1.3),
    "bcgue": ("#d55e00", "--", 1.3),
    "uniform": ("#222222", "-", 1.8),
    "class-balanced": ("#009e73", "-.", 1.8),
}


def draw_chart(report: AnnealReport, file: Path) -> None:
    """Write a PNG, 560 pixels high and 600 wide for each archive: precision by answered pairs."""
    figure = Figure(figsize=(6 * len(report.archives), 5.6), dpi=100, layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(1, len(report.archives), squeeze=False)[0]
    for axes, one in zip(panels, report.archives, strict=True):
        _draw(axes, one)
    handles, names = panels[0].get_legend_handles_labels()
    figure.legend(handles, names, loc="outside lower center", ncols=4, fontsize=11, frameon=False)
    figure.suptitle(f"mean over {len(report.seeds)} seeds, bands: standard deviation", fontsize=11)
    figure.savefig(file, format="png")


def _draw(axes: Any, one: ArchiveFigures) -> None:
    for name in one.runs:
        colour, line, width = _LOOKS[name]
        curve = one.curve(name)
        middle, wide = curve.mean(axis=0), curve.std(axis=0)
        axes.plot(one.answered, middle, color=colour, linestyle=line, linewidth=width, label=name)
        if line == "-":
            axes.fill_between(
                one.answered, middle - wide, middle + wide, color=colour, alpha=0.12, linewidth=0
            )
    axes.axhline(one.plain.mean_ap, color="#888888", linestyle=":", label="no answers")
    end = one.curve(REFERENCE)[:, -1].mean()
    axes.axhline(end, color="#222222", linestyle=(0, (1, 3)), label=f"what {REFERENCE} ends with")
    axes.set_xlabel("answered pairs", fontsize=12)
    axes.set_ylabel("mean average precision", fontsize=12)
    axes.set_title(one.title, fontsize=13, loc="left")
    axes.grid(color="#e4e4e4")
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
