"""The third tab: what changed on one tile, in ranked sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ...core.engine.messages import InfoAnswer, ThumbnailsAnswer, TileCaptions
from ..errors import JobCancelledError, PluginError
from ..settings import Settings
from ..translation import tr
from .caption.tile_page import TilePage
from .scroll import VerticalScroll
from .states import EmptyState, theme_icon

if TYPE_CHECKING:
    from ..workspace import Workspace

_NO_INDEX, _NO_TILE, _TILE = range(3)


class CaptionTab(QWidget):
    """Shows the chosen tile; asks for its captions only while it can be seen.

    Args:
        workspace: Does the work.
        settings: How many hits "More like this" gives.
        parent: Owner.

    Signals:
        wantImages: No index is open, and the user wants to choose one.
        wantSearch: The user asked for hits from here.
    """

    wantImages = pyqtSignal()  # noqa: N815 - as Qt names signals, and as the Search tab has it
    wantSearch = pyqtSignal()  # noqa: N815

    def __init__(self, workspace: Workspace, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._settings = settings
        self._tile = ""
        self._asked = ""
        self._pick = QPushButton(theme_icon("mActionIdentify"), tr("Pick a tile on the map"))
        self._pick.setObjectName("changeseek_pick")
        self._pick.setCheckable(True)
        self._pick.setToolTip(tr("Click on the map to choose the tile there"))
        self._page = TilePage()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._index_changed()

    def wait_for(self, tile_id: str) -> None:
        """Show a tile whose captions somebody else has asked for just now."""
        self._tile_chosen(tile_id)
        self._asked = tile_id
        self._workspace.thumbnails([tile_id])

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what was not asked while nobody looked."""
        super().showEvent(event)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the map in peace while nobody looks here."""
        self._page.stop_flickering()
        super().hideEvent(event)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(9, 6, 9, 0)
        tools.addWidget(self._pick)
        tools.addStretch(1)
        for page in (self._no_index(), _no_tile(), VerticalScroll(self._page, self)):
            self._pages.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(tools)
        outer.addWidget(self._pages, 1)

    def _no_index(self) -> EmptyState:
        page = EmptyState(
            theme_icon("mIconRaster"),
            tr("No index is open"),
            tr("Open an index, or build one from two rasters. Then a click on the map tells what changed."),
        )
        page.add_button(tr("Choose images"), "changeseek_caption_to_images").clicked.connect(self.wantImages)
        return page

    def _connect(self) -> None:
        self._pick.toggled.connect(self._workspace.pick_tiles)
        self._page.flickered.connect(self._workspace.flicker)
        self._page.similar.connect(self._ask_similar)
        self._page.again.connect(self._ask_again)
        self._page.used.connect(self._use)
        self._workspace.picking.connect(self._pick.setChecked)
        self._workspace.indexOpened.connect(self._index_changed)
        self._workspace.indexClosed.connect(self._index_changed)
        self._workspace.tileChosen.connect(self._tile_chosen)
        self._workspace.captionsFound.connect(self._show_captions)
        self._workspace.thumbnailsReady.connect(self._show_pictures)
        self._workspace.failed.connect(self._failed)

    def _index_changed(self) -> None:
        index: InfoAnswer | None = self._workspace.index
        self._pick.setEnabled(index is not None)
        self._pick.setChecked(False)
        self._page.stop_flickering()
        if index is not None:
            self._page.pictures.set_dates((index.before.date, index.after.date))
        self._choose(self._workspace.tile if index is not None else "")

    def _tile_chosen(self, tile_id: str) -> None:
        if tile_id != self._tile:
            self._choose(tile_id)

    def _choose(self, tile_id: str) -> None:
        self._tile, self._asked = tile_id, ""
        if self._workspace.index is None:
            self._pages.setCurrentIndex(_NO_INDEX)
        else:
            self._pages.setCurrentIndex(_TILE if tile_id else _NO_TILE)
        self._page.show_tile(tile_id)
        if self.isVisible():
            self._ask()

    def _ask(self) -> None:
        if self._tile and self._tile != self._asked:
            self._asked = self._tile
            self._workspace.thumbnails([self._tile])
            self._workspace.caption(self._tile)

    def _ask_again(self) -> None:
        self._page.show_busy()
        self._ask()

    def _show_captions(self, answer: TileCaptions) -> None:
        if answer.tile_id == self._tile:
            self._asked = self._tile
            self._page.show_captions(answer)

    def _show_pictures(self, answer: ThumbnailsAnswer) -> None:
        for picture in answer.thumbnails:
            if picture.tile_id == self._tile:
                self._page.pictures.show_files(picture.before, picture.after)

    def _ask_similar(self) -> None:
        self._workspace.similar(self._tile, self._settings.k)
        self.wantSearch.emit()

    def _use(self, text: str) -> None:
        self._workspace.offer_query(text)
        self.wantSearch.emit()

    def _failed(self, what: str, error: PluginError) -> None:
        if what == "caption" and not isinstance(error, JobCancelledError):
            self._asked = ""
            self._page.show_error(error)


def _no_tile() -> EmptyState:
    return EmptyState(
        theme_icon("mActionIdentify"),
        tr("No tile is chosen"),
        tr("Pick a tile on the map, or choose a hit in the Search tab, to read what changed there."),
    )
