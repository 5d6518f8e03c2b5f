"""What is too large for the pipe and goes through files: pictures of tiles, outlines.

Within the standard library and the oldest Python that QGIS ships, because QGIS imports this too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from .base import KIND, Request


@dataclass(frozen=True)
class Thumbnail:
    """PNG files of one tile's two dates, as the model saw them."""

    tile_id: str
    before: str
    after: str


@dataclass(frozen=True)
class ThumbnailsAnswer:
    """Thumbnails in the order in which they were asked for."""

    thumbnails: tuple[Thumbnail, ...] = field(default=(), metadata={KIND: Thumbnail})


@dataclass(frozen=True)
class Thumbnails(Request[ThumbnailsAnswer]):
    """Write small pictures of tiles into `folder`; those that lie there already are not drawn again.

    Attributes:
        index: An index folder.
        tile_ids: Of tiles of the grid.
        folder: For the PNG files; made where missing.
        side: Of a picture in pixels.
    """

    index: str
    tile_ids: tuple[str, ...]
    folder: str
    side: int = 128

    method: ClassVar[str] = "thumbnails"
    answer: ClassVar[type] = ThumbnailsAnswer


@dataclass(frozen=True)
class FileAnswer:
    """A file that was written."""

    path: str


@dataclass(frozen=True)
class Outlines(Request[FileAnswer]):
    """Write outlines and ids of all tiles of an index as GeoPackage; a file of that name is replaced."""

    index: str
    output: str

    method: ClassVar[str] = "outlines"
    answer: ClassVar[type] = FileAnswer
