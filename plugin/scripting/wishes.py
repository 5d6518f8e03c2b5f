"""The wishes that a script can have: what is asked, and what is made of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path as FilePath
from typing import Any, Union

from qgis.core import QgsVectorLayer

from ...core.engine.messages import (
    BuildIndex,
    Captions,
    HitsAnswer,
    IndexAnswer,
    Progress,
    Search,
    Similar,
    TileCaptions,
)
from ..layers.hits import write_hits
from ..processing.paths import absolute_model
from ..processing.tiles_to_caption import TILES_AT_ONCE
from ..translation import tr
from .asker import Asker
from .given import Crs, Extent, Path, Raster, corners_of, crs_name, path_of, source_of
from .hits_layer import hits_layer
from .wish import Wish, as_it_is


def wish_index(
    before: Raster,
    after: Raster,
    directory: Path,
    *,
    model: str = "",
    extent: Extent | None = None,
    extent_crs: Crs = "",
    **options: Any,
) -> Wish[IndexAnswer, IndexAnswer]:
    """An index built; layers are read here, on the main thread.

    Args:
        before: Raster of the first date.
        after: Of the second date.
        directory: The index folder.
        model: Name or folder.
        extent: Part to index.
        extent_crs: Of the extent.
        options: What else `BuildIndex` has, as the engine takes it.

    Raises:
        TypeError: There is no such option.
        LayerError: A layer is of a kind that the engine cannot read.
    """
    request = BuildIndex(
        *(source_of(before), source_of(after), path_of(directory)),
        model=absolute_model(model),
        extent=corners_of(extent),
        extent_crs=crs_name(extent, extent_crs),
        **options,
    )
    return Wish(tr("ChangeSeek: building an index"), lambda asker: asker.ask(request), as_it_is, long=True)


def wish_hits(request: Union[Search, Similar], output: str) -> Wish[HitsAnswer, QgsVectorLayer]:  # noqa: UP007
    """A layer of hits.

    Args:
        request: What is asked.
        output: A GeoPackage to write; empty for a layer in memory.
    """

    def work(asker: Asker) -> HitsAnswer:
        answer: HitsAnswer = asker.ask(request)
        if output:
            write_hits([answer], FilePath(output))
        return answer

    return Wish(tr("ChangeSeek: searching"), work, lambda answer: hits_layer(answer, output))


def wish_captions(
    index: str, tile_ids: Sequence[str], k: int, bank: str
) -> Wish[list[TileCaptions], list[TileCaptions]]:
    """Captions of tiles, asked for in batches, so that it can be seen how far they are and stopped."""

    def work(asker: Asker) -> list[TileCaptions]:
        captions: list[TileCaptions] = []
        for start in range(0, len(tile_ids), TILES_AT_ONCE):
            batch = tuple(tile_ids[start : start + TILES_AT_ONCE])
            captions += asker.ask(Captions(index, batch, k, bank), silent=True).tiles
            asker.tell(Progress(len(captions), len(tile_ids), 0.0, None))
        return captions

    return Wish(tr("ChangeSeek: captioning"), work, as_it_is, long=True)
