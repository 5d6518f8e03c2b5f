"""Another GDAL's settings do not reach ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import os
import changeseek.core.raster
import rasterio.warp
assert os.environ["PROJ_NETWORK"] == "OFF"
print(round(rasterio.warp.transform("EPSG:4326", "EPSG:32615", [-93.0], [45.0])[0][0]))
"""


def run_program(**variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **variables}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=False
    )


def test_foreign_data_paths_break_nothing(tmp_path: Path) -> None:
    nowhere = str(tmp_path)
    done = run_program(PROJ_LIB=nowhere, PROJ_DATA=nowhere, GDAL_DATA=nowhere, PROJ_NETWORK="ON")
    assert (done.returncode, done.stdout.strip()) == (0, "500000"), done.stderr
