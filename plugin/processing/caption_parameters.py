"""The parameters of `changeseek:caption`; their names are a contract."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    Qgis,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ...core.engine.messages import DEFAULT_CAPTIONS
from ..translation import tr
from .parameters import OUTPUT, TILE_ID, K, described, index_folder

TILES, BANK = "TILES", "BANK"
MOST_CAPTIONS = 100


def caption_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    """In the order in which the dialog shows them."""
    yield index_folder()
    yield described(
        QgsProcessingParameterFeatureSource(
            TILES, tr("Tiles"), [Qgis.ProcessingSourceType.Vector], optional=True
        ),
        tr("A layer with the attribute tile_id, such as hits."),
    )
    yield described(
        QgsProcessingParameterString(TILE_ID, tr("Or the id of a tile"), optional=True),
        tr("Such as r012c034; several with commas between them."),
    )
    yield described(
        QgsProcessingParameterNumber(
            K,
            tr("Captions a tile"),
            Qgis.ProcessingNumberParameterType.Integer,
            DEFAULT_CAPTIONS,
            minValue=1,
            maxValue=MOST_CAPTIONS,
        ),
        tr("The best captions are given, at most this many for each tile."),
    )
    bank = QgsProcessingParameterFile(
        BANK, tr("Caption bank"), optional=True, fileFilter=tr("Sentences") + " (*.tsv *.csv *.txt)"
    )
    words = tr("Your own sentences: .tsv, .csv or one a line; empty takes those that ship.")
    yield described(bank, words, advanced=True)
    yield QgsProcessingParameterFeatureSink(OUTPUT, tr("Captions"), Qgis.ProcessingSourceType.Vector)
