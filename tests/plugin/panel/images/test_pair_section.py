"""Two rasters, layers or files, with the dates that their files know or the user gives."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import QgsProject, QgsRasterLayer
from qgis.gui import QgsDateEdit, QgsMapLayerComboBox
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import QToolButton

from changeseek.plugin.errors import LayerError, PluginError
from changeseek.plugin.panel.images.pair_section import PairSection

FOUND = ("2015-06-01", "2020-06-01")


@pytest.fixture
def pair(shown: Any) -> Any:
    return shown(PairSection())


@pytest.fixture
def layer(two_dates: Any, qgis_new_project: Any) -> QgsRasterLayer:
    layer = QgsRasterLayer(str(two_dates.before), "the town in 2015")
    QgsProject.instance().addMapLayer(layer)
    return layer


def date_of(pair: PairSection, which: str) -> QgsDateEdit:
    return pair.findChild(QgsDateEdit, f"changeseek_{which}_date")


def test_nothing_is_chosen_by_itself(pair: Any, layer: QgsRasterLayer) -> None:
    assert pair.sources() == ("", "")
    assert date_of(pair, "before").text() == "date unknown"


def test_takes_a_layer_of_the_project_and_a_file(pair: Any, layer: QgsRasterLayer, two_dates: Any) -> None:
    pair.findChild(QgsMapLayerComboBox, "changeseek_before").setLayer(layer)
    pair.choose_files("", str(two_dates.after))
    assert pair.sources() == (str(two_dates.before), str(two_dates.after))
    assert pair.findChild(QgsMapLayerComboBox, "changeseek_after").currentText() == two_dates.after.name


def test_two_files_of_one_name_are_told_apart(pair: Any) -> None:
    pair.choose_files("", "/2015/town.tif")
    pair.choose_files("", "/2020/town.tif")
    assert pair.after.source() == "/2020/town.tif"
    pair.choose_files("", "/2015/town.tif")
    assert pair.after.source() == "/2015/town.tif"


def test_a_file_is_not_taken_for_a_layer_of_the_same_name(pair: Any, layer: QgsRasterLayer) -> None:
    layer.setName("town.tif")
    pair.choose_files("", "/2020/town.tif")
    assert pair.sources() == ("", "/2020/town.tif")


def test_a_layer_that_the_engine_cannot_read_is_refused_where_it_is_used(pair: Any) -> None:
    service = QgsRasterLayer("type=xyz&url=file:///none/%7Bz%7D", "tiles", "wms")
    QgsProject.instance().addMapLayer(service)
    pair.findChild(QgsMapLayerComboBox, "changeseek_before").setLayer(service)
    with pytest.raises(LayerError):
        pair.sources()
    assert pair.files() == []


def test_swaps_rasters_with_their_dates(pair: Any, layer: QgsRasterLayer, two_dates: Any) -> None:
    pair.findChild(QgsMapLayerComboBox, "changeseek_before").setLayer(layer)
    pair.choose_files("", str(two_dates.after))
    pair.take_dates(FOUND)
    pair.findChild(QToolButton, "changeseek_swap").click()
    assert pair.sources() == (str(two_dates.after), str(two_dates.before))
    assert (pair.before_date.date, pair.after_date.date) == FOUND[::-1]


def test_the_files_own_dates_need_not_be_told(pair: Any) -> None:
    pair.take_dates(FOUND)
    assert date_of(pair, "before").date() == QDate(2015, 6, 1)
    assert pair.dates() == ""


def test_a_corrected_date_is_told_with_the_other(pair: Any) -> None:
    pair.take_dates(FOUND)
    date_of(pair, "before").setDate(QDate(2014, 5, 2))
    assert pair.dates() == "2014-05-02,2020-06-01"
    pair.take_dates(("2014-05-02", "2020-06-01"))
    assert pair.dates() == "2014-05-02,2020-06-01"


def test_clearing_goes_back_to_what_the_file_says(pair: Any) -> None:
    pair.take_dates(FOUND)
    date_of(pair, "before").setDate(QDate(2014, 5, 2))
    date_of(pair, "before").clear()
    assert pair.before_date.date == "2015-06-01"
    assert pair.dates() == ""


def test_one_date_alone_says_what_to_do(pair: Any) -> None:
    date_of(pair, "after").setDate(QDate(2020, 6, 1))
    with pytest.raises(PluginError, match="only one of the dates"):
        pair.dates()


def test_dates_the_wrong_way_round_say_so(pair: Any) -> None:
    pair.take_dates(FOUND)
    date_of(pair, "before").setDate(QDate(2021, 1, 1))
    with pytest.raises(PluginError, match="lies after"):
        pair.dates()


def test_another_raster_forgets_the_date_of_the_last(pair: Any, two_dates: Any) -> None:
    pair.choose_files(str(two_dates.before), str(two_dates.after))
    pair.take_dates(FOUND)
    pair.choose_files("/another/place.tif", "")
    assert (pair.before_date.date, pair.after_date.date) == (None, "2020-06-01")
    assert date_of(pair, "before").text() == "date unknown"
