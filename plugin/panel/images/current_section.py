"""The index that is open: which one, and whether its rasters are still what they were."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ....core.engine.messages import InfoAnswer
from ...translation import tr
from ..states import MessageStrip, wrapped
from ..words import count, length


class CurrentSection(QWidget):
    """Hidden while no index is open."""

    closed = pyqtSignal()
    outlines = pyqtSignal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._facts = wrapped(), wrapped()
        self._name.setObjectName("changeseek_current")
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._note = MessageStrip(self)
        self._note.setObjectName("changeseek_current_note")
        self._note.set_closable(False)
        close = QPushButton(tr("Close"))
        close.setObjectName("changeseek_close_index")
        close.setToolTip(tr("Work on this index no more; its layers stay on the map, its files stay too"))
        close.clicked.connect(self.closed)
        self._outlines = QCheckBox(tr("Outline all tiles on the map"))
        self._outlines.setObjectName("changeseek_outlines")
        self._outlines.toggled.connect(self.outlines)
        heading = QHBoxLayout()
        heading.addWidget(self._name, 1)
        heading.addWidget(close)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(heading)
        rows.addWidget(self._facts)
        rows.addWidget(self._note)
        rows.addWidget(self._outlines)
        self.hide()

    def show_index(self, index: InfoAnswer | None) -> None:
        """Say which index is open; None hides this."""
        self.setVisible(index is not None)
        blocked = self._outlines.blockSignals(True)
        self._outlines.setChecked(False)
        self._outlines.blockSignals(blocked)
        if index is None:
            return
        self._name.setText(Path(index.index).name)
        self._name.setToolTip(index.index)
        self._facts.setText(facts(index))
        notes = worries(index)
        self._note.hide()
        if notes:
            self._note.show_note("; ".join(notes))


def facts(index: InfoAnswer) -> str:
    """Dates, tiles and model in one line."""
    unknown = tr("date unknown")
    dates = f"{index.before.date or unknown} – {index.after.date or unknown}"
    tiles = count(index.tiles_done if index.tiles is None else index.tiles)
    size = length(index.tile * index.gsd)
    return tr("{}, {} tiles of {}, model {}").format(dates, tiles, size, index.model)


def worries(index: InfoAnswer) -> list[str]:
    """What is no longer as it was when the index was built."""
    states = {
        "changed since": tr(
            "the raster {} has changed since the index was built; build it again to see what it shows now"
        ),
        "not found": tr(
            "the raster {} is not where it was; searching works, the map and the pictures lack it"
        ),
    }
    notes = [
        states[source.now].format(Path(source.path).name)
        for source in (index.before, index.after)
        if source.now in states
    ]
    if not index.model_here:
        notes.append(
            tr("the model {} that built it is not here, so texts cannot be asked").format(index.model)
        )
    if index.state != "complete":
        notes.append(tr("it is not finished; go on with its build below"))
    return notes
