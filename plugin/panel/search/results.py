"""The lower part of the search tab: what was found, the threshold over it, the list, the review."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from ....core.engine.messages import HitsAnswer
from ...translation import tr
from .elided_label import ElidedLabel
from .export_button import ExportButton
from .headline import Asked, Listing, counts_of, title_of
from .hit_delegate import HitDelegate
from .hit_list import HitList
from .hit_model import KEPT, REJECTED, HitModel
from .picture_heading import PictureHeading
from .review_bar import ReviewBar
from .spread import listed_above
from .state_view import StateView
from .threshold import Threshold
from .thumbnails import TilePictures


class Results(QWidget):
    """Shows one answer at a time.

    Args:
        verdict_of: Says `kept`, `rejected` or nothing of a tile id.

    Signals:
        filtered: The least score and the number of hits to show on the map as well; None for any.
    """

    filtered = pyqtSignal(object, object)

    def __init__(self, verdict_of: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: HitsAnswer | None = None
        self._seconds: float | None = None
        self._most = 0
        self.pictures = TilePictures(self)
        self.model = HitModel(verdict_of, self)
        self.list = HitList(self.model)
        self._delegate = HitDelegate(self.pictures.get, self.model.share_of, self.list)
        self.list.setItemDelegate(self._delegate)
        self.heading = PictureHeading(self.list)
        self.threshold = Threshold()
        self.export = ExportButton()
        self.bar = ReviewBar(self.export)
        self._title, self._counts = ElidedLabel(), ElidedLabel(faint=True)
        self._none_above = StateView("none_above", "nothing")
        self._lay_out()
        self._connect()

    def show_answer(self, answer: HitsAnswer, asked: Asked, most: int, seconds: float | None) -> None:
        """List the hits of an answer.

        Args:
            answer: The hits.
            asked: What they answer.
            most: Most hits to list.
            seconds: That it took, None where nobody asked.
        """
        self._answer, self._most, self._seconds = answer, most, seconds
        self._title.setText(title_of(asked))
        self._delegate.set_scale(answer.histogram, answer.hits)
        self.model.show_answer(answer)
        self.threshold.show_answer(answer)
        self.bar.has_hit(False)
        self._list_best()
        if most < len(answer.hits):
            # As after a project was opened: the map has them all.
            self._tell_filter()
        self.list.scrollToTop()

    @property
    def has_hits(self) -> bool:
        """Whether there is anything to list, whatever the threshold hides."""
        return self._answer is not None and bool(self._answer.hits)

    def clear(self) -> None:
        """Another index, or none."""
        self._answer = None
        self.model.show_answer(None)
        self.pictures.clear()

    def set_most(self, most: int) -> None:
        """List at most that many of the hits that are here."""
        self._most = most
        self._list_best()
        self._tell_filter()

    def verdict_changed(self, tile_id: str) -> None:
        """Show what is said of a tile now."""
        self.model.verdict_changed(tile_id)
        self._say_counts()

    def _list_best(self) -> None:
        if self._answer is None:
            return
        listed = min(listed_above(self._answer, self.threshold.least_score), self._most)
        self.list.list_best(listed)
        self.threshold.tint(listed)
        self._stack.setCurrentIndex(0 if listed else 1)
        self._say_counts()

    def _say_counts(self) -> None:
        if self._answer is None:
            return
        kept, rejected = self.model.marked(KEPT), self.model.marked(REJECTED)
        listed = self.model.rowCount()
        self._counts.setText(
            counts_of(Listing(self._answer, listed, self._most, self._seconds, kept, rejected))
        )

    def _tell_filter(self) -> None:
        found = len(self._answer.hits) if self._answer is not None else 0
        self.filtered.emit(self.threshold.least_score, self._most if self._most < found else None)

    def _show_all(self) -> None:
        self.threshold.reset()
        self._list_best()
        self._tell_filter()

    def _redraw(self, tile_id: str) -> None:
        row = self.model.row_of(tile_id)
        if row is not None:
            self.list.update(self.model.index(row, 0))

    def _lay_out(self) -> None:
        self._title.setObjectName("changeseek_results_title")
        self._counts.setObjectName("changeseek_results_counts")
        bold = self._title.font()
        bold.setBold(True)
        self._title.setFont(bold)
        self._none_above.say(
            tr("No tile reaches this score"),
            tr("The handle stands above the best hit."),
            tr("Lower the threshold"),
        )
        listed = QWidget()
        rows = QVBoxLayout(listed)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.heading)
        rows.addWidget(self.list, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(listed)
        self._stack.addWidget(self._none_above)
        self._stack.setFrameShape(QFrame.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.fontMetrics().height() // 4)
        for widget in (self._title, self._counts, self.threshold):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        column.addWidget(self.bar)

    def _connect(self) -> None:
        self.threshold.moved.connect(self._list_best)
        self.threshold.rested.connect(self._tell_filter)
        self._none_above.pressed.connect(self._show_all)
        self.list.seen.connect(self.pictures.want)
        self.pictures.arrived.connect(self._redraw)
        self.list.selectionModel().currentChanged.connect(
            lambda current, _: self.bar.has_hit(current.isValid())
        )
