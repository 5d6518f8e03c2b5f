"""Where two sources share ground, and the working grid that is laid over it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from affine import Affine
from rasterio.crs import CRS
from rasterio.warp import transform_bounds

from changeseek.core.errors import ExtentError, NoOverlapError, TilingError
from changeseek.core.raster.crs import PROJECTION_ERRORS, same_crs
from changeseek.core.raster.grid import Bounds, PixelGrid
from changeseek.core.raster.ground import ground_scale
from changeseek.core.raster.positions import NODE_STEP
from changeseek.core.raster.registration import window_under
from changeseek.core.raster.source import RasterSource

# Two pixel sizes that differ by less are the same size; then the before date is the reference.
_SAME_SIZE = 0.02
# Fraction of a pixel that rounding in a file's transform may cost.
_SNAP = 1e-3
# Side in pixels of the grid by which shared ground is compared; whole steps between its nodes.
_COARSE = 16 * NODE_STEP


def parse_extent(text: str) -> Bounds:
    """An extent from "xmin,ymin,xmax,ymax".

    Raises:
        ExtentError: The text is something else.
    """
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    return _checked_extent(numbers, text)


def _checked_extent(numbers: Sequence[float], text: str) -> Bounds:
    if len(numbers) == 4 and all(map(math.isfinite, numbers)):
        extent = Bounds(*numbers)
        if extent.xmin < extent.xmax and extent.ymin < extent.ymax:
            return extent
    raise ExtentError(f"{text!r} is not an extent", "Give xmin,ymin,xmax,ymax in the CRS of the finer date")


def finer_first(before: RasterSource, after: RasterSource) -> tuple[RasterSource, RasterSource]:
    """The reference, which is the date with the smaller pixels on the ground, and the other."""
    if _ground_pixel(after) < _ground_pixel(before) * (1 - _SAME_SIZE):
        return after, before
    return before, after


def _ground_pixel(source: RasterSource) -> float:
    x, y = source.transform @ (source.width / 2, source.height / 2)
    side = math.sqrt(abs(source.transform.determinant))
    scale = ground_scale(source.crs, x, y, side)
    return side * math.sqrt(scale.x * scale.y)


def working_grid(
    reference: RasterSource, other: RasterSource, gsd: float | None, extent: Sequence[float] | None
) -> PixelGrid:
    """Lay a north-up grid in the reference's CRS over the ground that both sources cover.

    Without `gsd` the grid has the reference's own pixels where those are north-up.

    Args:
        reference: Source that gives CRS and pixels.
        other: The other date.
        gsd: Side of a pixel in metres on the ground, or None for the reference's pixels.
        extent: xmin, ymin, xmax, ymax in the reference's CRS, or None for all of the overlap.

    Raises:
        NoOverlapError: The sources, or they and the extent, share not one pixel.
        ExtentError: The extent is not a rectangle.
        TilingError: The ground sample distance is not positive.
    """
    shared = _shared_bounds(reference, other)
    if extent is not None:
        wanted = _checked_extent(extent, ",".join(f"{number:g}" for number in extent))
        shared = _intersection(shared, wanted, "the extent and the ground that both dates cover do not meet")
    origin = _pixel_lattice(reference, shared, gsd)
    return _snap(reference.crs, origin, shared, to_lattice=gsd is None)


def overlap_share(before: RasterSource, after: RasterSource) -> float:
    """Share 0..1 of the smaller raster's ground that both cover."""
    reference, other = finer_first(before, after)
    try:
        shared = working_grid(reference, other, None, None)
    except NoOverlapError:
        return 0.0
    under = window_under(other, _coarse(shared))
    shares = (
        shared.width * shared.height / (reference.width * reference.height),
        under.width * under.height / (other.width * other.height),
    )
    return min(1.0, max(shares))


def _coarse(grid: PixelGrid) -> PixelGrid:
    """The same ground in few pixels, as what lies under a grid is found by going over all of it."""
    scale = Affine.scale(grid.width / _COARSE, grid.height / _COARSE)
    return PixelGrid(grid.crs, grid.transform @ scale, _COARSE, _COARSE)


