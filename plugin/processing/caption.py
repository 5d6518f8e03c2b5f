"""Processing: what happened on tiles, in ranked sentences as attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qgis.core import (
    QgsFeatureSink,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
)

from ...core.engine.messages import Captions, Info, TileCaptions
from ..translation import tr
from .base import ChangeSeekAlgorithm
from .caption_fields import captioned, with_captions
from .caption_parameters import BANK, TILES, caption_parameters
from .parameters import OUTPUT, TILE_ID, K, given
from .paths import absolute
from .tiles_to_caption import NamedFeature, TilesToCaption, named_tiles, tiles_of_layer
from .unknown_tiles import captions_where_known

UNKNOWN = "UNKNOWN"
_MOST_NAMED = 10


class CaptionAlgorithm(ChangeSeekAlgorithm):
    """Tiles in, the same tiles with captions out."""

    def name(self) -> str:
        """Part of the id `changeseek:caption`."""
        return "caption"

    def displayName(self) -> str:
        """In the toolbox."""
        return tr("Caption tiles")

    def group(self) -> str:
        """In the toolbox."""
        return tr("Ask an index")

    def groupId(self) -> str:
        """Fixed name of the group."""
        return "ask"

    def tags(self) -> list[str]:
        """Words by which people look for it."""
        return tr("change,detection,caption,describe,text,label,what changed").split(",")

    def shortHelpString(self) -> str:
        """Beside the parameters."""
        return tr(
            "Says what changed on tiles: the likeliest sentences of a caption bank, or that nothing "
            "changed.\n\n"
            "Give a layer with an attribute tile_id, such as hits: every feature comes out with caption_1, "
            "score_1, caption_2, … added. Or name one tile, or several with commas between them.\n\n"
            "Scores compare the captions of one tile, not those of different tiles. A tile that the index "
            "does not hold gets empty captions and a warning."
        )

    def initAlgorithm(self, _configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        for parameter in caption_parameters():
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputNumber(UNKNOWN, tr("Tiles that the index does not hold")))

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Find fault before the engine is asked."""
        fine, words = super().checkParameterValues(parameters, context)
        if fine and given(parameters, TILES) == given(parameters, TILE_ID):
            return False, tr("Give either a layer of tiles or the id of a tile, and not both")
        return fine, words

    def answer(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Ask and write batch by batch."""
        question = self._question(parameters, context)
        tiles = self._tiles(parameters, context, feedback)
        fields = with_captions(tiles.fields, question.k)
        sink, layer_id = self.parameterAsSink(parameters, OUTPUT, context, fields, tiles.shape, tiles.crs)
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, OUTPUT))
        unknown: list[str] = []
        done = 0
        for batch in tiles.in_batches():
            captions = self._captions(question, batch, feedback)
            features = [captioned(feature, fields, captions.get(tile_id)) for tile_id, feature in batch]
            if not sink.addFeatures(features, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(sink, parameters, OUTPUT))
            unknown += [tile_id for tile_id, _ in batch if tile_id not in captions]
            done += len(batch)
            feedback.setProgress(100 * done / max(tiles.count, done))
        _warn_of(unknown, feedback)
        return {OUTPUT: layer_id, UNKNOWN: len(unknown)}

    def _question(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Captions:
        """What is asked about each batch, no tiles in it yet."""
        k = self.parameterAsInt(parameters, K, context)
        bank = absolute(self.parameterAsString(parameters, BANK, context))
        return Captions(self.folder(parameters, context), (), k, bank)

    def _tiles(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> TilesToCaption:
        if given(parameters, TILES):
            source = self.parameterAsSource(parameters, TILES, context)
            if source is None:
                raise QgsProcessingException(self.invalidSourceError(parameters, TILES))
            return tiles_of_layer(source)
        ids = self.parameterAsString(parameters, TILE_ID, context).replace(",", " ").split()
        info = self.ask(Info(self.folder(parameters, context)), feedback, silent=True)
        return named_tiles(list(dict.fromkeys(ids)), info)

    def _captions(
        self, question: Captions, batch: Sequence[NamedFeature], feedback: QgsProcessingFeedback
    ) -> dict[str, TileCaptions]:
        def ask(tile_ids: Sequence[str]) -> Sequence[TileCaptions]:
            return self.ask(replace(question, tile_ids=tuple(tile_ids)), feedback, silent=True).tiles

        return captions_where_known(list(dict.fromkeys(tile_id for tile_id, _ in batch)), ask)


def _warn_of(unknown: Sequence[str], feedback: QgsProcessingFeedback) -> None:
    if not unknown:
        return
    names = ", ".join(tile_id or tr("(no id)") for tile_id in unknown[:_MOST_NAMED])
    feedback.pushWarning(
        tr("the index does not hold {} of the tiles, which have no captions: {}").format(
            len(unknown), names + (" …" if len(unknown) > _MOST_NAMED else "")
        )
    )
