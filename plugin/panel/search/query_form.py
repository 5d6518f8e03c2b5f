"""All that people say of a question: text, mode, number, and what to leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ....core.engine.messages import MODES
from ...translation import tr
from .flow_layout import FlowLayout
from .mode_choice import ModeChoice
from .query_line import QueryLine
from .question import Question, is_transition

if TYPE_CHECKING:
    from ...settings import Settings

MOST_HITS = 10_000
_CHARACTERS_LEFT_OUT = 24


class QueryForm(QWidget):
    """The upper part of the search tab.

    Signals:
        asked: A Question, by Enter, by the button or from the history.
        most_changed: Another number of hits to show.
    """

    asked = pyqtSignal(object)
    most_changed = pyqtSignal(int)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.line = QueryLine(settings)
        self.mode = ModeChoice()
        self._button = QPushButton(tr("Search"))
        self._button.setObjectName("changeseek_search")
        self._button.setToolTip(tr("Show where this happened (Enter)"))
        self._most = self._make_most(settings.k)
        self._without, self._without_button = QLineEdit(), QToolButton()
        self._transition = QLabel(tr("From what stands before the arrow to what stands behind it."))
        self._prepare_without()
        self._lay_out()
        self._connect()
        if settings.mode in MODES:
            self.mode.set_mode(settings.mode)
        self._explain()

    @property
    def question(self) -> Question:
        """What the form says now."""
        return Question(
            self.line.text().strip(), self.mode.mode, self._most.value(), self._without.text().strip()
        )

    def ask(self) -> None:
        """Ask what the form says; an empty line takes the focus instead."""
        question = self.question
        if not question.text:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._settings.add_query(question.text)
        self.asked.emit(question)

    def ask_for(self, text: str) -> None:
        """Fill the line and ask."""
        self.line.setText(text)
        self.ask()

    def _make_most(self, k: int) -> QSpinBox:
        most = QSpinBox()
        most.setObjectName("changeseek_most")
        most.setRange(1, MOST_HITS)
        most.setValue(k)
        most.setKeyboardTracking(False)
        most.setAccessibleName(tr("Show at most this many hits"))
        most.setToolTip(tr("How many of the best tiles to show"))
        return most

    def _prepare_without(self) -> None:
        self._without.setObjectName("changeseek_without")
        self._without.setPlaceholderText(tr("Leave out what looks like this"))
        self._without.setAccessibleName(tr("What the hits should not be"))
        self._without.setClearButtonEnabled(True)
        self._without.setVisible(False)
        self._without_button.setObjectName("changeseek_without_toggle")
        self._without_button.setCheckable(True)
        self._without_button.setAutoRaise(True)
        self._without_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._without_button.setToolTip(tr("Say what the hits should not be"))

    def _lay_out(self) -> None:
        ask = QHBoxLayout()
        ask.addWidget(self.line, 1)
        ask.addWidget(self._button)
        most = QWidget()
        most_row = QHBoxLayout(most)
        most_row.setContentsMargins(0, 0, 0, 0)
        label = QLabel(tr("Show at most"))
        label.setBuddy(self._most)
        most_row.addWidget(label)
        most_row.addWidget(self._most)
        choices = FlowLayout()
        for widget in (self.mode, most, self._without_button):
            choices.addWidget(widget)
        self._transition.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(ask)
        column.addLayout(choices)
        column.addWidget(self._transition)
        column.addWidget(self._without)

    def _connect(self) -> None:
        self.line.returnPressed.connect(self.ask)
        self.line.recalled.connect(lambda _: self.ask())
        self.line.textChanged.connect(lambda _: self._explain())
        self._button.clicked.connect(self.ask)
        self._without.returnPressed.connect(self.ask)
        self._without.textChanged.connect(lambda _: self._explain())
        self._without_button.toggled.connect(self._on_without)
        self.mode.changed.connect(self._on_mode)
        self._most.valueChanged.connect(self._on_most)

    def _on_mode(self, mode: str) -> None:
        self._settings.mode = mode
        self.line.complete_scenes_only(mode != "change")

    def _on_most(self, most: int) -> None:
        self._settings.k = most
        self.most_changed.emit(most)

    def _on_without(self, shown: bool) -> None:
        self._without.setVisible(shown)
        if shown:
            self._without.setFocus(Qt.FocusReason.OtherFocusReason)
        self._explain()

    def _explain(self) -> None:
        """Let mode and `without` say what they are for now."""
        transition = is_transition(self.line.text())
        self.mode.explain(transition)
        self._transition.setVisible(transition)
        left_out = self._without.text().strip()
        folded = not self._without_button.isChecked()
        self._without_button.setArrowType(Qt.ArrowType.RightArrow if folded else Qt.ArrowType.DownArrow)
        if len(left_out) > _CHARACTERS_LEFT_OUT:
            left_out = f"{left_out[:_CHARACTERS_LEFT_OUT]}…"
        self._without_button.setText(
            tr("without “{}”").format(left_out) if folded and left_out else tr("without …")
        )
