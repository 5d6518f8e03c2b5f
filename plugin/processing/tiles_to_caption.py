"""The tiles that people want captions for: features of a layer, or tiles named by their ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsProcessingFeatureSource,
    QgsVariantUtils,
)
from qgis.PyQt.QtCore import QMetaType

from ...core.engine.messages import InfoAnswer
from ..errors import BadRequestError, LayerError
from ..map.tiles import Tiles
from ..translation import tr

TILE_FIELD = "tile_id"
# Often enough for progress and cancel, seldom enough that asking costs little.
TILES_AT_ONCE = 256

NamedFeature = tuple[str, QgsFeature]
"""The id of a tile, empty where a feature has none, and the feature."""


@dataclass(frozen=True)
class TilesToCaption:
    """Features that each stand for a tile.

    Attributes:
        fields: Of the features.
        shape: Kind of their geometry.
        crs: Of their geometry.
        count: How many there are; below 0 where nobody knows.
        features: Gives them, once.
    """

    fields: QgsFields
    shape: Qgis.WkbType
    crs: QgsCoordinateReferenceSystem
    count: int
    features: Iterator[NamedFeature]

    def in_batches(self) -> Iterator[list[NamedFeature]]:
        """The features in lists of at most TILES_AT_ONCE."""
        while batch := list(islice(self.features, TILES_AT_ONCE)):
            yield batch


def tiles_of_layer(source: QgsProcessingFeatureSource) -> TilesToCaption:
    """The features of a layer with the attribute `tile_id`.

    Raises:
        LayerError: It has no such attribute.
    """
    fields = source.fields()
    place = fields.indexOf(TILE_FIELD)
    if place < 0:
        raise LayerError(
            tr("the layer {} has no attribute {}").format(source.sourceName(), TILE_FIELD),
            tr("Give a layer of hits, or rename the attribute that holds the ids of tiles"),
        )
    named = _named(source, place)
    return TilesToCaption(fields, source.wkbType(), source.sourceCrs(), source.featureCount(), named)


def named_tiles(tile_ids: Sequence[str], info: InfoAnswer) -> TilesToCaption:
    """The outlines of tiles by their ids.

    Raises:
        BadRequestError: The index's grid has no such tile.
    """
    fields = QgsFields()
    fields.append(QgsField(TILE_FIELD, QMetaType.Type.QString))
    grid = Tiles.of(info)
    named = [(tile_id, _outline(tile_id, grid, fields)) for tile_id in tile_ids]
    return TilesToCaption(fields, Qgis.WkbType.Polygon, grid.reference_system, len(named), iter(named))


def _named(source: QgsProcessingFeatureSource, place: int) -> Iterator[NamedFeature]:
    # Holds the source: QGIS's iterator does not, and gives nothing, or crashes, once the source has gone.
    for feature in source.getFeatures():
        yield _text(feature.attribute(place)), feature


def _outline(tile_id: str, grid: Tiles, fields: QgsFields) -> QgsFeature:
    feature = QgsFeature(fields)
    feature.setAttribute(TILE_FIELD, tile_id)
    try:
        feature.setGeometry(QgsGeometry.fromRect(grid.bounds(tile_id)))
    except ValueError as error:
        last = f"r{grid.down.count - 1:03d}c{grid.across.count - 1:03d}"
        advice = tr("Tiles go from r000c000 to {}").format(last)
        raise BadRequestError(tr("the index holds no tile {}").format(tile_id), advice) from error
    return feature


def _text(value: object) -> str:
    return "" if QgsVariantUtils.isNull(value) else str(value)
