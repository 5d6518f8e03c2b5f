"""Completion from the words that the model knows; after an arrow it completes what stands behind it."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QModelIndex, QStringListModel, Qt
from qgis.PyQt.QtWidgets import QCompleter, QWidget

from .question import is_transition, split_last_part

_MOST_ROWS = 8


class QueryCompleter(QCompleter):
    """Offers what contains the typed text, in any case.

    Sentences and names of scenes before an arrow, scenes alone behind it and where the mode asks for a date.
    """

    def __init__(self, line: QWidget) -> None:
        super().__init__(line)
        # Their parent is the line: a completer deletes a model of its own when it gets another.
        self._all = QStringListModel([], line)
        self._scenes = QStringListModel([], line)
        self._scenes_only = False
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setMaxVisibleItems(_MOST_ROWS)
        self.setModel(self._all)

    def set_words(self, phrases: Sequence[str], scenes: Sequence[str]) -> None:
        """Offer these.

        Args:
            phrases: Sentences about changes.
            scenes: Names of what can lie on the ground.
        """
        self._all.setStringList(list(dict.fromkeys([*phrases, *scenes])))
        self._scenes.setStringList(list(dict.fromkeys(scenes)))

    def offer_for(self, text: str, scenes_only: bool | None = None) -> None:
        """Choose the words for a text; `scenes_only` holds until it is said otherwise."""
        if scenes_only is not None:
            self._scenes_only = scenes_only
        model = self._scenes if self._scenes_only or is_transition(text) else self._all
        if self.model() is not model:
            self.setModel(model)

    def splitPath(self, path: str) -> list[str]:
        """Qt's: what of the line is to be completed."""
        return [split_last_part(path)[1]]

    def pathFromIndex(self, index: QModelIndex) -> str:
        """Qt's: the line with a word in the place of what was completed."""
        line = self.widget()
        head = split_last_part(line.text())[0] if line is not None else ""
        return head + str(super().pathFromIndex(index))
