"""`make bench` on little data: every figure that is promised is written, and possible."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from changeseek.core.cli.index import DEFAULT_TILE
from changeseek.tests.benchmarks import bench
from changeseek.tests.benchmarks.settings import Settings, full_size, small_size
from changeseek.tests.benchmarks.table import ROWS

# Ten seconds on a free machine; every measurement starts a process, which on a busy one takes long.
pytestmark = pytest.mark.timeout(600)

CONTRACT = {
    "bytes_read_ratio",
    "bytes_read_ratio_half_stride",
    "bytes_read_ratio_whole",
    "limit_over_build",
    "peak_rss_mb",
    "peak_rss_growth",
    *(
        f"growth_{kind}_{area}x"
        for kind in ("ms_a_tile", "cpu_ms_a_tile", "rss_mb")
        for area in (1, 4, 16, 64)
    ),
    "growth_ms_a_tile_64x_over_1x",
    "query_ms_p50_100k",
    "cold_start_s",
}

Figures = dict[str, float]


@pytest.fixture(scope="module")
def figures(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Figures:
    output = tmp_path_factory.mktemp("bench") / "bench.json"
    script = checkout / "tests" / "benchmarks" / "bench.py"
    command = [sys.executable, str(script), "--small", "--output", str(output)]
    run = subprocess.run(command, cwd=output.parent, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    table = output.with_suffix(".md")
    assert sorted(output.parent.iterdir()) == [output, table]
    written: Figures = json.loads(output.read_text(encoding="utf-8"))
    assert all(f"`{row.name}`" in table.read_text(encoding="utf-8") for row in ROWS)
    assert all(name in run.stdout for name in CONTRACT)
    return written


def test_every_promised_figure_is_a_number_above_0(figures: Figures) -> None:
    assert figures.keys() >= CONTRACT
    assert [name for name, value in figures.items() if not (math.isfinite(value) and value > 0)] == []


def test_tiles_are_as_large_as_the_command_line_makes_them(tmp_path: Path) -> None:
    assert {size(tmp_path, None).tile for size in (full_size, small_size)} == {DEFAULT_TILE}


@pytest.mark.parametrize("name", ["bytes_read_ratio", "bytes_read_ratio_half_stride"])
def test_every_byte_is_read_and_hardly_one_twice(figures: Figures, name: str) -> None:
    assert 1 <= figures[name] < 1.02


def test_opening_the_pair_reads_a_sample(figures: Figures) -> None:
    """Of so small a scene that is all of it, once for each band where GDAL's cache is smaller still."""
    assert 0 < figures["bytes_read_ratio_whole"] - figures["bytes_read_ratio"] < 3.1


def test_a_build_is_not_many_times_slower_than_its_parts_allow(figures: Figures) -> None:
    """On a busy machine the three are measured at unlike moments, so the bounds are wide."""
    assert 0.1 < figures["limit_over_build"] < 10


def test_rates_and_times_are_of_one_kind(figures: Figures) -> None:
    assert figures["pairs_per_second"] * figures["milliseconds_per_pair"] == pytest.approx(1000)


def test_a_larger_area_takes_hardly_more_memory(figures: Figures) -> None:
    assert 50 < figures["peak_rss_mb"] < 1500
    assert 0.8 < figures["peak_rss_growth"] < 1.2
    assert 0.8 < figures["growth_rss_mb_64x_over_1x"] < 1.2


def test_a_failed_run_leaves_no_figures_of_an_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(module: str, settings: Settings) -> Figures:
        raise RuntimeError(module)

    monkeypatch.setattr(bench, "run_fresh", fail)
    output = tmp_path / "bench.json"
    output.write_text('{"cold_start_s": 1}', encoding="utf-8")
    with pytest.raises(RuntimeError, match="raster_pair"):
        bench.main(["--output", str(output)])
    assert list(tmp_path.iterdir()) == []
