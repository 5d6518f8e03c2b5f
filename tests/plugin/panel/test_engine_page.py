"""The page that helps to an engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QToolButton

from changeseek.core.engine.messages import StatusAnswer
from changeseek.plugin.errors import EngineMissingError
from changeseek.plugin.panel.engine_page import EnginePage, setup_commands

STATUS = StatusAnswer(
    versions={"changeseek": "0.1.0", "python": "3.11.2", "torch": "2.13.0", "numpy": "2.4"},
    device="cpu", gpu_present=True, models=("embedded",), folders={"logs": "/logs"}, free_bytes=10 * 2**30,
    problems=("a GPU is present but this torch build is CPU-only. Install the other build",),
)  # fmt: skip
MISSING = EngineMissingError("there is no Python environment", "Run make setup")


@pytest.fixture
def page(shown: Any, workspace: Any, settings: Any) -> Any:
    return shown(EnginePage(workspace, settings))


def findings(page: EnginePage) -> str:
    return str(page.findChild(QLabel, "changeseek_findings").text())


def test_says_what_is_missing_and_which_command_to_run(page: Any) -> None:
    page.show_error(MISSING)
    assert "There is no Python environment. Run make setup." in [
        label.text() for label in page.findChildren(QLabel) if label.isVisible()
    ]
    command = page.findChild(QPlainTextEdit, "changeseek_setup_command").toPlainText()
    assert "make setup" in command
    page.findChild(QToolButton, "changeseek_copy_command").click()
    assert QApplication.clipboard().text() == command


def test_windows_has_no_make() -> None:
    assert not any("make" in line for line in setup_commands(Path("x"), "win32"))
    assert any("engine.lock" in line for line in setup_commands(Path("x"), "win32"))


def test_check_starts_the_engine_and_shows_what_it_finds(page: Any, workspace: Any, qtbot: Any) -> None:
    page.show_error(MISSING)
    assert workspace.asked == []
    check = page.findChild(QPushButton, "changeseek_check")
    check.click()
    qtbot.waitUntil(lambda: workspace.asked == [("ask_status",)])
    assert not check.isEnabled()
    workspace.statusKnown.emit(STATUS)
    assert check.isEnabled()
    assert findings(page).startswith("• A GPU is present but this torch build is CPU-only.")
    assert "Device: cpu" in findings(page)
    assert "torch 2.13.0" in findings(page)


def test_a_check_that_fails_says_why(page: Any, workspace: Any) -> None:
    page.findChild(QPushButton, "changeseek_check").click()
    workspace.failed.emit("status", MISSING)
    assert page.findChild(QPushButton, "changeseek_check").isEnabled()
    assert findings(page) == ""


def test_the_chosen_python_is_remembered(page: Any, settings: Any) -> None:
    page.findChild(QgsFileWidget, "changeseek_python").setFilePath("/x/.venv/bin/python")
    assert settings.python == "/x/.venv/bin/python"


def test_can_be_left(page: Any, qtbot: Any) -> None:
    with qtbot.waitSignal(page.closed):
        page.findChild(QPushButton, "changeseek_engine_back").click()
