"""Captions where a layer may hold tiles that the index does not, such as those of another index."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...core.engine.messages import TileCaptions
from ..errors import BadRequestError

# The engine's name for it.
UNKNOWN = "UnknownTileError"


def captions_where_known(
    tile_ids: Sequence[str], ask: Callable[[Sequence[str]], Sequence[TileCaptions]]
) -> dict[str, TileCaptions]:
    """Captions by tile id, without the tiles that the index does not hold.

    The engine refuses a whole question for one unknown tile, so it is halved until the unknown ones are
    alone: one question where all are known, as nearly always.

    Args:
        tile_ids: Each once; empty ones are left out.
        ask: Puts the question; raises BadRequestError of the kind UNKNOWN.

    Raises:
        BadRequestError: Anything else is wrong.
    """
    wanted = [tile_id for tile_id in tile_ids if tile_id]
    if not wanted:
        return {}
    try:
        return {tile.tile_id: tile for tile in ask(wanted)}
    except BadRequestError as error:
        if error.kind != UNKNOWN:
            raise
    if len(wanted) == 1:
        return {}
    middle = len(wanted) // 2
    return {
        **captions_where_known(wanted[:middle], ask),
        **captions_where_known(wanted[middle:], ask),
    }
