"""The search tab: ask what happened, see the tiles where it did, go through them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QElapsedTimer, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ...core.engine.messages import HitsAnswer, InfoAnswer, ThumbnailsAnswer, VocabularyAnswer
from ..errors import JobCancelledError, PluginError
from ..translation import tr
from .search.headline import Asked, MoreLike
from .search.query_form import QueryForm
from .search.question import Question
from .search.results import Results
from .search.review import Review
from .search.state_view import StateView
from .states import MessageStrip
from .words import sentence, told

if TYPE_CHECKING:
    from ..settings import Settings
    from ..workspace import Workspace

# A quick answer replaces the old one at once; only a slow one is waited for on a page of its own.
_MILLISECONDS_UNTIL_BUSY = 250
_TILE_ID = re.compile(r"r\d{3,}c\d{3,}")


class SearchTab(QWidget):
    """All that the workspace can be asked about changes.

    Args:
        workspace: Asks the engine and shows the answers on the map.
        settings: Earlier queries, mode, number of hits.

    Signals:
        wantImages: The user needs the Images tab next.
        wantCaptions: A tile id whose captions were asked for.
    """

    wantImages = pyqtSignal()  # noqa: N815 - as Qt names signals
    wantCaptions = pyqtSignal(str)  # noqa: N815

    def __init__(self, workspace: Workspace, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changeseek_search_tab")
        self._workspace = workspace
        self._asked: Asked | None = None
        self._answered = ""
        self._waits = False
        self._knows_words = False
        self._clock = QElapsedTimer()
        self._busy_soon = QTimer(self)
        self._busy_soon.setSingleShot(True)
        self._busy_soon.setInterval(_MILLISECONDS_UNTIL_BUSY)
        self.form = QueryForm(settings)
        self.results = Results(workspace.verdict)
        self.review = Review(workspace, self.results, self._ask_for_more_like, self._caption, self._to_query)
        self._message = MessageStrip()
        self._message.setObjectName("changeseek_search_message")
        self._no_index = StateView("no_index", "images")
        self._ready, self._busy = StateView("ready", "search"), StateView("busy", "search")
        self._none, self._failed = StateView("none", "nothing"), StateView("error", "problem")
        self._lay_out()
        self._connect_parts()
        self._connect_workspace()
        self._begin()

    def stop(self) -> None:
        """Wait for nothing any more; call before the tab is deleted."""
        self._stop_waiting()
        self.results.pictures.close()

    def _lay_out(self) -> None:
        self._below, self._all = QStackedWidget(), QStackedWidget()
        for page in (self._ready, self._busy, self._none, self._failed, self.results):
            self._below.addWidget(page)
        asking = QWidget()
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addWidget(self._message)
        column.addWidget(self._below, 1)
        self._all.addWidget(self._no_index)
        self._all.addWidget(asking)
        outer = QVBoxLayout(self)
        outer.addWidget(self._all)

    def _connect_parts(self) -> None:
        self.form.asked.connect(self._ask)
        self.form.most_changed.connect(self.results.set_most)
        self.form.line.left_downwards.connect(self._to_list)
        self._ready.example.connect(self.form.ask_for)
        self._no_index.pressed.connect(self.wantImages)
        self._failed.pressed.connect(self._ask_again)
        self._busy_soon.timeout.connect(self._show_busy)
        self.results.list.chosen.connect(self._workspace.choose_tile)
        self.results.list.commanded.connect(self.review.do)
        self.results.bar.commanded.connect(self.review.do)
        self.results.filtered.connect(self._filter_map)
        self.results.pictures.asked.connect(self._workspace.thumbnails)
        self.results.export.chosen.connect(self._export)

    def _connect_workspace(self) -> None:
        workspace = self._workspace
        workspace.indexOpened.connect(self._begin)
        workspace.indexClosed.connect(self._begin)
        workspace.hitsFound.connect(self._on_hits)
        workspace.tileChosen.connect(self.results.list.follow)
        workspace.verdictTaken.connect(self.results.verdict_changed)
        workspace.thumbnailsReady.connect(self._on_thumbnails)
        workspace.vocabularyKnown.connect(self._on_words)
        workspace.queryOffered.connect(self.form.ask_for)
        workspace.exported.connect(self._on_exported)
        workspace.failed.connect(self._on_failed)

    def _begin(self, *_: object) -> None:
        """Show what the workspace has now."""
        self._stop_waiting()
        self._asked = None
        self.results.clear()
        self._message.clear()
        index = self._workspace.index
        if index is None or index.state != "complete":
            self._say_no_index(index)
            self._all.setCurrentIndex(0)
            return
        self._all.setCurrentIndex(1)
        self.results.heading.set_dates(index.before.date, index.after.date)
        self._say_ready()
        if not self._knows_words:
            self._workspace.ask_vocabulary()
        if self._workspace.hits is not None:
            self._on_hits(self._workspace.hits)

    def _say_no_index(self, index: InfoAnswer | None) -> None:
        if index is None:
            text = tr("Open or build an index in the Images tab, then search here for what changed.")
            self._no_index.say(tr("No index is open"), text, tr("Go to Images"))
        else:
            text = tr("Go on with the build in the Images tab, then search here.")
            self._no_index.say(tr("This index is not finished"), text, tr("Go to Images"))

    def _say_ready(self) -> None:
        self._ready.say(
            tr("What happened here?"),
            tr("Say it in your own words, or try one of these.")
            if self._knows_words
            else tr("Say it in your own words, such as “houses built” or “forest -> houses”."),
        )
        self._below.setCurrentWidget(self._ready)

    def _on_words(self, words: VocabularyAnswer) -> None:
        self._knows_words = True
        self.form.line.set_words(words.phrases, words.scenes)
        self._ready.offer(words.examples)
        if self._below.currentWidget() is self._ready:
            self._say_ready()

    def _ask(self, question: Question) -> None:
        self._wait_for(question)
        self._workspace.search(question.text, question.mode, question.k, question.without)

    def _ask_for_more_like(self, tile_id: str) -> None:
        self._wait_for(MoreLike(tile_id))
        self._workspace.similar(tile_id, self.form.question.k)

    def _ask_again(self) -> None:
        if isinstance(self._asked, MoreLike):
            self._ask_for_more_like(self._asked.tile_id)
        else:
            self.form.ask()

    def _wait_for(self, asked: Asked) -> None:
        self._asked, self._waits = asked, True
        self._message.clear()
        self._clock.start()
        self._busy_soon.start()

    def _stop_waiting(self) -> None:
        self._waits = False
        self._busy_soon.stop()

    def _show_busy(self) -> None:
        self._busy.say(
            tr("Searching …"), tr("The first search loads the model, which takes some seconds."), busy=True
        )
        self._below.setCurrentWidget(self._busy)

    def _on_hits(self, answer: HitsAnswer) -> None:
        seconds = self._clock.elapsed() / 1000 if self._waits else None
        asked = self._asked if self._waits else None
        self._stop_waiting()
        if asked is None and self._asked is not None and _question_of(self._asked) == answer.query:
            # Ranked again with the answers about pairs.
            asked = self._asked
        elif asked is None or _TILE_ID.fullmatch(answer.query):
            asked = _guess_question(answer)
        self._show_asked(asked)
        self.review.begin()
        if answer.notes:
            self._message.show_note(" ".join(sentence(note) for note in answer.notes))
        if not answer.hits:
            self._none.say(tr("Nothing found"), tr("No tile could be compared with this. Try other words."))
            self._below.setCurrentWidget(self._none)
            return
        self._below.setCurrentWidget(self.results)
        self.results.show_answer(answer, asked, self.form.question.k, seconds)
        self.results.export.propose(self._folder_for_exports(), answer.query)

    def _show_asked(self, asked: Asked) -> None:
        """Let no query stand over hits that do not answer it; what people have typed since stays."""
        if isinstance(asked, Question):
            self._answered = asked.text
        elif self.form.line.text().strip() == self._answered:
            self.form.line.start_anew()
        self._asked = asked

    def _on_failed(self, what: str, error: PluginError) -> None:
        if what == "thumbnails":
            self.results.pictures.give_up()
        elif what == "search" and isinstance(error, JobCancelledError):
            # A newer question took its place, or the index was closed.
            if not self._workspace.searching:
                self._stop_waiting()
        elif what == "search":
            self._stop_waiting()
            self._show_failure(error)

    def _show_failure(self, error: PluginError) -> None:
        """Above the last hits, which are still true; on a page of its own where there are none."""
        if self.results.has_hits:
            self._below.setCurrentWidget(self.results)
            self._message.show_error(error)
            return
        self._failed.say(tr("The search did not work"), told(error), tr("Try again"))
        self._below.setCurrentWidget(self._failed)

    def _on_thumbnails(self, answer: ThumbnailsAnswer) -> None:
        self.results.pictures.take(answer)

    def _filter_map(self, least: float | None, most: int | None) -> None:
        self._workspace.filter_hits(least, most)

    def _on_exported(self, path: str) -> None:
        self._message.show_success(tr("The hits are in {}").format(path))

    def _caption(self, tile_id: str) -> None:
        self._workspace.caption(tile_id)
        self.wantCaptions.emit(tile_id)

    def _export(self, path: str, driver: str) -> None:
        self._workspace.export_hits(path, driver)

    def _folder_for_exports(self) -> Path:
        index = self._workspace.index
        return Path(index.index).parent if index is not None else Path.home()

    def _to_query(self) -> None:
        self.form.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.form.line.selectAll()

    def _to_list(self) -> None:
        if self._below.currentWidget() is self.results:
            self.results.list.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.results.list.tile_id is None:
                self.results.list.step(1)


def _question_of(asked: Asked) -> str:
    """As the hits that answer it name it."""
    return asked.tile_id if isinstance(asked, MoreLike) else asked.text


def _guess_question(answer: HitsAnswer) -> Asked:
    """What hits answer that nobody asked for here, such as those of a project that was opened."""
    if _TILE_ID.fullmatch(answer.query):
        return MoreLike(answer.query)
    return Question(answer.query, "change", len(answer.hits))
