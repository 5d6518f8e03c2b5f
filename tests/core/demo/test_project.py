"""The project is opened by QGIS itself, in its own Python, where there is one."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from changeseek.core.demo.queries import DEMO_QUERIES

QGIS_PYTHON = Path("/usr/bin/python3")
LOOK = """
import json, sys
from qgis.core import QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsProject
from qgis.PyQt.QtCore import QSize

application = QgsApplication([], False)
application.initQgis()
project = QgsProject.instance()
read = project.read(sys.argv[1])
extent = project.viewSettings().defaultViewExtent()
settings = QgsMapSettings()
settings.setDestinationCrs(project.crs())
settings.setExtent(extent)
settings.setOutputSize(QSize(300, 300))
settings.setLayers([node.layer() for node in project.layerTreeRoot().findLayers() if node.isVisible()])
job = QgsMapRendererParallelJob(settings)
job.start()
job.waitForFinished()
job.renderedImage().save(sys.argv[2])
groups = {
    group.name(): [
        {
            "name": node.name(), "visible": node.isVisible(), "valid": node.layer().isValid(),
            "crs": node.layer().crs().authid(),
            "symbols": len(node.layer().renderer().ranges()) if hasattr(node.layer(), "featureCount") else 0,
        }
        for node in group.children()
    ]
    for group in project.layerTreeRoot().children()
}
found = {"read": read, "crs": project.crs().authid(), "groups": groups, "errors": len(job.errors())}
print(json.dumps(found))
application.exitQgis()
"""


@pytest.fixture(scope="module")
def seen(demo: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What QGIS sees in the project, after the folder was moved; `picture` is the map it draws."""
    folder = tmp_path_factory.mktemp("qgis")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    } | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(folder),
        "QGIS_CUSTOM_CONFIG_PATH": str(folder / "profile"),
    }

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [QGIS_PYTHON, *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, env=environment, timeout=60, check=False
        )

    if not QGIS_PYTHON.exists() or run("-c", "import qgis.core").returncode != 0:
        pytest.skip("the system's Python has no QGIS: make setup-qgis")
    moved = folder / "moved demo"
    moved.symlink_to(demo.folder.directory, target_is_directory=True)
    looked = run("-c", LOOK, moved / demo.folder.project.name, folder / "map.png")
    assert looked.returncode == 0, looked.stderr
    found: dict[str, Any] = json.loads(looked.stdout.splitlines()[-1])
    return found | {"picture": folder / "map.png"}


def test_it_opens_with_every_layer(seen: dict[str, Any]) -> None:
    assert seen["read"]
    assert seen["errors"] == 0
    assert [layer for group in seen["groups"].values() for layer in group if not layer["valid"]] == []


def test_both_dates_are_there_in_their_own_crs_under_the_map_of_the_first(seen: dict[str, Any]) -> None:
    assert list(seen["groups"]) == ["What changed", "After", "Before"]
    assert [seen["groups"][name][0]["crs"] for name in ("Before", "After")] == ["EPSG:25833", "EPSG:3035"]
    assert seen["groups"]["Before"][0]["name"] == "before.tif (2015)"
    assert seen["crs"] == "EPSG:25833"


def test_each_query_has_a_layer_in_its_style_and_the_first_is_visible(seen: dict[str, Any]) -> None:
    layers = seen["groups"]["What changed"]
    assert [layer["name"] for layer in layers] == [query.text for query in DEMO_QUERIES]
    assert [layer["visible"] for layer in layers] == [True] + [False] * 11
    assert {layer["symbols"] for layer in layers} == {5}


def test_the_map_is_full_of_the_scene(seen: dict[str, Any]) -> None:
    with Image.open(seen["picture"]) as picture:
        colours = picture.convert("RGB").getcolors(300 * 300)
    assert colours is not None
    white = next((count for count, colour in colours if colour == (255, 255, 255)), 0)
    assert len(colours) > 1000
    assert white < 900
