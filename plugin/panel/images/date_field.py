"""The day of one picture: what its file says, until the user knows better."""

from __future__ import annotations

from qgis.gui import QgsDateEdit
from qgis.PyQt.QtCore import QDate, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QWidget

from ...translation import tr

_FORMAT = "yyyy-MM-dd"


class DateField(QWidget):
    """A date that may be unknown.

    Args:
        name: Object name of the field.
        title: For those who do not see the label.
        parent: Owner.
    """

    changed = pyqtSignal()

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: str | None = None
        self._own = False
        self._shows = False
        self._field = QgsDateEdit(self)
        self._field.setObjectName(name)
        self._field.setAccessibleName(title)
        self._field.setDisplayFormat(_FORMAT)
        self._field.setCalendarPopup(True)
        self._field.setAllowNull(True)
        self._field.setNullRepresentation(tr("date unknown"))
        self._field.setToolTip(
            tr(
                "Day of the picture, as its file or file name says. Correct it here; clear it to go back to "
                "what the file says"
            )
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._field)
        self.setFocusProxy(self._field)
        self._show(None)
        self._field.dateValueChanged.connect(self._changed)

    @property
    def date(self) -> str | None:
        """The day, ISO 8601; None where unknown."""
        if self._field.isNull():
            return self._found
        return str(self._field.date().toString(Qt.DateFormat.ISODate))

    @property
    def own(self) -> bool:
        """Whether the user set it."""
        return self._own

    def found(self, date: str | None) -> None:
        """What the file says, as the engine read it; does not touch what the user set."""
        self._found = date
        if not self._own:
            self._show(date)

    def forget(self) -> None:
        """Another raster was chosen: nothing is known of its date."""
        self._own, self._found = False, None
        self._show(None)

    def state(self) -> tuple[str | None, bool]:
        """What `restore` takes: the date, and whether the user set it."""
        return self.date, self._own

    def restore(self, state: tuple[str | None, bool]) -> None:
        """Show what another field held, for swapping."""
        date, self._own = state
        self._found = None if self._own else date
        self._show(date)

    def _show(self, date: str | None) -> None:
        # Not by blocking its signals: the field hears its own, and would not notice that it is empty.
        self._shows = True
        if date is not None:
            self._field.setDate(QDate.fromString(date, Qt.DateFormat.ISODate))
        else:
            self._field.clear()
            # Clearing shows today, in grey.
            self._field.lineEdit().setText(self._field.nullRepresentation())
        self._shows = False

    def _changed(self) -> None:
        if self._shows:
            return
        self._own = not self._field.isNull() and self.date != self._found
        if self._field.isNull() and self._found is not None:
            self._show(self._found)
        self.changed.emit()
