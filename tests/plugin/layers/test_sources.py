"""The engine is given what a layer shows, as GDAL opens it; where that cannot be, people are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer

from changeseek.plugin.errors import LayerError
from changeseek.plugin.layers.sources import find_raster, raster_source


def test_a_file_is_its_own_source(qgis_app: Any, two_dates: Any) -> None:
    assert raster_source(QgsRasterLayer(str(two_dates.before), "before")) == str(two_dates.before)


def test_open_options_are_not_lost_silently(qgis_app: Any, two_dates: Any) -> None:
    layer = QgsRasterLayer(f"{two_dates.before}|option:NUM_THREADS=1", "before")
    assert layer.isValid()
    with pytest.raises(LayerError, match="source with options") as told:
        raster_source(layer)
    assert "Export it first" in told.value.advice


def test_a_calculated_raster_is_to_be_exported_first(qgis_app: Any, two_dates: Any) -> None:
    before = QgsRasterLayer(str(two_dates.before), "town")
    QgsProject.instance().addMapLayer(before, False)
    text = f'"town@1" * 2?crs=EPSG:32633&extent={before.extent().toString(0).replace(" : ", ",")}'
    layer = QgsRasterLayer(text, "doubled", "virtualraster")
    if not layer.isValid():
        layer = QgsRasterLayer("url=file:///none&type=xyz", "doubled", "wms")
    with pytest.raises(LayerError):
        raster_source(layer)
    QgsProject.instance().removeMapLayer(before.id())


def test_a_broken_layer_is_said(qgis_app: Any) -> None:
    with pytest.raises(LayerError, match="broken"):
        raster_source(QgsRasterLayer("/missing.tif", "missing"))


def test_a_vector_layer_is_said(qgis_app: Any) -> None:
    with pytest.raises(LayerError, match="no raster"):
        raster_source(QgsVectorLayer("Polygon?crs=EPSG:4326", "areas", "memory"))


def test_the_layer_of_a_file_is_found_whatever_the_files_name_goes_through(
    qgis_app: Any, two_dates: Any, tmp_path: Path
) -> None:
    link = tmp_path / two_dates.before.name
    link.symlink_to(two_dates.before)
    project = QgsProject()
    layer = QgsRasterLayer(str(link), "before")
    project.addMapLayer(layer)
    assert find_raster(project, str(two_dates.before)) == layer
    assert find_raster(project, str(two_dates.after)) is None


def test_a_file_in_qgiss_own_memory_is_to_be_exported_first(qgis_app: Any, two_dates: Any) -> None:
    gdal = pytest.importorskip("osgeo.gdal")
    gdal.UseExceptions()
    gdal.FileFromMemBuffer("/vsimem/before.tif", two_dates.before.read_bytes())
    layer = QgsRasterLayer("/vsimem/before.tif", "before")
    assert layer.isValid()
    with pytest.raises(LayerError, match="memory"):
        raster_source(layer)
    del layer
    gdal.Unlink("/vsimem/before.tif")


def test_files_in_archives_and_rasters_in_files_are_their_own_sources(
    qgis_app: Any, two_dates: Any, tmp_path: Path
) -> None:
    archive = tmp_path / "dates.zip"
    with ZipFile(archive, "w") as packed:
        packed.write(two_dates.before, "before.tif")
    zipped = QgsRasterLayer(f"/vsizip/{archive}/before.tif", "before")
    assert zipped.isValid()
    assert raster_source(zipped) == f"/vsizip/{archive}/before.tif"
