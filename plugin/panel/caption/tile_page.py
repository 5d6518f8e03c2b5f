"""One tile: its id, both pictures, what can be done with it, its captions or why there are none."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ....core.engine.messages import TileCaptions
from ...errors import PluginError
from ...translation import tr
from ..palette_icons import keep_icon
from ..states import MessageStrip, wrapped
from .caption_list import CaptionList
from .pair_pictures import PairPictures


class TilePage(QWidget):
    """Shows; asks nothing.

    Signals:
        flickered: Whether the dates alternate on the map.
        similar: More tiles like this are wanted.
        again: The captions are to be asked for once more.
        used: A sentence to search for.
    """

    flickered = pyqtSignal(bool)
    similar = pyqtSignal()
    again = pyqtSignal()
    used = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = QLabel()
        self._name.setObjectName("changeseek_tile_id")
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self.pictures = PairPictures()
        tip = tr("Let the dates alternate on the map: what changed catches the eye")
        self._flicker = _button("flicker", tr("Flicker"), tip)
        self._flicker.setCheckable(True)
        tip = tr("Find the tiles where the change looks most like this one")
        self._similar = _button("similar", tr("More like this"), tip)
        self._error = MessageStrip(self)
        self._error.setObjectName("changeseek_caption_error")
        self._error.set_closable(False)
        self._again = QPushButton(tr("Try again"))
        self._again.setObjectName("changeseek_caption_again")
        self._busy = wrapped(tr("Reading what changed…"))
        self._captions = CaptionList()
        self._lay_out()
        self._flicker.toggled.connect(self.flickered)
        self._similar.clicked.connect(self.similar)
        self._again.clicked.connect(self.again)
        self._captions.used.connect(self.used)

    def show_tile(self, tile_id: str) -> None:
        """Another tile, of which nothing else is known yet."""
        self._name.setText(tr("Tile {}").format(tile_id))
        self.pictures.clear()
        self.show_busy()

    def show_busy(self) -> None:
        """Its captions are on their way."""
        self._captions.clear()
        self._say(None, busy=True)

    def show_captions(self, answer: TileCaptions) -> None:
        """Its captions."""
        self._say(None, busy=False)
        self._captions.show_captions(answer)

    def show_error(self, error: PluginError) -> None:
        """Why there are none, and a button to try again."""
        self._captions.clear()
        self._say(error, busy=False)

    def stop_flickering(self) -> None:
        """Leave the map in peace."""
        self._flicker.setChecked(False)

    def _say(self, error: PluginError | None, *, busy: bool) -> None:
        self._busy.setVisible(busy)
        self._again.setVisible(error is not None)
        if error is None:
            self._error.hide()
        else:
            self._error.show_error(error)

    def _lay_out(self) -> None:
        actions = QHBoxLayout()
        actions.addWidget(self._flicker)
        actions.addWidget(self._similar)
        actions.addStretch(1)
        rows = QVBoxLayout(self)
        rows.addWidget(self._name)
        rows.addWidget(self.pictures)
        rows.addLayout(actions)
        rows.addWidget(self._error)
        rows.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self._busy)
        rows.addWidget(self._captions)
        rows.addStretch(1)


def _button(name: str, text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(f"changeseek_{name}")
    button.setToolTip(tip)
    keep_icon(button, name, button.setIcon)
    return button
