"""Captions as attributes: caption_1, score_1, caption_2, score_2 and so on, best first."""

from __future__ import annotations

import re

from qgis.core import QgsFeature, QgsField, QgsFields
from qgis.PyQt.QtCore import QMetaType

from ...core.engine.messages import TileCaptions

# Of an earlier run over the same layer; those are replaced, not doubled.
_OURS = re.compile(r"(caption|score)_\d+")


def with_captions(fields: QgsFields, k: int) -> QgsFields:
    """The fields of a layer, followed by those of k captions."""
    grown = QgsFields()
    for field in fields:
        if not _OURS.fullmatch(field.name()):
            grown.append(field)
    for rank in range(1, k + 1):
        grown.append(QgsField(f"caption_{rank}", QMetaType.Type.QString))
        grown.append(QgsField(f"score_{rank}", QMetaType.Type.Double))
    return grown


def captioned(feature: QgsFeature, fields: QgsFields, captions: TileCaptions | None) -> QgsFeature:
    """A copy of a feature with its captions.

    Args:
        feature: Of the layer that was captioned.
        fields: As `with_captions` made them.
        captions: At most as many as the fields hold; None leaves them empty.
    """
    grown = QgsFeature(fields)
    grown.setGeometry(feature.geometry())
    for number, field in enumerate(feature.fields()):
        if not _OURS.fullmatch(field.name()):
            grown.setAttribute(field.name(), feature.attribute(number))
    for caption in captions.captions if captions is not None else ():
        grown.setAttribute(f"caption_{caption.rank}", caption.caption)
        grown.setAttribute(f"score_{caption.rank}", caption.score)
    return grown
