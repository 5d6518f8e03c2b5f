"""The panel: four tabs in the order of the work, what runs where, and what went wrong."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QPalette, QShowEvent
from qgis.PyQt.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...core.engine.messages import HelloAnswer
from ..background import Job, run_in_background
from ..errors import EngineMissingError, EngineStoppedError, JobCancelledError, PluginError
from ..gate.finding import find_interpreter
from ..settings import Settings
from ..translation import tr
from .caption_tab import CaptionTab
from .engine_page import EnginePage
from .images_tab import ImagesTab
from .palette_icons import keep_icon
from .refine_tab import RefineTab
from .search_tab import SearchTab
from .states import MessageStrip, theme_icon, wrapped
from .tab_bar import TabBar

if TYPE_CHECKING:
    from ..workspace import Workspace

_ROOT = Path(__file__).resolve().parents[2]
_HELP = ("docs/qgis.md", "README.md")
# The tabs show these themselves, at the place where they were asked for.
_TOLD_BY_TABS = ("plan", "build", "search", "caption", "status", "propose", "answer", "undo", "progress")
# Nobody asked for these by hand: where the engine stops over them, the status line says so.
_NICE_TO_KNOW = ("hello", "vocabulary", "thumbnails", "models")


class Panel(QDockWidget):
    """What people work with.

    Args:
        iface: The running QGIS.
        workspace: Does the work.
        settings: What is remembered.
    """

    def __init__(self, iface: QgisInterface, workspace: Workspace, settings: Settings) -> None:
        super().__init__(tr("ChangeSeek"), iface.mainWindow())
        self.setObjectName("changeseek_panel")
        self.setAcceptDrops(True)
        self._workspace = workspace
        self._settings = settings
        self._greeted = False
        self._look: Job | None = None
        self.images = ImagesTab(workspace, settings, self, canvas=iface.mapCanvas())
        self.search = SearchTab(workspace, settings, self)
        self.caption = CaptionTab(workspace, settings, self)
        self.refine = RefineTab(workspace, settings, self)
        self._engine = EnginePage(workspace, settings, self)
        self._strip = MessageStrip(self)
        self._status = wrapped(tr("The engine starts at first use."))
        self._status.setObjectName("changeseek_status")
        self._tabs = self._make_tabs()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._tabs)
        self._pages.addWidget(self._engine)
        self._lay_out()
        self._connect()
        if workspace.index is not None and workspace.index.state == "complete":
            # Taken up with the project, before anybody opened this panel.
            self._tabs.setCurrentWidget(self.search)

    @property
    def tabs(self) -> QTabWidget:
        """Images, Search, Caption, Refine."""
        return self._tabs

    def teardown(self) -> None:
        """Wait for nothing any more; call before the panel is deleted."""
        self.images.stop()
        self.search.stop()
        self.refine.stop()
        self._engine.stop()
        if self._look is not None:
            self._look.forget()

    def showEvent(self, event: QShowEvent) -> None:
        """Look once whether there is an engine at all; that starts nothing."""
        super().showEvent(event)
        if self._look is None:
            python = self._settings.python
            self._look = run_in_background(
                tr("Look for the engine"),
                lambda _: find_interpreter(python),
                done=lambda _: None,
                failed=self._missing,
            )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome an index folder."""
        if _folder(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the folder as an index."""
        folder = _folder(event)
        if folder is not None:
            event.acceptProposedAction()
            self.images.open(folder)

    def _make_tabs(self) -> QTabWidget:
        tabs = QTabWidget()
        tabs.setTabBar(TabBar())
        tabs.setObjectName("changeseek_tabs")
        tabs.setDocumentMode(True)
        # Four tabs: a cut word is better than one that must be scrolled to.
        tabs.setUsesScrollButtons(False)
        tabs.setElideMode(Qt.TextElideMode.ElideRight)
        for page, icon, title, tip in (
            (self.images, "images", tr("Images"), tr("Choose two dates, build or open an index")),
            (self.search, "search", tr("Search"), tr("Type what changed")),
            (self.caption, "captions", tr("Caption"), tr("Read what changed on one tile")),
            (self.refine, "refine", tr("Refine"), tr("Compare tiles, so that the hits get better")),
        ):
            place = tabs.addTab(page, title)
            tabs.setTabToolTip(place, tip)
            keep_icon(tabs, icon, partial(tabs.setTabIcon, place), QPalette.ColorRole.WindowText)
        return tabs

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(9, 2, 6, 4)
        foot.addWidget(self._status, 1)
        foot.addWidget(
            self._button("changeseek_settings", "mActionOptions", tr("Settings of the engine"), self._settle)
        )
        foot.addWidget(self._button("changeseek_help", "mActionHelpContents", tr("Help"), show_help))
        content = QWidget(self)
        rows = QVBoxLayout(content)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._strip)
        rows.addWidget(self._pages, 1)
        rows.addLayout(foot)
        self.setWidget(content)

    def _button(self, name: str, icon: str, tip: str, clicked: object) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIcon(theme_icon(icon))
        button.setAutoRaise(True)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(clicked)
        return button

    def _connect(self) -> None:
        self.images.ready.connect(lambda: self._tabs.setCurrentWidget(self.search))
        self.search.wantImages.connect(lambda: self._tabs.setCurrentWidget(self.images))
        self.search.wantCaptions.connect(self._show_captions)
        self.caption.wantImages.connect(lambda: self._tabs.setCurrentWidget(self.images))
        self.caption.wantSearch.connect(lambda: self._tabs.setCurrentWidget(self.search))
        self.refine.wantImages.connect(lambda: self._tabs.setCurrentWidget(self.images))
        self.refine.wantSearch.connect(lambda: self._tabs.setCurrentWidget(self.search))
        self._engine.closed.connect(self._leave_engine_page)
        self._workspace.helloKnown.connect(self._say_device)
        self._workspace.failed.connect(self._failed)
        for sign_of_life in ("planned", "indexOpened", "statusKnown"):
            getattr(self._workspace, sign_of_life).connect(self._greet)

    def _show_captions(self, tile_id: str) -> None:
        self.caption.wait_for(tile_id)
        self._tabs.setCurrentWidget(self.caption)

    def _greet(self) -> None:
        """The engine runs: ask once where."""
        if not self._greeted:
            self._greeted = True
            self._workspace.say_hello()

    def _say_device(self, hello: HelloAnswer) -> None:
        note = f": {hello.device_note}" if hello.device_note else ""
        self._status.setText(tr("Runs on {}").format(hello.device) + note)
        self._status.setToolTip(tr("ChangeSeek {} on torch {}").format(hello.version, hello.torch))

    def _failed(self, what: str, error: PluginError) -> None:
        # A mark is in the list and on the map also where it cannot count as feedback.
        if isinstance(error, EngineMissingError) and what != "judge":
            self._missing(error)
            return
        if isinstance(error, EngineStoppedError):
            self._greeted = False
            self._status.setText(tr("The engine has stopped; the next question starts it again."))
            if what in _NICE_TO_KNOW:
                return
        if what not in _TOLD_BY_TABS and not isinstance(error, JobCancelledError):
            self._strip.show_error(error)

    def _missing(self, error: PluginError) -> None:
        self._status.setText(tr("No engine yet."))
        self._engine.show_error(error)
        self._pages.setCurrentWidget(self._engine)

    def _settle(self) -> None:
        here = self._pages.currentWidget() is self._engine
        self._pages.setCurrentWidget(self._tabs if here else self._engine)

    def _leave_engine_page(self) -> None:
        self._pages.setCurrentWidget(self._tabs)
        self.images.look_again()


def show_help() -> None:
    """Open the help that ships with the plugin."""
    page = next(_ROOT / name for name in _HELP if (_ROOT / name).is_file())
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(page)))


def _folder(event: QDropEvent) -> str | None:
    """The folder that is dragged, None for anything else."""
    paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and Path(paths[0]).is_dir() else None
