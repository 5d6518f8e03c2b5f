"""Makes a large index with random vectors, in the engine's Python.

Usage: make_large_index.py FOLDER TILES
"""

from __future__ import annotations

import sys
from pathlib import Path

from changeseek.core.model.loading import load_model
from changeseek.tests.benchmarks import raster_pair
from changeseek.tests.benchmarks.made_index import write_index
from changeseek.tests.benchmarks.settings import small_size

if __name__ == "__main__":
    settings = small_size(Path(sys.argv[1]), None)
    raster_pair.measure(settings)
    write_index(settings.folder / "large.csx", settings, load_model(settings.model, "cpu"), int(sys.argv[2]))
