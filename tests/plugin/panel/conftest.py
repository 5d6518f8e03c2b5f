"""A workspace that only notes what it is asked, for widgets' states; the real one is in test_main_flow.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtCore import QObject, QSettings, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from changeseek.core.engine.messages import InfoAnswer, PlanAnswer, Source
from changeseek.plugin.settings import Settings


class QuietWorkspace(QObject):
    """The workspace's face; methods are noted in `asked` as (name, arguments) and do nothing."""

    planned = pyqtSignal(object)
    buildProgressed = pyqtSignal(object)  # noqa: N815 - the workspace's names
    buildEnded = pyqtSignal(object)  # noqa: N815
    indexOpened = pyqtSignal(object)  # noqa: N815
    indexClosed = pyqtSignal()  # noqa: N815
    hitsFound = pyqtSignal(object)  # noqa: N815
    tileChosen = pyqtSignal(str)  # noqa: N815
    captionsFound = pyqtSignal(object)  # noqa: N815
    thumbnailsReady = pyqtSignal(object)  # noqa: N815
    queryOffered = pyqtSignal(str)  # noqa: N815
    failed = pyqtSignal(str, object)
    picking = pyqtSignal(bool)
    exported = pyqtSignal(str)
    modelsKnown = pyqtSignal(object)  # noqa: N815
    statusKnown = pyqtSignal(object)  # noqa: N815
    vocabularyKnown = pyqtSignal(object)  # noqa: N815
    helloKnown = pyqtSignal(object)  # noqa: N815
    pairsProposed = pyqtSignal(object)  # noqa: N815
    answerWritten = pyqtSignal(object)  # noqa: N815
    answerUndone = pyqtSignal(object)  # noqa: N815
    feedbackKnown = pyqtSignal(object)  # noqa: N815
    verdictTaken = pyqtSignal(str)  # noqa: N815

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[Any, ...]] = []
        self.index: InfoAnswer | None = None
        self.hits = self.hits_layer = self.tiles = self.question = None
        self.building = self.searching = False
        self.tile = ""

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *arguments: self.asked.append((name, *arguments))

    def names(self) -> list[str]:
        return [name for name, *_ in self.asked]

    def open(self, index: InfoAnswer) -> None:
        self.index = index
        self.indexOpened.emit(index)


@pytest.fixture
def workspace(qgis_app: Any) -> QuietWorkspace:
    return QuietWorkspace()


@pytest.fixture
def settings(tmp_path: Path, qgis_app: Any) -> Settings:
    return Settings(lambda: QgsSettings(str(tmp_path / "profile.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def shown(qtbot: Any, qgis_new_project: Any) -> Iterator[Callable[[QWidget], QWidget]]:
    """Shows a widget as a narrow dock does, and takes it away before the layers go."""
    widgets = []

    def show(widget: QWidget, width: int = 320, height: int = 900) -> QWidget:
        qtbot.addWidget(widget)
        widgets.append(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    yield show
    for widget in widgets:
        widget.hide()
    QgsProject.instance().clear()


@pytest.fixture
def plan() -> PlanAnswer:
    return PlanAnswer(
        tiles=64, rows=8, cols=8, tile_metres=64.0, stride_metres=64.0, gsd=1.0, crs="EPSG:32633",
        bounds=(500000.0, 4999488.0, 500512.0, 5000000.0), dates=("2015-06-01", "2020-06-01"),
        bands=(1, 2, 3), bands_after=(1, 2, 3), device="cpu", seconds=38.0, disk_bytes=300_000,
        free_bytes=120 * 2**30, state="none", tiles_done=0, advice=("the dates differ in resolution",),
    )  # fmt: skip


@pytest.fixture
def info(tmp_path: Path) -> InfoAnswer:
    return InfoAnswer(
        index=str(tmp_path / "town.csx"), state="complete", tiles=64, skipped=0, tiles_done=64,
        crs="EPSG:32633", transform=(1.0, 0.0, 500000.0, 0.0, -1.0, 5000000.0), width=512, height=512,
        gsd=1.0, tile=64, stride=64, rows=8, cols=8, model="embedded", model_here=True,
        before=Source(str(tmp_path / "a.tif"), "2015-06-01", (1, 2, 3), "unchanged"),
        after=Source(str(tmp_path / "b.tif"), "2020-06-01", (1, 2, 3), "unchanged"),
    )  # fmt: skip
