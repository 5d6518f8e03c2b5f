"""The first tab: open an index, or build one from two rasters."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from qgis.core import QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import QFrame, QVBoxLayout, QWidget

from ...core.engine.messages import (
    BuildIndex,
    IndexAnswer,
    InfoAnswer,
    ModelsAnswer,
    PairParameters,
    Plan,
    PlanAnswer,
)
from ..errors import JobCancelledError, PluginError
from ..settings import Settings
from ..translation import tr
from .images.build_bar import BuildBar
from .images.current_section import CurrentSection
from .images.existing_section import ExistingSection
from .images.form import BuildForm
from .images.summary import PlanSummary
from .scroll import VerticalScroll
from .states import wrapped

if TYPE_CHECKING:
    from ..workspace import Workspace

_QUIET_MILLISECONDS = 400

_log = logging.getLogger(__name__)


class ImagesTab(QWidget):
    """Collects what a build is told, shows what it would do, runs it through the workspace.

    Args:
        workspace: Does the work.
        settings: What was used last.
        parent: Owner.
        canvas: The map, for the choice of the current view.
    """

    # An index was opened or built on the user's wish; time to search.
    ready = pyqtSignal()

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        parent: QWidget | None = None,
        canvas: QgsMapCanvas | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._settings = settings
        self._asked: PairParameters | None = None
        self._plan: PlanAnswer | None = None
        self._continued: InfoAnswer | None = None
        self._engine_seen = False
        self._looked_around = False
        self._opens_when_built = False
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MILLISECONDS)
        self._intro = wrapped(
            tr(
                "Find what changed between two dates: choose a raster of each, build an index once, then "
                "type what happened."
            )
        )
        self._current = CurrentSection(self)
        self._existing = ExistingSection(self._places, self)
        self._form = BuildForm(settings, canvas, self)
        self._summary = PlanSummary(self)
        self._bar = BuildBar(self)
        self._lay_out()
        self._connect_widgets()
        self._connect_workspace()
        self._show_index(workspace.index)

    def stop(self) -> None:
        """Wait for nothing any more, and let go of the project and the map, before the panel goes."""
        # PyQt would keep a dead connection where the receiver is just deleted.
        QgsProject.instance().homePathChanged.disconnect(self._look_around)
        QgsProject.instance().cleared.disconnect(self._leave_project)
        self._form.stop()
        self._looked_around = False
        self._quiet.stop()
        self._existing.stop()

    def look_again(self) -> None:
        """The engine may be another one now: ask for the plan and look for indexes again."""
        self._look_around()
        self._ask_for_plan()

    def choose_rasters(self, before: str, after: str) -> None:
        """Show these files as the two dates, as if they had been chosen by hand."""
        self._form.choose_rasters(before, after)

    def open(self, folder: str) -> None:
        """Open an index folder."""
        self._workspace.open_index(folder)

    def showEvent(self, event: QShowEvent) -> None:
        """Look for indexes when the tab is first seen; not before, as QGIS's start is not to wait for it."""
        super().showEvent(event)
        if not self._looked_around:
            self._looked_around = True
            self._existing.refresh()

    def _lay_out(self) -> None:
        content = QWidget()
        rows = QVBoxLayout(content)
        for part in (self._intro, self._current, self._existing, self._form, self._summary):
            rows.addWidget(part)
        rows.addStretch(1)
        self._summary.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(VerticalScroll(content, self), 1)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Sunken)
        outer.addWidget(line)
        outer.addWidget(self._bar)

    def _connect_widgets(self) -> None:
        self._quiet.timeout.connect(self._ask_for_plan)
        self._current.closed.connect(self._workspace.close_index)
        self._current.outlines.connect(self._workspace.show_outlines)
        self._existing.opened.connect(self.open)
        self._form.changed.connect(self._changed)
        self._form.rasters_changed.connect(self._look_around)
        self._form.models_wanted.connect(self._workspace.ask_models)
        self._bar.build.connect(self._build)
        self._bar.open.connect(self._open_planned)
        self._bar.cancel.connect(self._workspace.cancel_build)
        self._bar.another_name.connect(self._form.take_another_name)
        QgsProject.instance().homePathChanged.connect(self._look_around)
        QgsProject.instance().cleared.connect(self._leave_project)

    def _connect_workspace(self) -> None:
        self._workspace.planned.connect(self._planned)
        self._workspace.buildProgressed.connect(self._bar.show_progress)
        self._workspace.buildEnded.connect(self._build_ended)
        self._workspace.indexOpened.connect(self._index_opened)
        self._workspace.indexClosed.connect(self._index_closed)
        self._workspace.modelsKnown.connect(self._models_known)
        self._workspace.failed.connect(self._failed)

    def _places(self) -> tuple[list[str], list[str]]:
        """Folders to look into for indexes, and the recent ones."""
        return self._form.folders(), self._settings.recent_indexes

    def _look_around(self) -> None:
        if self._looked_around:
            self._existing.refresh()

    def _changed(self) -> None:
        if self._workspace.building:
            return
        self._plan = None
        self._summary.hide()
        self._quiet.start()
        if self._parameters() is not None:
            self._bar.show_looking(starting=not self._engine_seen)

    def _parameters(self) -> PairParameters | None:
        try:
            parameters = self._form.parameters()
        except PluginError as error:
            self._bar.show_error(error)
            return None
        if parameters is None:
            self._bar.show_missing()
        return parameters

    def _ask_for_plan(self) -> None:
        parameters = None if self._workspace.building else self._parameters()
        if parameters is not None:
            self._asked = parameters
            self._workspace.plan(Plan(**vars(parameters)))

    def _planned(self, plan: PlanAnswer) -> None:
        if not self._engine_seen:
            self._engine_seen = True
            self._workspace.ask_models()
        if self._workspace.building or self._quiet.isActive() or self._continues_as_begun(plan):
            return
        self._plan = plan
        self._form.take_plan(plan)
        self._summary.show_plan(plan)
        self._bar.show_plan(plan)

    def _continues_as_begun(self, plan: PlanAnswer) -> bool:
        """Whether an unfinished index, which the usual choices would not have made, is asked about anew."""
        index, self._continued = self._continued, None
        if index is None or plan.state != "other" or self._asked is None:
            return False
        if self._asked.directory != index.index:
            return False
        self._form.continue_as_begun(index)
        return True

    def _build(self) -> None:
        if self._asked is None or self._plan is None:
            return
        self._remember(self._asked)
        self._form.setEnabled(False)
        self._opens_when_built = True
        self._bar.show_building()
        self._workspace.build(BuildIndex(**vars(self._asked)))

    def _remember(self, used: PairParameters) -> None:
        self._settings.tile = used.tile
        self._settings.stride = used.stride
        self._settings.device = used.device
        self._settings.model = used.model

    def _build_ended(self, answer: IndexAnswer | None) -> None:
        self._form.setEnabled(True)
        if answer is not None:
            self._settings.add_recent(answer.index)
        self._look_around()
        self._ask_for_plan()
        if answer is not None and self._opens_when_built:
            self.open(answer.index)

    def _leave_project(self) -> None:
        """What is being built is not to appear in another project; it stands in the list of indexes."""
        self._opens_when_built = False

    def _open_planned(self) -> None:
        if self._asked is not None:
            self.open(self._asked.directory)

    def _index_opened(self, index: InfoAnswer) -> None:
        self._show_index(index)
        self._look_around()
        if index.state == "complete":
            self.ready.emit()
        else:
            self._continued = index
            self._form.continue_with(index)

    def _index_closed(self) -> None:
        self._show_index(None)

    def _show_index(self, index: InfoAnswer | None) -> None:
        self._intro.setVisible(index is None)
        self._current.show_index(index)

    def _models_known(self, answer: ModelsAnswer) -> None:
        self._form.take_models(answer.models)

    def _failed(self, what: str, error: PluginError) -> None:
        if what == "build":
            self._form.setEnabled(True)
            self._look_around()
        if what not in ("plan", "build"):
            return
        if isinstance(error, JobCancelledError):
            self._ask_for_plan()
        else:
            self._bar.show_error(error)
