"""An extent that was drawn in another CRS, such as a map's, in the CRS of the raster that it is to cut."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rasterio.warp import transform_bounds

from changeseek.core.errors import ExtentError, NoOverlapError
from changeseek.core.raster.crs import PROJECTION_ERRORS, same_crs
from changeseek.core.raster.grid import Bounds
from changeseek.core.raster.source import RasterSource

# Points on each side of a rectangle that are carried over, because straight lines become curves.
_POINTS_A_SIDE = 21


def carry_extent(extent: Sequence[float], crs: str, source: RasterSource) -> Bounds:
    """The rectangle around that part of an extent which lies on a raster, in the raster's CRS.

    They meet in the extent's CRS first: a view of the whole world does not fit into a local CRS.

    Args:
        extent: xmin, ymin, xmax, ymax in units of `crs`.
        crs: Authority code or WKT.
        source: The raster.

    Raises:
        ExtentError: The CRS cannot be read, or the raster cannot be carried into it.
        NoOverlapError: The extent lies beside the raster.
    """
    try:
        if same_crs(crs, source.crs):
            return Bounds(*extent)
        return _carry(Bounds(*extent), crs, source)
    except PROJECTION_ERRORS as error:
        raise ExtentError(
            f"the extent cannot be carried from {_name(crs)} into the CRS of {source.name}",
            "Give the extent in the CRS of the finer date",
        ) from error


def _carry(extent: Bounds, crs: str, source: RasterSource) -> Bounds:
    there = Bounds(*transform_bounds(source.crs, crs, *source.bounds, densify_pts=_POINTS_A_SIDE))
    met = Bounds(
        max(extent.xmin, there.xmin),
        max(extent.ymin, there.ymin),
        min(extent.xmax, there.xmax),
        min(extent.ymax, there.ymax),
    )
    if not all(map(math.isfinite, there)):
        raise ExtentError(f"{source.name} does not fit into {_name(crs)}", "Give the extent in another CRS")
    if not (met.xmin < met.xmax and met.ymin < met.ymax):
        raise NoOverlapError(f"the extent lies beside {source.name}", "Draw it over both rasters")
    return Bounds(*transform_bounds(crs, source.crs, *met, densify_pts=_POINTS_A_SIDE))


def _name(crs: str) -> str:
    return crs if len(crs) < 20 else "its CRS"
