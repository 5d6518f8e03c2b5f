"""What the Refine tab shows where there are no two tiles to compare, and what to do then."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ...errors import PluginError
from ...translation import tr
from ..search.state_view import StateView
from ..words import told


class Pages(QWidget):
    """One page at a time.

    Args:
        question: The page that asks.

    Signals:
        wantImages: An index is to be chosen.
        wantSearch: A search is to be made.
        wantIndex: The whole index is to be asked about.
        again: What failed is to be tried once more.
    """

    wantImages = pyqtSignal()  # noqa: N815 - as Qt names signals, here and below
    wantSearch = pyqtSignal()  # noqa: N815
    wantIndex = pyqtSignal()  # noqa: N815
    again = pyqtSignal()

    def __init__(self, question: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self._no_index, self._no_search = _state("no_index", "images"), _state("no_search", "search")
        self._busy, self._failed = _state("busy", "refine"), _state("error", "problem")
        self._none_left = _state("none_left", "keep")
        self._stack = QStackedWidget()
        for page in (self._no_index, self._no_search, self._busy, self._failed, self._none_left, question):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._no_index.pressed.connect(self.wantImages)
        self._no_search.pressed.connect(self.wantSearch)
        self._no_search.example.connect(lambda _: self.wantIndex.emit())
        self._none_left.pressed.connect(self.wantSearch)
        self._failed.pressed.connect(self.again)
        self._no_search.offer([tr("Compare tiles of the whole index")])

    @property
    def asking(self) -> bool:
        """Whether two tiles are shown."""
        return self._stack.currentWidget() is self._question

    def ask(self) -> None:
        """Show the two tiles."""
        self._stack.setCurrentWidget(self._question)

    def say_no_index(self, *, unfinished: bool) -> None:
        """There is no index, or none that is finished."""
        if unfinished:
            title, text = (
                tr("This index is not finished"),
                tr("Go on with the build in the Images tab first."),
            )
        else:
            title = tr("No index is open")
            text = tr(
                "Open or build an index in the Images tab, search in it, then make the hits better here."
            )
        self._no_index.say(title, text, tr("Go to Images"))
        self._stack.setCurrentWidget(self._no_index)

    def say_no_search(self) -> None:
        """There is no search to refine."""
        self._no_search.say(
            tr("Nothing has been searched for yet"),
            tr(
                "Search first. Then say here of two tiles whether they show the same change, "
                "and the hits get better."
            ),
            tr("Go to Search"),
        )
        self._stack.setCurrentWidget(self._no_search)

    def say_busy(self) -> None:
        """Pairs are on their way."""
        text = tr("The pairs come first whose answers tell most.")
        self._busy.say(tr("Choosing tiles to compare …"), text, busy=True)
        self._stack.setCurrentWidget(self._busy)

    def say_none_left(self) -> None:
        """Every pair that is worth it has an answer."""
        self._none_left.say(
            tr("No more pairs to compare"),
            tr("Your answers count in every search of this index. Search for something else to go on."),
            tr("Go to Search"),
        )
        self._stack.setCurrentWidget(self._none_left)

    def say_failed(self, error: PluginError) -> None:
        """There are no pairs, and why."""
        self._failed.say(tr("No tiles to compare"), told(error), tr("Try again"))
        self._stack.setCurrentWidget(self._failed)


def _state(name: str, icon: str) -> StateView:
    return StateView(f"refine_{name}", icon)
