"""Processing: two rasters to an index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
)

from ...core.engine.messages import BuildIndex, IndexAnswer
from ..errors import LayerError
from ..layers.crs import name_of
from ..layers.sources import raster_source
from ..translation import tr
from .base import ChangeSeekAlgorithm
from .folders import made_way
from .index_parameters import (
    AFTER,
    BANDS,
    BANDS_AFTER,
    BEFORE,
    DATES,
    DEVICE,
    EXTENT,
    GSD,
    MODEL,
    SHIFT_DATES,
    STRIDE,
    TILE,
    index_parameters,
)
from .parameters import INDEX, given
from .paths import absolute_if_there, absolute_model
from .watching import duration

TILES, SKIPPED = "TILES", "SKIPPED"


class IndexAlgorithm(ChangeSeekAlgorithm):
    """Two rasters in, an index folder out."""

    def __init__(self) -> None:
        super().__init__()
        self._before = self._after = ""

    def name(self) -> str:
        """Part of the id `changeseek:index`."""
        return "index"

    def displayName(self) -> str:
        """In the toolbox."""
        return tr("Build an index")

    def group(self) -> str:
        """In the toolbox."""
        return tr("Prepare")

    def groupId(self) -> str:
        """Fixed name of the group."""
        return "prepare"

    def tags(self) -> list[str]:
        """Words by which people look for it."""
        return tr("change,detection,build,embed,embedding,tiles,raster,two dates,model").split(",")

    def shortHelpString(self) -> str:
        """Beside the parameters."""
        return tr(
            "Cuts two rasters of two dates into the same tiles, lets the model look at each pair, and writes "
            "what it saw into an index folder that texts can be asked of.\n\n"
            "The rasters may differ in CRS, pixel size and origin. A build that was stopped goes on where it "
            "was when it is run again with the same folder; one that is complete is left as it is.\n\n"
            "The rasters must be files (or addresses that GDAL opens): export a web or memory layer first."
        )

    def initAlgorithm(self, _configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        for parameter in index_parameters():
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputNumber(TILES, tr("Number of tiles")))
        self.addOutput(QgsProcessingOutputNumber(SKIPPED, tr("Tiles left out for too few valid pixels")))

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Find fault before the engine is asked."""
        fine, words = super().checkParameterValues(parameters, context)
        if not fine:
            return fine, words
        if parameters[BEFORE] == parameters[AFTER]:
            return False, str(LayerError(*_same_raster()))
        tile, stride = self.parameterAsInt(parameters, TILE, context), self._stride(parameters, context)
        if stride is not None and stride > tile:
            return False, tr(
                "A stride of {} pixels leaves gaps between tiles of {}. "
                "Give a stride that is at most the tile size"
            ).format(stride, tile)
        return True, ""

    def take(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Take the rasters' sources while still on the main thread."""
        self._before = self._source(parameters, BEFORE, context)
        self._after = self._source(parameters, AFTER, context)
        if self._before == self._after:
            raise LayerError(*_same_raster())

    def answer(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Build."""
        request = self._request(parameters, context)
        with made_way(Path(request.directory)):
            built = self.ask(request, feedback)
        _say_built(built, feedback)
        return {INDEX: built.index, TILES: built.tiles, SKIPPED: built.skipped}

    def _request(self, parameters: dict[str, Any], context: QgsProcessingContext) -> BuildIndex:
        extent = self.parameterAsExtent(parameters, EXTENT, context)
        crs = self.parameterAsExtentCrs(parameters, EXTENT, context)
        corners = (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
        return BuildIndex(
            before=self._before,
            after=self._after,
            directory=self.folder(parameters, context),
            tile=self.parameterAsInt(parameters, TILE, context),
            stride=self._stride(parameters, context),
            gsd=self.parameterAsDouble(parameters, GSD, context) if given(parameters, GSD) else None,
            bands=self.parameterAsString(parameters, BANDS, context),
            bands_after=self.parameterAsString(parameters, BANDS_AFTER, context),
            dates=self.parameterAsString(parameters, DATES, context),
            model=absolute_model(self.parameterAsString(parameters, MODEL, context)),
            device=self.parameterAsEnumString(parameters, DEVICE, context),
            extent=None if extent.isNull() else corners,
            extent_crs="" if extent.isNull() or not crs.isValid() else name_of(crs),
            shift_dates=self.parameterAsBool(parameters, SHIFT_DATES, context),
        )

    def _source(self, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> str:
        layer = self.parameterAsRasterLayer(parameters, name, context)
        if layer is None:
            raise LayerError(self.invalidRasterError(parameters, name))
        return absolute_if_there(raster_source(layer))

    def _stride(self, parameters: dict[str, Any], context: QgsProcessingContext) -> int | None:
        return self.parameterAsInt(parameters, STRIDE, context) if given(parameters, STRIDE) else None


def _same_raster() -> tuple[str, str]:
    return tr("before and after are the same raster"), tr("Choose two rasters of two dates")


def _say_built(built: IndexAnswer, feedback: QgsProcessingFeedback) -> None:
    feedback.pushInfo(
        tr("{tiles} tiles by the model {model} on {device} in {time}; {skipped} left out").format(
            tiles=built.tiles,
            model=built.model,
            device=built.device,
            time=duration(built.seconds),
            skipped=built.skipped,
        )
    )
