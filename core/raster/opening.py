"""Opens rasters, and says plainly why one cannot be opened."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import rasterio
from rasterio.errors import RasterioIOError

from changeseek.core.errors import SourceNotFoundError, SourceNotReadableError


@contextmanager
def open_dataset(path: str, overview: int | None = None) -> Iterator[Any]:
    """Open a raster with GDAL for reading, or one of its overviews, counted from 0.

    Raises:
        SourceNotFoundError: There is no such file.
        SourceNotReadableError: GDAL cannot open it.
    """
    with rasterio.Env(), open_handle(path, overview) as dataset:
        yield dataset


def open_handle(path: str, overview: int | None = None) -> Any:
    """The same for a caller who closes it, and who has entered rasterio's environment in its thread."""
    try:
        return rasterio.open(path) if overview is None else rasterio.open(path, overview_level=overview)
    except (RasterioIOError, UnicodeEncodeError) as error:
        # A system's name may hold bytes that are no character; GDAL takes none such.
        # Not by Path's own method, which raises where a name is too long or a folder may not be entered.
        if not _may_be_remote(path) and not os.path.exists(path):
            raise SourceNotFoundError(f"{path} does not exist", "Check the path") from error
        raise SourceNotReadableError(
            f"{path} is not a raster that GDAL can open", "Give a GeoTIFF, a VRT or another raster file"
        ) from error


def _may_be_remote(path: str) -> bool:
    return path.startswith("/vsi") or ":" in path[2:]
