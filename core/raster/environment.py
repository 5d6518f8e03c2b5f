"""Shields GDAL's wheel from another GDAL's settings, which would break it without a clear message."""

from __future__ import annotations

import os

# Paths that QGIS, conda or a system GDAL leave behind: they name data files of other versions.
_FOREIGN_PATHS = ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "GDAL_DRIVER_PATH")

# GDAL's own cache, in MB; it only smooths what straddles two planned reads, and fills whatever its size, so
# that a larger one makes a larger window cost more memory. The user's value wins.
GDAL_CACHE_MB = 8


def isolate_gdal() -> None:
    """Remove inherited GDAL and PROJ paths, keep PROJ off the network, bound GDAL's block cache.

    Works only before rasterio is first imported, so `changeseek.core.raster` calls it on import.
    """
    for name in _FOREIGN_PATHS:
        os.environ.pop(name, None)
    os.environ["PROJ_NETWORK"] = "OFF"
    os.environ.setdefault("GDAL_CACHEMAX", str(GDAL_CACHE_MB))
