"""The two dates in time, so that the temporal controller plays them one after the other."""

from __future__ import annotations

from qgis.core import Qgis, QgsDateTimeRange, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QDateTime, Qt, QTimeZone

_SECONDS_A_DAY = 86_400
# Whatever is later than the last date looks like it; QGIS has no open end in a layer's range.
_FAR = "9999-01-01"


def give_dates(before: QgsRasterLayer, after: QgsRasterLayer, dates: tuple[str | None, str | None]) -> None:
    """Show `before` from its date up to that of `after`, and `after` from then on.

    Where a date is unknown or the dates are in the wrong order, both layers stay as they are.

    Args:
        before: Raster of the first date.
        after: Raster of the second date.
        dates: ISO 8601 dates or times, as the index has them.
    """
    known = _known(dates)
    if known is not None:
        first, second = known
        _show_in(before, first, second)
        _show_in(after, second, _time(_FAR))


def play_dates(project: QgsProject, dates: tuple[str | None, str | None]) -> None:
    """Let the project's temporal range be two frames, one for each date; the user's own range stays."""
    known, settings = _known(dates), project.timeSettings()
    own = settings.temporalRange()
    if known is None or not (own.isInfinite() or _is_ours(project)):
        return
    first, second = known
    days = max(1, first.daysTo(second))
    # A second less than two frames, or the controller would add a third that begins with the end.
    end = first.addSecs(2 * days * _SECONDS_A_DAY - 1)
    settings.setTemporalRange(QgsDateTimeRange(first, end))
    settings.setTimeStepUnit(Qgis.TemporalUnit.Days)
    settings.setTimeStep(days)
    project.writeEntry("ChangeSeek", "time/range", _text(settings.temporalRange()))


def _is_ours(project: QgsProject) -> bool:
    noted, _ = project.readEntry("ChangeSeek", "time/range")
    return bool(noted == _text(project.timeSettings().temporalRange()))


def _text(times: QgsDateTimeRange) -> str:
    return f"{times.begin().toString(Qt.DateFormat.ISODate)}/{times.end().toString(Qt.DateFormat.ISODate)}"


def _known(dates: tuple[str | None, str | None]) -> tuple[QDateTime, QDateTime] | None:
    first, second = (_time(date or "") for date in dates)
    return (first, second) if first.isValid() and second.isValid() and first < second else None


def _time(text: str) -> QDateTime:
    """Midnight of a date, or a time, in UTC as QGIS compares them; invalid for other texts."""
    time = QDateTime.fromString(text, Qt.DateFormat.ISODate)
    if time.timeSpec() != Qt.TimeSpec.LocalTime:
        return time.toUTC()
    return QDateTime(time.date(), time.time(), QTimeZone.utc()) if time.isValid() else time


def _show_in(layer: QgsRasterLayer, begin: QDateTime, end: QDateTime) -> None:
    properties = layer.temporalProperties()
    properties.setMode(Qgis.RasterTemporalMode.FixedTemporalRange)
    properties.setFixedTemporalRange(QgsDateTimeRange(begin, end, True, False))
    properties.setIsActive(True)
