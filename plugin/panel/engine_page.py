"""The engine's page: what is missing and what to do about it, which Python it is, what a check finds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QFontDatabase
from qgis.PyQt.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...core.engine.messages import StatusAnswer
from ..background import Job, run_in_background
from ..errors import PluginError
from ..gate.session import close_the_gate
from ..settings import Settings
from ..translation import tr
from .scroll import VerticalScroll
from .states import MessageStrip, theme_icon, wrapped
from .words import sentence, size

if TYPE_CHECKING:
    from ..workspace import Workspace

_FOLDER = Path(__file__).resolve().parents[2]


class EnginePage(QWidget):
    """Serves twice: when no engine is found, and as the settings.

    Args:
        workspace: Asks the engine.
        settings: Holds the engine's Python.
        parent: Owner.
    """

    closed = pyqtSignal()

    def __init__(self, workspace: Workspace, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changeseek_engine_page")
        self._workspace = workspace
        self._settings = settings
        self._another_python = False
        self._ending: Job | None = None
        self._strip = MessageStrip(self)
        self._strip.setObjectName("changeseek_engine_error")
        self._strip.set_closable(False)
        self._command = self._command_field()
        self._python = self._python_field()
        self._check = QPushButton(tr("Check"))
        self._check.setObjectName("changeseek_check")
        self._check.setToolTip(tr("Start the engine and look at versions, device, models and folders"))
        self._close = QPushButton(tr("Back"))
        self._close.setObjectName("changeseek_engine_back")
        self._findings = wrapped()
        self._findings.setObjectName("changeseek_findings")
        self._lay_out()
        self._check.clicked.connect(self.check)
        self._close.clicked.connect(self.closed)
        self._python.fileChanged.connect(self._choose)
        workspace.statusKnown.connect(self._show_status)
        workspace.failed.connect(self._failed)

    def show_error(self, error: PluginError) -> None:
        """Say what is missing and what to do."""
        self._findings.setText("")
        self._strip.show_error(error)
        self._check.setEnabled(True)

    def check(self) -> None:
        """Ask the engine how it is."""
        self._strip.hide()
        self._check.setEnabled(False)
        self._findings.setText(tr("Starting the engine and looking; this takes some seconds…"))
        if self._another_python and not self._workspace.building:
            self._another_python = False
            self._ending = run_in_background(
                tr("End the engine"),
                lambda _: close_the_gate(),
                done=lambda _: self._workspace.ask_status(),
                failed=self.show_error,
            )
        else:
            self._workspace.ask_status()

    def stop(self) -> None:
        """Wait for nothing any more, before the panel goes."""
        if self._ending is not None:
            self._ending.forget()

    def _choose(self, python: str) -> None:
        self._settings.python = python.strip()
        self._another_python = True
        self._findings.setText(tr("Check starts the engine anew with this Python."))

    def _show_status(self, status: StatusAnswer) -> None:
        self._strip.hide()
        self._check.setEnabled(True)
        self._findings.setText("\n".join(findings(status)))

    def _failed(self, what: str, error: PluginError) -> None:
        if what == "status":
            self.show_error(error)

    def _command_field(self) -> QPlainTextEdit:
        field = QPlainTextEdit("\n".join(setup_commands(_FOLDER, sys.platform)))
        field.setObjectName("changeseek_setup_command")
        field.setAccessibleName(tr("Commands that make the engine's environment"))
        field.setReadOnly(True)
        field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        field.setTabChangesFocus(True)
        lines = max(3, field.blockCount() + 1)
        field.setFixedHeight(lines * field.fontMetrics().lineSpacing() + 14)
        return field

    def _python_field(self) -> QgsFileWidget:
        field = QgsFileWidget()
        field.setObjectName("changeseek_python")
        field.setStorageMode(QgsFileWidget.StorageMode.GetFile)
        field.setDialogTitle(tr("Python of the engine"))
        field.setFilePath(self._settings.python)
        field.lineEdit().setPlaceholderText(tr(".venv beside the plugin"))
        field.lineEdit().setObjectName("changeseek_python_text")
        field.lineEdit().setAccessibleName(tr("Python of the engine"))
        field.setToolTip(
            tr("The interpreter of the engine's environment, such as .venv/bin/python; never QGIS's own")
        )
        return field

    def _lay_out(self) -> None:
        content = QWidget()
        rows = QVBoxLayout(content)
        rows.addWidget(self._strip)
        rows.addWidget(
            wrapped(
                tr(
                    "The models run in a Python environment of their own, apart from QGIS, so that they "
                    "cannot disturb it. If it is not there yet, run this once in a terminal:"
                )
            )
        )
        rows.addWidget(self._command)
        copy = QToolButton()
        copy.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        copy.setObjectName("changeseek_copy_command")
        copy.setIcon(theme_icon("mActionEditCopy"))
        copy.setText(tr("Copy"))
        copy.setToolTip(tr("Copy the command"))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self._command.toPlainText()))
        rows.addWidget(copy)
        rows.addWidget(QLabel(tr("Python of the engine")))
        rows.addWidget(self._python)
        buttons = QHBoxLayout()
        for button in (self._check, self._close):
            buttons.addWidget(button)
        buttons.addStretch(1)
        rows.addLayout(buttons)
        rows.addWidget(self._findings)
        rows.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(VerticalScroll(content, self))


def setup_commands(folder: Path, platform: str) -> list[str]:
    """What makes the engine's environment, for a terminal of that system."""
    if platform != "win32":
        return [f'cd "{folder}"', "make setup"]
    return [
        f'cd "{folder}"',
        "py -3.11 -m venv .venv",
        r".venv\Scripts\python -m pip install -r requirements\engine.lock",
        r".venv\Scripts\python -m pip install --no-deps --no-build-isolation -e .",
    ]


def findings(status: StatusAnswer) -> list[str]:
    """What a check found, problems first."""
    problems = [f"• {sentence(problem)}" for problem in status.problems] or [tr("All is well.")]
    versions = ", ".join(
        f"{name} {status.versions[name]}"
        for name in ("changeseek", "python", "torch")
        if name in status.versions
    )
    facts = (
        (tr("Device"), status.device),
        (tr("Models"), ", ".join(status.models) or tr("none")),
        (tr("Versions"), versions),
        (tr("Free disk"), size(status.free_bytes)),
        *((tr("Folder of {}").format(name), path) for name, path in status.folders.items()),
    )
    return [*problems, "", *(f"{title}: {value}" for title, value in facts)]
