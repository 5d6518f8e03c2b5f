"""The scripts of docs/scripting.md and of the README do what they say, word for word."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject, QgsRasterLayer

from changeseek.plugin.gate.session import close_the_gate

ROOT = Path(__file__).resolve().parents[3]


def blocks(document: str) -> list[str]:
    return re.findall(r"```python\n(.*?)```", (ROOT / document).read_text(encoding="utf-8"), re.DOTALL)


CONSOLE, SIGNALS, REFINING, ALONE = blocks("docs/scripting.md")


def test_the_readmes_script_is_this_one() -> None:
    assert blocks("README.md") == [ALONE]


def test_the_script_runs_on_its_own(two_dates: Any, tmp_path: Path) -> None:
    plugins, script = tmp_path / "plugins", tmp_path / "script.py"
    plugins.mkdir()
    (plugins / "changeseek").symlink_to(ROOT)
    script.write_text(ALONE, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(plugins), "QT_QPA_PLATFORM": "offscreen"}
    arguments = [*map(str, two_dates), str(tmp_path), "houses built on fields"]
    done = subprocess.run(
        [sys.executable, str(script), *arguments],
        capture_output=True, text=True, check=False, timeout=600, env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert re.match(r"r\d{3}c\d{3} \d\.\d+ [a-z]", done.stdout)
    assert (tmp_path / "hits.gpkg").is_file()
    assert "Traceback" not in done.stderr


def test_the_consoles_lines_put_hits_onto_the_map_and_refine_them(
    two_dates: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qgis_iface: Any,
    qtbot: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    project = QgsProject.instance()
    project.addMapLayers([QgsRasterLayer(str(file), name) for name, file in two_dates._asdict().items()])
    console = {"QgsProject": QgsProject, "iface": qgis_iface}
    for lines, name in ((CONSOLE, "houses built on fields"), (SIGNALS, "forest -> houses")):
        typed = tmp_path / "typed.py"
        typed.write_text(lines, encoding="utf-8")
        console = runpy.run_path(str(typed), init_globals=console)
        qtbot.waitUntil(lambda name=name: bool(project.mapLayersByName(f"Hits: {name}")))
    typed.write_text(REFINING, encoding="utf-8")
    console = runpy.run_path(str(typed), init_globals=console)
    assert "4 answers: " in capsys.readouterr().out
    close_the_gate()
