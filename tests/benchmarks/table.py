"""The figures for people: two Markdown tables, one of them of how a build grows."""

from __future__ import annotations

from typing import NamedTuple

from changeseek.tests.benchmarks.fresh_process import Figures
from changeseek.tests.benchmarks.growth_areas import AREAS


class Row(NamedTuple):
    """A figure, what it means, and the bound that it is held to, empty where there is none."""

    name: str
    meaning: str
    bound: str = ""


ROWS = (
    Row("bytes_read_ratio", "bytes read over compressed bytes needed, tiles side by side", "≤ 1.1"),
    Row("bytes_read_ratio_half_stride", "the same, tiles half over each other", "≤ 1.35"),
    Row("bytes_read_ratio_window", "the same, a window off the blocks' edges"),
    Row("bytes_read_ratio_whole", "tiles side by side, with the sample that opening the pair reads"),
    Row("limit_over_build", "least time that reading and model allow, over the build's", "≥ 0.9"),
    Row("cpu_of_parts_over_build", "processor time of reading and model alone, over the build's"),
    Row("tiles_per_second", "tiles a second, whole build"),
    Row("milliseconds_per_pair", "the model alone, ms a pair of patches"),
    Row("peak_rss_mb", "most memory of `changeseek index` on a window of a sparse huge pair, MB", "≤ 1500"),
    Row("peak_rss_growth", "that memory over the one for a quarter of the window", "≤ 1.1"),
    Row("growth_ms_a_tile_64x_over_1x", "time a tile for 64 times the area, over that for 1", "≤ 1.1"),
    Row("growth_cpu_ms_a_tile_64x_over_1x", "the same in processor time"),
    Row("query_ms_p50_100k", "a question to 100,000 tiles, ms, median"),
    Row("query_ms_worst_100k", "the slowest of them, ms"),
    Row("cold_start_s", "`changeseek search` from its start to its end, s"),
    Row("feedback_propose_s_100k", "learn from 200 answers, propose pairs among 100,000 tiles, s", "≤ 1"),
    Row("feedback_learn_s_100k", "learning alone, s"),
    Row("feedback_rank_s_100k", "rank the 100,000 tiles in the learned metric and by the answers, s"),
)


def as_markdown(figures: Figures) -> str:
    """Both tables, with the rows that were measured."""
    lines = ["| figure | what it is | bound | measured |", "|---|---|---|---|"]
    lines += [
        f"| `{row.name}` | {row.meaning} | {row.bound} | {_short(figures[row.name])} |"
        for row in ROWS
        if row.name in figures
    ]
    lines += ["", "| area | ms a tile | processor ms a tile | most memory, MB |", "|---|---|---|---|"]
    lines += [
        f"| {area}x | " + " | ".join(_short(figures[f"growth_{kind}_{area}x"]) for kind in _GROWING) + " |"
        for area in AREAS
        if f"growth_rss_mb_{area}x" in figures
    ]
    return "\n".join(lines) + "\n"


_GROWING = ("ms_a_tile", "cpu_ms_a_tile", "rss_mb")


def _short(value: float) -> str:
    return f"{value:.3f}" if value < 10 else f"{value:.1f}"
