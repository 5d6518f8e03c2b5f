"""Which files hold the pictures of which tiles, and the pictures that were drawn last."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from qgis.PyQt.QtGui import QPixmap

# 64 KiB each at 128 px: at most 32 MiB, some hundred rows around those that are seen.
MOST_PIXMAPS = 512


@dataclass(frozen=True)
class Pictures:
    """A tile on both dates."""

    before: QPixmap
    after: QPixmap


class PictureStore:
    """The pictures used last; the oldest are forgotten first."""

    def __init__(self, most: int = MOST_PIXMAPS // 2) -> None:
        self._most = most
        self._kept: OrderedDict[str, Pictures] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, tile_id: str) -> Pictures | None:
        """Both dates of a tile, None where they are not here."""
        if tile_id in self._kept:
            self._kept.move_to_end(tile_id)
        return self._kept.get(tile_id)

    def put(self, tile_id: str, pictures: Pictures) -> None:
        """Keep them until others have been used more recently."""
        self._kept[tile_id] = pictures
        self._kept.move_to_end(tile_id)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
