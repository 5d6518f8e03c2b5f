"""What the panel did stands in Processing's history, and can be run again from there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer
from qgis.gui import QgsGui

from changeseek.plugin.processing.history import leave_entry


def _entry(number: int | None) -> dict[str, Any]:
    assert number is not None
    entry, found = QgsGui.historyProviderRegistry().entry(number)
    assert found
    assert entry.providerId == "processing"
    content: dict[str, Any] = entry.entry
    return content


def test_an_entry_can_be_read_back(small_index: Path) -> None:
    parameters = {"INDEX": str(small_index), "QUERY": "a lake", "MODE": "after", "K": 3, "OUTPUT": "memory:"}
    entry = _entry(leave_entry("changeseek:search", parameters, {"HITS": 3}))
    assert entry["algorithm_id"] == "changeseek:search"
    assert entry["parameters"]["inputs"] == parameters
    assert entry["results"] == {"HITS": 3}
    assert "changeseek:search" in entry["process_command"]


def test_an_entrys_command_runs_again(small_index: Path) -> None:
    import processing

    parameters = {"INDEX": str(small_index), "QUERY": "a lake", "K": 3, "OUTPUT": "memory:"}
    entry = _entry(leave_entry("changeseek:search", parameters, {}))
    assert entry["python_command"].startswith('processing.run("changeseek:search", ')
    results = processing.run(entry["algorithm_id"], entry["parameters"]["inputs"])
    assert results["HITS"] == 3


def test_layers_are_written_by_their_files(two_dates: Any, tmp_path: Path) -> None:
    layers = [QgsRasterLayer(str(file), file.stem) for file in two_dates]
    QgsProject.instance().addMapLayers(layers)
    before, after = layers
    parameters = {"BEFORE": before, "AFTER": after.id(), "INDEX": str(tmp_path / "town.csx")}
    entry = _entry(leave_entry("changeseek:index", parameters, {}))
    assert entry["parameters"]["inputs"]["BEFORE"] == str(two_dates.before)
    assert entry["parameters"]["inputs"]["AFTER"] == str(two_dates.after)


def test_the_algorithm_is_among_the_recent_ones(small_index: Path) -> None:
    leave_entry("changeseek:similar", {"INDEX": str(small_index), "TILE_ID": "r000c000"}, {})
    assert QgsGui.instance().processingRecentAlgorithmLog().recentAlgorithmIds()[0] == "changeseek:similar"


def test_no_entry_where_the_provider_is_not_there() -> None:
    provider = QgsApplication.processingRegistry().providerById("changeseek")
    assert provider is not None
    assert leave_entry("changeseek:unheard-of", {}, {}) is None
