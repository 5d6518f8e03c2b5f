"""What the panel's buttons did, as the algorithms that do the same, for Processing's history."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessing

from ...core.engine.messages import BuildIndex, HitsAnswer, IndexAnswer, Search, Similar
from ..processing.history import leave_entry


def note_build(request: BuildIndex, answer: IndexAnswer) -> None:
    """Leave an entry of a build that ended well; main thread."""
    leave_entry(
        "changeseek:index",
        _given(
            BEFORE=request.before,
            AFTER=request.after,
            TILE=request.tile,
            STRIDE=request.stride,
            GSD=request.gsd,
            EXTENT=_extent(request),
            MODEL=request.model,
            DEVICE=request.device,
            BANDS=request.bands,
            BANDS_AFTER=request.bands_after,
            DATES=request.dates,
            SHIFT_DATES=request.shift_dates or None,
            INDEX=request.directory,
        ),
        {"INDEX": answer.index, "TILES": answer.tiles, "SKIPPED": answer.skipped},
    )


def note_search(request: Search | Similar, answer: HitsAnswer) -> None:
    """Leave an entry of a search, or of "more like this"; main thread."""
    results = {"HITS": len(answer.hits)}
    output = QgsProcessing.TEMPORARY_OUTPUT
    if isinstance(request, Similar):
        parameters = _given(INDEX=request.index, TILE_ID=request.tile_id, K=request.k, OUTPUT=output)
        leave_entry("changeseek:similar", parameters, results)
        return
    parameters = _given(
        INDEX=request.index,
        QUERY=request.text,
        MODE=request.mode,
        WITHOUT=request.without,
        K=request.k,
        OUTPUT=output,
    )
    leave_entry("changeseek:search", parameters, results)


def _given(**parameters: Any) -> dict[str, Any]:
    """Without what was left empty, which the algorithm leaves empty too."""
    return {name: value for name, value in parameters.items() if value not in (None, "")}


def _extent(request: BuildIndex) -> str | None:
    """As Processing writes an extent: both x first."""
    if request.extent is None:
        return None
    xmin, ymin, xmax, ymax = request.extent
    crs = f" [{request.extent_crs}]" if request.extent_crs else ""
    return f"{xmin},{xmax},{ymin},{ymax}{crs}"
