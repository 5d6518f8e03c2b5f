"""Hits as a layer: the file that the command line writes as well, and its style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QMetaType

from ...core.engine.messages import HitsAnswer
from ..errors import LayerError
from ..translation import tr
from .crs import crs_of
from .hits_style import style_hits
from .whole import written_whole

__all__ = [
    "LAYER",
    "REVIEW",
    "hit_features",
    "hit_fields",
    "hits_crs",
    "open_hits",
    "style_hits",
    "write_hits",
]

LAYER = "hits"
REVIEW = "review"
# Where there is no hit, nobody says which CRS none of them has; the command line writes this one as well.
_WORLD = "EPSG:4326"


def hit_fields(*, with_review: bool = False) -> QgsFields:
    """The attributes of a hit, in the command line's order.

    Args:
        with_review: Add `review`, in which people keep or reject a hit.
    """
    kinds = {
        "rank": QMetaType.Type.Int,
        "tile_id": QMetaType.Type.QString,
        "score": QMetaType.Type.Double,
        "percentile": QMetaType.Type.Double,
        "query": QMetaType.Type.QString,
    }
    fields = QgsFields()
    for name, kind in [*kinds.items(), *([(REVIEW, QMetaType.Type.QString)] if with_review else [])]:
        fields.append(QgsField(name, kind))
    return fields


def hit_features(
    answer: HitsAnswer, fields: QgsFields, reviews: Mapping[str, str] | None = None
) -> Iterator[QgsFeature]:
    """A polygon with its attributes for each hit, best first; reviews by tile id where there are some."""
    for hit in answer.hits:
        feature = QgsFeature(fields)
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(*hit.bounds)))
        for number, value in enumerate((hit.rank, hit.tile_id, hit.score, hit.percentile, answer.query)):
            feature.setAttribute(number, value)
        if reviews and hit.tile_id in reviews:
            feature.setAttribute(REVIEW, reviews[hit.tile_id] or None)
        yield feature


def hits_crs(answer: HitsAnswer) -> QgsCoordinateReferenceSystem:
    """The CRS of the hits' bounds; WGS 84 where there is no hit."""
    return crs_of(answer.hits[0].crs if answer.hits else _WORLD)


def write_hits(
    answers: Sequence[HitsAnswer], path: Path, *, reviews: Mapping[str, str] | None = None
) -> None:
    """Write the layer `hits` of a new GeoPackage; any thread may.

    The file exists whole or not at all; one of that name is replaced.

    Args:
        answers: One for each query, all of the same index.
        path: Where to, in a folder that exists.
        reviews: What was said of tiles so far, for the attribute `review`; None leaves the attribute out.

    Raises:
        LayerError: The file cannot be written.
    """
    crs = next((hits_crs(answer) for answer in answers if answer.hits), crs_of(_WORLD))
    try:
        with written_whole(path) as unfinished:
            _write(answers, unfinished, reviews, crs)
    except OSError as error:
        raise _not_written(path, str(error)) from error


def open_hits(path: Path, name: str) -> QgsVectorLayer:
    """The layer of a file of hits in its style, not yet part of a project.

    Args:
        path: A GeoPackage that the plugin or the command line wrote.
        name: As the layer tree shows it.

    Raises:
        LayerError: There is no such layer.
    """
    options = QgsVectorLayer.LayerOptions()
    # A style in the file would be read, only to be replaced.
    options.loadDefaultStyle = False
    layer = QgsVectorLayer(f"{path}|layername={LAYER}", name, "ogr", options)
    if not layer.isValid():
        raise LayerError(tr("the hits in {} cannot be opened").format(path), tr("Search again"))
    style_hits(layer)
    return layer


def _write(
    answers: Sequence[HitsAnswer],
    path: Path,
    reviews: Mapping[str, str] | None,
    crs: QgsCoordinateReferenceSystem,
) -> None:
    fields = hit_fields(with_review=reviews is not None)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName, options.fileEncoding = "GPKG", LAYER, "UTF-8"
    # Some thousand boxes are drawn as fast without an index, and written in half the time.
    options.layerOptions = ["SPATIAL_INDEX=NO"]
    writer = QgsVectorFileWriter.create(
        str(path), fields, Qgis.WkbType.Polygon, crs, QgsCoordinateTransformContext(), options
    )
    _check(writer, path)
    for answer in answers:
        writer.addFeatures(list(hit_features(answer, fields, reviews)), QgsFeatureSink.Flag.FastInsert)
    writer.flushBuffer()
    _check(writer, path)
    del writer  # closes the file


def _check(writer: QgsVectorFileWriter, path: Path) -> None:
    if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
        raise _not_written(path, writer.errorMessage())


def _not_written(path: Path, why: str) -> LayerError:
    return LayerError(
        tr("the hits could not be written to {}: {}").format(path.parent, why),
        tr("Check that the folder can be written to and that the disk has room"),
    )
