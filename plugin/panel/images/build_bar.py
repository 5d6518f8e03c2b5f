"""The foot of the Images tab: what the button would do, what the build does, and what went wrong."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ....core.engine.messages import PlanAnswer, Progress
from ...errors import PluginError
from ...translation import tr
from ..states import MessageStrip, wrapped
from ..words import count, duration, rate, size

# A progress bar counts in 32 bits; shares of a thousand are finer than its pixels.
_STEPS = 1000


class BuildBar(QWidget):
    """One line, one button, and while building a progress bar with Cancel."""

    build = pyqtSignal()
    open = pyqtSignal()
    cancel = pyqtSignal()
    another_name = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = ""
        self._error = MessageStrip(self)
        self._error.setObjectName("changeseek_build_error")
        self._error.set_closable(False)
        self._line = wrapped()
        self._line.setObjectName("changeseek_build_line")
        self._bar = QProgressBar()
        self._bar.setObjectName("changeseek_progress")
        self._bar.setAccessibleName(tr("Progress of the build"))
        self._bar.setRange(0, _STEPS)
        self._button = QPushButton(tr("Build index"))
        self._button.setObjectName("changeseek_build")
        self._cancel = QPushButton(tr("Cancel"))
        self._cancel.setObjectName("changeseek_cancel")
        self._cancel.setToolTip(tr("Stop here. What is finished is kept, and the build can go on later"))
        self._other = QPushButton(tr("Use another name"))
        self._other.setObjectName("changeseek_another_name")
        self._other.setToolTip(tr("Take the next folder name that is free"))
        self._lay_out()
        self._button.clicked.connect(self._clicked)
        self._cancel.clicked.connect(self._stop)
        self._other.clicked.connect(self.another_name)
        self.show_missing()

    def show_missing(self) -> None:
        """Rasters are still to be chosen."""
        self._show(tr("Choose a raster of each date to see what a build would take."))

    def show_looking(self, starting: bool) -> None:
        """The engine looks at the rasters; `starting` where it has to be started first."""
        text = tr("Starting the engine, then looking at the rasters…") if starting else ""
        self._show(text or tr("Looking at the rasters…"))

    def show_plan(self, plan: PlanAnswer) -> None:
        """What the button would do."""
        if plan.state == "other":
            self._show("", button=tr("Build index"), other=True)
            lines = "; ".join(plan.advice) or tr("the folder holds something else")
            self._error.show_error(PluginError(lines))
            return
        if plan.state == "complete":
            self._show(tr("This index is complete: nothing is left to do."), tr("Open"), enabled=True)
        elif plan.state == "building":
            text = tr("{} of {} tiles are there; {} more.")
            text = text.format(count(plan.tiles_done), count(plan.tiles), duration(plan.seconds))
            self._show(text, tr("Resume"), enabled=True)
        else:
            text = tr("{} tiles, {}, {}.")
            text = text.format(count(plan.tiles), duration(plan.seconds), size(plan.disk_bytes))
            self._show(text, tr("Build index"), enabled=True)
        self._state = plan.state

    def show_error(self, error: PluginError, other: bool = False) -> None:
        """What hinders the build; `other` offers another folder name."""
        self._show("", other=other)
        self._error.show_error(error)

    def show_building(self) -> None:
        """The build has been asked for."""
        self._show(tr("Starting…"), running=True)
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)

    def show_progress(self, progress: Progress) -> None:
        """How far it is."""
        total = max(1, progress.total)
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(round(_STEPS * progress.done / total))
        self._bar.setFormat(tr("{} of {} tiles").format(count(progress.done), count(progress.total)))
        if self._cancel.isEnabled():
            self._line.setText(_pace(progress))

    def _show(
        self,
        line: str,
        button: str = "",
        *,
        enabled: bool = False,
        running: bool = False,
        other: bool = False,
    ) -> None:
        self._state = ""
        self._error.hide()
        self._line.setText(line)
        self._line.setVisible(bool(line))
        self._button.setText(button or tr("Build index"))
        self._button.setEnabled(enabled)
        self._button.setVisible(not running)
        self._bar.setVisible(running)
        self._cancel.setVisible(running)
        self._other.setVisible(other)

    def _clicked(self) -> None:
        (self.open if self._state == "complete" else self.build).emit()

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self._line.setText(tr("Stopping after this batch…"))
        self.cancel.emit()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._bar, 1)
        buttons.addWidget(self._cancel)
        buttons.addStretch(0)
        buttons.addWidget(self._other)
        buttons.addWidget(self._button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(9, 6, 9, 0)
        rows.addWidget(self._error)
        rows.addWidget(self._line)
        rows.addLayout(buttons)


def _pace(progress: Progress) -> str:
    pace = rate(progress.rate)
    if progress.seconds_left is None:
        return pace
    return tr("{}, {} left").format(pace, duration(progress.seconds_left))
