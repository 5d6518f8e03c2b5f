"""The fourth tab: say of two tiles whether the same change is seen in them, and the hits get better."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import QApplication, QVBoxLayout, QWidget

from ...core.engine.messages import Counts, FeedbackStatusAnswer, HitsAnswer, LoggedAnswer, UndoneAnswer
from ..errors import PluginError
from ..translation import tr
from .refine.course import ROUND, Course
from .refine.keys import UNDO
from .refine.pages import Pages
from .refine.pair_queue import Pair
from .refine.question_page import QuestionPage
from .refine.sayings import damage_in_words
from .refine.scope import Scope
from .scroll import VerticalScroll
from .search.thumbnails import TilePictures
from .states import MessageStrip

if TYPE_CHECKING:
    from ..settings import Settings
    from ..workspace import Workspace


class RefineTab(QWidget):
    """Asks about pairs while it can be seen, and shows what the answers do.

    Args:
        workspace: Does the work.
        settings: How fast the dates alternate.
        parent: Owner.

    Signals:
        wantImages: No index is open, and the user wants to choose one.
        wantSearch: There is nothing to refine yet.
    """

    wantImages = pyqtSignal()  # noqa: N815 - as Qt names signals, here and below
    wantSearch = pyqtSignal()  # noqa: N815

    def __init__(self, workspace: Workspace, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changeseek_refine_tab")
        self._workspace = workspace
        self._takes_focus = False
        self.course = Course(workspace, self)
        self.pictures = TilePictures(self)
        self.scope = Scope()
        self.page = QuestionPage(self.pictures.get, ROUND, lambda: settings.flicker_seconds)
        self._message = MessageStrip()
        self._message.setObjectName("changeseek_refine_message")
        self._pages = Pages(VerticalScroll(self.page))
        column = QVBoxLayout(self)
        column.addWidget(self.scope)
        column.addWidget(self._message)
        column.addWidget(self._pages, 1)
        self._connect_parts()
        self._connect_course()
        self._begin()

    def stop(self) -> None:
        """Wait for nothing any more; call before the tab is deleted."""
        self.page.stop_flickering()
        self.pictures.close()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: ask about pairs from now on."""
        super().showEvent(event)
        self._takes_focus = True
        self._show_next()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt's: whoever looks at the hits instead is to see what the answers have done."""
        self.page.stop_flickering()
        if self.course.answered:
            self.course.rank()
        super().hideEvent(event)

    def _connect_parts(self) -> None:
        self.page.commanded.connect(self._do)
        self.page.pair.clicked.connect(self._workspace.choose_tile)
        self.page.progress.wantRanking.connect(self._rank)
        self.page.conflicts.again.connect(self._look_again)
        self.scope.changed.connect(self._begin)
        self.pictures.asked.connect(self._workspace.thumbnails)
        self.pictures.arrived.connect(lambda _: self.page.pair.update())
        self._pages.wantImages.connect(self.wantImages)
        self._pages.wantSearch.connect(self.wantSearch)
        self._pages.wantIndex.connect(self.scope.choose_index)
        self._pages.again.connect(self._show_next)

    def _connect_course(self) -> None:
        self.course.moved.connect(self._show_next)
        self.course.counted.connect(self._on_counts)
        self.course.progressed.connect(self._on_progress)
        self.course.undone.connect(self._on_undone)
        self.course.failed.connect(self._on_failed)
        self._workspace.indexOpened.connect(self._begin_index)
        self._workspace.indexClosed.connect(self._begin_index)
        self._workspace.hitsFound.connect(self._on_hits)
        self._workspace.answerWritten.connect(self._on_written)
        self._workspace.thumbnailsReady.connect(self.pictures.take)
        self._workspace.failed.connect(self._on_pictures_failed)

    def _begin_index(self, *_: object) -> None:
        self.pictures.clear()
        self._begin()

    def _begin(self) -> None:
        """Another index, another search, or the whole index instead of a search."""
        index = self._workspace.index
        self.course.begin(self._workspace.question if self.scope.of_search and index is not None else None)
        self._message.clear()
        self.page.begin()
        self.scope.setVisible(index is not None and index.state == "complete")
        self.scope.show_search(self.course.asked)
        if index is not None:
            self.page.pair.set_dates((index.before.date, index.after.date))
        self._show_next()

    def _show_next(self) -> None:
        """Show the pair that is to be answered, or why there is none; nothing is asked while nobody looks."""
        index, pair = self._workspace.index, self.course.current
        if index is None or index.state != "complete":
            self._pages.say_no_index(unfinished=index is not None)
            return
        if self.course.asked is None and self.scope.of_search:
            self._pages.say_no_search()
            return
        if pair is not None:
            self._show_pair(pair)
        elif self.course.exhausted:
            self._pages.say_none_left()
        else:
            self._takes_focus = self._takes_focus or self._has_focus()
            self._pages.say_busy()
        if self.isVisible():
            self.course.look_ahead()

    def _show_pair(self, pair: Pair) -> None:
        self.page.show_pair(pair)
        self.page.progress.show_round(self.course.answered)
        if self.isVisible():
            self.pictures.want(self.course.tiles_ahead())
        self._pages.ask()
        if self._takes_focus and self.isVisible():
            self._takes_focus = False
            self.page.take_focus()

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.page.isAncestorOf(focused)

    def _do(self, command: str) -> None:
        self._message.clear()
        if command == UNDO:
            self.course.undo()
        else:
            self.course.answer(command)

    def _rank(self) -> None:
        self.course.rank()
        self.page.progress.show_round(self.course.answered)

    def _look_again(self, pairs: list[Pair]) -> None:
        self.course.ask_next(pairs)
        self.page.take_focus()

    def _on_hits(self, _: HitsAnswer) -> None:
        if self.scope.of_search and self._workspace.question != self.course.asked:
            self._begin()

    def _on_written(self, answer: LoggedAnswer) -> None:
        self.page.show_conflicts(answer.conflicts, answer.counts.conflicts)

    def _on_counts(self, counts: Counts) -> None:
        self.page.progress.show_counts(counts)
        if counts.damaged_lines:
            self._message.show_note(damage_in_words(counts.damaged_lines))

    def _on_progress(self, status: FeedbackStatusAnswer, round_number: int) -> None:
        self.page.show_status(status, round_number)

    def _on_undone(self, undone: UndoneAnswer) -> None:
        if not undone.id:
            self._message.show_note(tr("there is no answer of yours to take back"))
        elif len(undone.tile_ids) == 1:
            self._message.show_note(tr("the mark of hit {} was taken back").format(undone.tile_ids[0]))

    def _on_failed(self, what: str, error: PluginError) -> None:
        if what == "propose" and self.course.current is None:
            self._pages.say_failed(error)
            return
        self._message.show_error(error)

    def _on_pictures_failed(self, what: str, _: PluginError) -> None:
        if what == "thumbnails":
            self.pictures.give_up()
