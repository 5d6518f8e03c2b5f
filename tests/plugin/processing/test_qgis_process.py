"""The algorithms without a display: `qgis_process` with a profile of its own, as on a server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsGraduatedSymbolRenderer, QgsVectorLayer

ROOT = Path(__file__).resolve().parents[3]
QGIS_PROCESS = shutil.which("qgis_process")

pytestmark = pytest.mark.skipif(QGIS_PROCESS is None, reason="this system has no qgis_process")

Process = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Process:
    folder = tmp_path_factory.mktemp("qgis process")
    plugins, runtime = folder / "plugins", folder / "runtime"
    plugins.mkdir()
    runtime.mkdir(mode=0o700)
    (plugins / "changeseek").symlink_to(ROOT)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_PLUGINPATH": str(plugins),
        "QGIS_CUSTOM_CONFIG_PATH": str(folder / "profile"),
        "XDG_RUNTIME_DIR": str(runtime),
    }

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [str(QGIS_PROCESS), *map(str, arguments)]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=600, env=environment, cwd=folder
        )

    enabled = run("plugins", "enable", "changeseek")
    assert enabled.returncode == 0, enabled.stdout + enabled.stderr
    return run


def _results(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stdout + done.stderr
    results: dict[str, Any] = json.loads(done.stdout)["results"]
    return results


def test_builds_searches_and_opens_the_geopackage(process: Process, two_dates: Any, tmp_path: Path) -> None:
    index, hits = tmp_path / "town.csx", tmp_path / "hits.gpkg"
    dates = (f"--BEFORE={two_dates.before}", f"--AFTER={two_dates.after}")
    built = _results(process("--json", "run", "changeseek:index", *dates, "--TILE=64", f"--INDEX={index}"))
    assert built["TILES"] == 64
    assert Path(built["INDEX"]) == index
    query = "--QUERY=houses built on fields\nforest -> houses"
    found = _results(
        process("--json", "run", "changeseek:search", f"--INDEX={index}", query, "--K=5", f"--OUTPUT={hits}")
    )
    assert found["HITS"] == 10
    layer = QgsVectorLayer(str(hits), "hits", "ogr")
    assert layer.featureCount() == 10
    assert layer.crs().authid() == "EPSG:32633"
    assert isinstance(layer.renderer(), QgsGraduatedSymbolRenderer)


def test_bad_input_fails_with_message_and_advice(process: Process, tmp_path: Path) -> None:
    done = process(
        "run", "changeseek:search", f"--INDEX={tmp_path}", "--QUERY=a lake", f"--OUTPUT={tmp_path}/hits.gpkg"
    )
    assert done.returncode != 0
    said = done.stdout + done.stderr
    assert "is not an index" in said
    assert "Traceback" not in said


def test_help_tells_of_the_parameters(process: Process) -> None:
    done = process("help", "changeseek:search")
    assert done.returncode == 0
    assert "QUERY" in done.stdout
    assert "Queries, one a line" in done.stdout
