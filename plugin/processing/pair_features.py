"""Pairs of tiles as features: both outlines as one shape, both ids, and room for an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qgis.core import QgsFeature, QgsField, QgsFields, QgsGeometry, QgsRectangle
from qgis.PyQt.QtCore import QMetaType

from ...core.engine.messages import Proposal

FIRST, SECOND, ANSWER = "first", "second", "answer"


def pair_fields() -> QgsFields:
    """The attributes of a pair; `answer` is for people to fill in."""
    text, number = QMetaType.Type.QString, QMetaType.Type.Double
    kinds = {
        "pair": QMetaType.Type.Int,
        **{FIRST: text, SECOND: text, "probability": number, "uncertainty": number, "why": text},
        ANSWER: text,
    }
    fields = QgsFields()
    for name, kind in kinds.items():
        fields.append(QgsField(name, kind))
    return fields


def pair_features(proposals: Sequence[Proposal], fields: QgsFields) -> Iterator[QgsFeature]:
    """A shape of two squares with its attributes for each pair, the most telling first."""
    for number, pair in enumerate(proposals, start=1):
        feature = QgsFeature(fields)
        squares = [QgsGeometry.fromRect(QgsRectangle(*tile.bounds)) for tile in (pair.first, pair.second)]
        feature.setGeometry(QgsGeometry.collectGeometry(squares))
        values = (
            *(number, pair.first.tile_id, pair.second.tile_id),
            *(pair.probability, pair.uncertainty, pair.why, None),
        )
        for place, value in enumerate(values):
            feature.setAttribute(place, value)
        yield feature