def _shared_bounds(reference: RasterSource, other: RasterSource) -> Bounds:
    message = f"{reference.name} and {other.name} share no ground"
    if same_crs(reference.crs, other.crs):
        _check_longitudes(reference, other)
        return _intersection(reference.bounds, other.bounds, message)
    try:
        projected = Bounds(*transform_bounds(other.crs, reference.crs, *other.bounds))
        if all(map(math.isfinite, projected)):
            return _intersection(reference.bounds, projected, message)
    except PROJECTION_ERRORS:
        pass
    return _shared_bounds_there_and_back(reference, other, message)


def _check_longitudes(reference: RasterSource, other: RasterSource) -> None:
    """Across the antimeridian one raster may count longitudes on to 360 where the other starts at -180."""
    one, two = reference.bounds, other.bounds
    if not CRS.from_user_input(reference.crs).is_geographic or _meet(one, two):
        return
    if any(_meet(one, two._replace(xmin=two.xmin + turn, xmax=two.xmax + turn)) for turn in (-360, 360)):
        raise NoOverlapError(
            f"{reference.name} and {other.name} count their longitudes a whole turn apart",
            "Move one of them by 360 degrees, in QGIS with 'Translate' and its corners",
        )


def _meet(one: Bounds, two: Bounds) -> bool:
    across = min(one.xmax, two.xmax) > max(one.xmin, two.xmin)
    return across and min(one.ymax, two.ymax) > max(one.ymin, two.ymin)


def _shared_bounds_there_and_back(reference: RasterSource, other: RasterSource, message: str) -> Bounds:
    """For a world-wide raster that does not fit into the reference's CRS: meet in its own CRS first."""
    try:
        there = Bounds(*transform_bounds(reference.crs, other.crs, *reference.bounds))
        met = _intersection(there, other.bounds, message)
        back = Bounds(*transform_bounds(other.crs, reference.crs, *met))
    except PROJECTION_ERRORS as error:
        raise NoOverlapError(message, "Check that the CRS of both is right") from error
    return _intersection(reference.bounds, back, message)


def _intersection(one: Bounds, two: Bounds, message: str) -> Bounds:
    met = Bounds(
        max(one.xmin, two.xmin), max(one.ymin, two.ymin), min(one.xmax, two.xmax), min(one.ymax, two.ymax)
    )
    if not (met.xmin < met.xmax and met.ymin < met.ymax):
        raise NoOverlapError(
            message, "Give two rasters of the same place, and an extent in the CRS of the finer"
        )
    return met


def _pixel_lattice(reference: RasterSource, shared: Bounds, gsd: float | None) -> Affine:
    own = reference.transform
    if gsd is not None:
        width, height = _pixel_size(reference.crs, shared, gsd)
        return Affine(width, 0.0, shared.xmin, 0.0, -height, shared.ymax)
    if own.b == 0 and own.d == 0 and own.a > 0 and own.e < 0:
        return own
    side = math.sqrt(abs(own.determinant))
    return Affine(side, 0.0, shared.xmin, 0.0, -side, shared.ymax)


def _pixel_size(crs: str, shared: Bounds, gsd: float) -> tuple[float, float]:
    if not (math.isfinite(gsd) and gsd > 0):
        raise TilingError(f"a ground sample distance cannot be {gsd:g} m", "Give metres above 0")
    x, y = (shared.xmin + shared.xmax) / 2, (shared.ymin + shared.ymax) / 2
    scale = ground_scale(crs, x, y, min(shared.xmax - shared.xmin, shared.ymax - shared.ymin) / 100)
    return gsd / scale.x, gsd / scale.y


def _snap(crs: str, lattice: Affine, shared: Bounds, *, to_lattice: bool) -> PixelGrid:
    """Keep the whole pixels of the lattice that lie inside the shared ground."""
    left, top = ~lattice @ (shared.xmin, shared.ymax)
    right, bottom = ~lattice @ (shared.xmax, shared.ymin)
    first_col, first_row = math.ceil(left - _SNAP), math.ceil(top - _SNAP)
    width = math.floor(right + _SNAP) - first_col
    height = math.floor(bottom + _SNAP) - first_row
    if not to_lattice:
        width, height = max(1, width), max(1, height)
    if width < 1 or height < 1:
        raise NoOverlapError(
            "the ground that both dates cover is less than a pixel", "Give rasters that overlap more"
        )
    return PixelGrid(crs, lattice @ Affine.translation(first_col, first_row), width, height)
