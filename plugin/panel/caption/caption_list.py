"""The ranked sentences of one tile, with a word where the likeliest is that nothing happened."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ....core.engine.messages import TileCaptions
from ...translation import tr
from ..states import MessageStrip
from .caption_row import CaptionRow
from .score_bar import shares

_BANK = Path(__file__).resolve().parents[3] / "resources" / "captions" / "bank.tsv"
_NOTHING = "nothing"


class CaptionList(QWidget):
    """Best first."""

    used = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[CaptionRow] = []
        self._note = MessageStrip(self)
        self._note.setObjectName("changeseek_nothing")
        self._note.set_closable(False)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._layout.addWidget(self._note)

    def show_captions(self, answer: TileCaptions) -> None:
        """Replace what is shown."""
        self.clear()
        scores = [caption.score for caption in answer.captions]
        for caption, share in zip(answer.captions, shares(scores)):  # noqa: B905 - Python 3.9
            row = CaptionRow(caption, share)
            row.used.connect(self.used)
            self._rows.append(row)
            self._layout.addWidget(row)
        if answer.captions and answer.captions[0].caption in sentences_of_nothing():
            self._note.show_note(
                tr(
                    "most likely nothing has changed on this tile. The other sentences are what would fit "
                    "next best"
                )
            )

    def clear(self) -> None:
        """Show no sentence."""
        self._note.hide()
        for row in self._rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []


@lru_cache(maxsize=1)
def sentences_of_nothing() -> frozenset[str]:
    """The shipped sentences that say that nothing has changed; they stand first in the bank."""
    sentences = set()
    with _BANK.open(encoding="utf-8") as lines:
        for line in lines:
            text, _, meaning = line.rstrip("\n").partition("\t")
            if meaning == _NOTHING:
                sentences.add(text)
            elif sentences:
                break
    return frozenset(sentences)
