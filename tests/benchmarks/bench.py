"""Measures speed, memory and bytes read: `python tests/benchmarks/bench.py`, on Linux.

All figures go into build/bench.json, those that say most into a table beside it, build/bench.md.

The figures are meant for a machine that does nothing else. Each measurement is a module beside this one, runs
in a fresh process and says what its figures mean.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from changeseek.tests.benchmarks.fresh_process import Figures, run_fresh
from changeseek.tests.benchmarks.settings import Settings, full_size, small_size
from changeseek.tests.benchmarks.table import as_markdown

ROOT = Path(__file__).resolve().parents[2]
# In this order: the first and the fourth make rasters, the cold start searches what the one before it builds.
MEASUREMENTS = (
    *("raster_pair", "bytes_read", "build_speed"),
    *("huge_pair", "growth", "build_memory"),
    *("cold_start", "query_speed", "feedback_speed"),
)


def main(argv: Sequence[str] | None = None) -> None:
    """Measure everything; a failure leaves no figures behind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", metavar="NAME|PATH", help="the embedded model unless given")
    parser.add_argument("--small", action="store_true", help="little data: shows that it runs, not how fast")
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "bench.json", metavar="FILE")
    arguments = parser.parse_args(argv)
    output: Path = arguments.output
    table = output.with_suffix(".md")
    for old in (output, table):
        old.unlink(missing_ok=True)
    output.parent.mkdir(parents=True, exist_ok=True)
    size = small_size if arguments.small else full_size
    with tempfile.TemporaryDirectory(prefix="bench-", dir=output.parent) as folder:
        figures = measure(size(Path(folder), arguments.model))
    table.write_text(as_markdown(figures), encoding="utf-8")
    output.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def measure(settings: Settings) -> Figures:
    """All figures, each shown as soon as it is known."""
    figures: Figures = {"scene_pixels": settings.scene_pixels, "query_tiles": settings.query_tiles}
    for module in MEASUREMENTS:
        found = run_fresh(module, settings)
        for name, value in found.items():
            sys.stdout.write(f"{name:34}{value:12.3f}\n")
        sys.stdout.flush()
        figures |= found
    return figures


if __name__ == "__main__":
    main()
