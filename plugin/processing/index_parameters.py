"""The parameters of `changeseek:index`; their names are a contract."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    Qgis,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ...core.engine.messages import DEFAULT_TILE
from ..translation import tr
from .parameters import INDEX, described

BEFORE, AFTER = "BEFORE", "AFTER"
TILE, STRIDE, GSD, EXTENT = "TILE", "STRIDE", "GSD", "EXTENT"
MODEL, DEVICE = "MODEL", "DEVICE"
BANDS, BANDS_AFTER, DATES = "BANDS", "BANDS_AFTER", "DATES"
SHIFT_DATES = "SHIFT_DATES"

DEVICES = ("auto", "cpu", "cuda")
# The engine's own bounds.
LARGEST_TILE = 2048
LEAST_GSD = 0.000001


def index_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    """In the order in which the dialog shows them; those of advanced users after the others."""
    yield from _rasters()
    yield from _grid()
    yield from _model()
    yield from _rarely_needed()
    yield described(
        QgsProcessingParameterFolderDestination(INDEX, tr("Index folder")),
        tr("A folder that does not exist yet or is empty, such as town.csx; or one whose build was stopped."),
    )


def _rasters() -> Iterator[QgsProcessingParameterDefinition]:
    yield described(
        QgsProcessingParameterRasterLayer(BEFORE, tr("Before")), tr("The raster of the earlier date.")
    )
    yield described(
        QgsProcessingParameterRasterLayer(AFTER, tr("After")), tr("The raster of the later date.")
    )


def _grid() -> Iterator[QgsProcessingParameterDefinition]:
    pixels = Qgis.ProcessingNumberParameterType.Integer
    yield described(
        QgsProcessingParameterNumber(
            TILE, tr("Tile size (pixels)"), pixels, DEFAULT_TILE, minValue=1, maxValue=LARGEST_TILE
        ),
        tr("Side of a tile. What changed should fill a good part of it."),
    )
    yield described(
        QgsProcessingParameterNumber(
            STRIDE,
            tr("Stride (pixels)"),
            pixels,
            optional=True,
            minValue=1,
            maxValue=LARGEST_TILE,
        ),
        tr("Step from one tile to the next; empty is the tile size. Half of it lets tiles overlap by half."),
    )
    yield described(
        QgsProcessingParameterNumber(
            GSD,
            tr("Ground sample distance (metres a pixel)"),
            Qgis.ProcessingNumberParameterType.Double,
            optional=True,
            minValue=LEAST_GSD,
        ),
        tr("Resample both dates to this pixel size; empty keeps that of the finer date."),
    )
    yield described(
        QgsProcessingParameterExtent(EXTENT, tr("Area"), optional=True),
        tr("Part to index, in any CRS; empty takes all that both dates cover."),
    )


def _model() -> Iterator[QgsProcessingParameterDefinition]:
    yield described(
        QgsProcessingParameterString(MODEL, tr("Model"), optional=True),
        tr("Name or folder of a model; empty takes the one that ships. “Check the engine” lists them."),
    )
    yield described(
        QgsProcessingParameterEnum(
            DEVICE, tr("Device"), list(DEVICES), defaultValue=DEVICES[0], usesStaticStrings=True
        ),
        tr("auto takes a GPU where one can be used."),
    )


def _rarely_needed() -> Iterator[QgsProcessingParameterDefinition]:
    texts = (
        (BANDS, tr("Bands of before"), tr("Red, green and blue, such as 3,2,1; empty chooses.")),
        (BANDS_AFTER, tr("Bands of after"), tr("The same for the later date; empty is as before.")),
        (DATES, tr("Dates"), tr("Such as 2009-08-18,2015-09-26; empty looks at tags and file names.")),
    )
    for name, title, words in texts:
        yield described(QgsProcessingParameterString(name, title, optional=True), words, advanced=True)
    yield described(
        QgsProcessingParameterBoolean(
            SHIFT_DATES, tr("Take out the shift between the dates"), defaultValue=False
        ),
        tr("Move the later date by the measured shift while it is read; the file stays as it is."),
        advanced=True,
    )
