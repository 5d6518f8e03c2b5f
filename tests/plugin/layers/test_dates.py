"""The temporal controller shows the first date, then the second."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import QgsDateTimeRange, QgsInterval, QgsProject, QgsRasterLayer, QgsTemporalNavigationObject
from qgis.PyQt.QtCore import QDate, QDateTime, QTime, QTimeZone

from changeseek.plugin.layers.dates import give_dates, play_dates


def _layers(two_dates: Any) -> tuple[QgsRasterLayer, QgsRasterLayer]:
    return (
        QgsRasterLayer(str(two_dates.before), "before"),
        QgsRasterLayer(str(two_dates.after), "after"),
    )


def _day(year: int, month: int, day: int) -> QDateTime:
    return QDateTime(QDate(year, month, day), QTime(0, 0), QTimeZone.utc())


def _shown(layers: Any, moment: QDateTime) -> tuple[bool, bool]:
    at = QgsDateTimeRange(moment, moment)
    before, after = (layer.temporalProperties().isVisibleInTemporalRange(at) for layer in layers)
    return before, after


def test_each_date_is_shown_until_the_next(qgis_app: Any, two_dates: Any) -> None:
    layers = _layers(two_dates)
    give_dates(layers[0], layers[1], ("2015-06-01", "2020-06-01"))
    assert _shown(layers, _day(2015, 5, 31)) == (False, False)
    assert _shown(layers, _day(2015, 6, 1)) == (True, False)
    assert _shown(layers, _day(2020, 5, 31)) == (True, False)
    assert _shown(layers, _day(2020, 6, 1)) == (False, True)
    assert _shown(layers, _day(2050, 1, 1)) == (False, True)


@pytest.mark.parametrize("dates", [(None, "2020-06-01"), (None, None), ("2020-06-01", "2015-06-01")])
def test_without_both_dates_the_layers_stay_as_they_are(qgis_app: Any, two_dates: Any, dates: Any) -> None:
    layers = _layers(two_dates)
    give_dates(layers[0], layers[1], dates)
    assert [layer.temporalProperties().isActive() for layer in layers] == [False, False]


def test_a_time_of_day_counts(qgis_app: Any, two_dates: Any) -> None:
    layers = _layers(two_dates)
    give_dates(layers[0], layers[1], ("2015-06-01T10:00:00Z", "2015-06-01T12:00:00+01:00"))
    assert layers[0].temporalProperties().fixedTemporalRange().end().time() == QTime(11, 0)


def test_the_controller_plays_two_frames_one_for_each_date(qgis_app: Any, two_dates: Any) -> None:
    layers = _layers(two_dates)
    project = QgsProject()
    dates = ("2015-06-01", "2020-06-01")
    give_dates(layers[0], layers[1], dates)
    play_dates(project, dates)
    settings, controller = project.timeSettings(), QgsTemporalNavigationObject()
    controller.setTemporalExtents(settings.temporalRange())
    controller.setFrameDuration(_step(settings))
    assert controller.totalFrameCount() == 2
    frames = [controller.dateTimeRangeForFrameNumber(number).begin() for number in range(2)]
    assert [_shown(layers, frame) for frame in frames] == [(True, False), (False, True)]


def _step(settings: Any) -> Any:
    return QgsInterval(settings.timeStep(), settings.timeStepUnit())


def test_the_users_own_range_stays(qgis_app: Any) -> None:
    project = QgsProject()
    own = QgsDateTimeRange(_day(2000, 1, 1), _day(2001, 1, 1))
    project.timeSettings().setTemporalRange(own)
    play_dates(project, ("2015-06-01", "2020-06-01"))
    assert project.timeSettings().temporalRange() == own


def test_another_index_brings_its_own_dates(qgis_app: Any) -> None:
    project = QgsProject()
    play_dates(project, ("2015-06-01", "2020-06-01"))
    play_dates(project, ("2009-08-18", "2015-09-26"))
    assert project.timeSettings().temporalRange().begin() == _day(2009, 8, 18)
