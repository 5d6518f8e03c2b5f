"""What the panel did stands in Processing's history, as the algorithm that does the same again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication
from qgis.gui import QgsGui

from changeseek.core.engine.messages import BuildIndex
from changeseek.plugin.processing.provider import ChangeSeekProvider
from changeseek.plugin.workspace import Workspace


@pytest.fixture(autouse=True)
def _provider(qgis_processing: None) -> Iterator[None]:
    provider = ChangeSeekProvider()
    assert QgsApplication.processingRegistry().addProvider(provider)
    yield
    QgsApplication.processingRegistry().removeProvider(provider)


def newest(algorithm: str, folder: object, qtbot: Any) -> dict[str, Any]:
    """The newest entry of this algorithm and index: other sessions leave theirs in the same history."""
    found: list[dict[str, Any]] = []

    def there() -> bool:
        entries = QgsGui.historyProviderRegistry().queryEntries(providerId="processing")
        ours = [dict(one.entry) for one in entries if one.entry.get("algorithm_id") == algorithm]
        found[:] = [entry for entry in ours if inputs(entry).get("INDEX") == str(folder)]
        return bool(found)

    qtbot.waitUntil(there)
    return found[-1]


def inputs(entry: dict[str, Any]) -> dict[str, Any]:
    return dict(entry["parameters"]["inputs"])


def test_a_search_can_be_run_again(opened: Workspace, index: Path, qtbot: Any) -> None:
    with qtbot.waitSignal(opened.hitsFound):
        opened.search("a lake", mode="after", k=7, without="a road")
    entry = newest("changeseek:search", index, qtbot)
    asked = {"INDEX": str(index), "QUERY": "a lake", "MODE": "after", "K": 7, "WITHOUT": "a road"}
    assert inputs(entry) | asked == inputs(entry)
    assert entry["results"] == {"HITS": 7}
    assert "processing.run" in entry["python_command"]


def test_more_like_this_too(opened: Workspace, index: Path, qtbot: Any) -> None:
    with qtbot.waitSignal(opened.hitsFound):
        opened.similar("r001c002", k=3)
    entry = newest("changeseek:similar", index, qtbot)
    assert inputs(entry) | {"INDEX": str(index), "TILE_ID": "r001c002", "K": 3} == inputs(entry)


def test_a_build_too(workspace: Workspace, two_dates: Any, tmp_path: Path, qtbot: Any) -> None:
    folder = str(tmp_path / "built.csx")
    extent = (500000.0, 5819744.0, 500256.0, 5820000.0)
    with qtbot.waitSignal(workspace.buildEnded) as ended:
        workspace.build(
            BuildIndex(
                str(two_dates.before),
                str(two_dates.after),
                folder,
                128,
                extent=extent,
                extent_crs="EPSG:32633",
            )
        )
    entry = newest("changeseek:index", folder, qtbot)
    asked = {"BEFORE": str(two_dates.before), "AFTER": str(two_dates.after), "TILE": 128, "INDEX": folder}
    assert inputs(entry) | asked == inputs(entry)
    assert inputs(entry)["EXTENT"] == "500000.0,500256.0,5819744.0,5820000.0 [EPSG:32633]"
    assert "STRIDE" not in inputs(entry)
    assert entry["results"]["TILES"] == ended.args[0].tiles == 4
