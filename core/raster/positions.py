"""Where the working grid's pixels lie in a source's pixels, the same whichever window asks.

GDAL's own warper measures its approximation anew for every window, so that a pixel's value depends on
the window in which it is read; here it hangs on nodes that belong to the grid.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from affine import Affine
from numpy.typing import NDArray

from changeseek.core.raster.crs import Floats, carry_points, same_crs
from changeseek.core.raster.grid import PixelGrid, PixelWindow

# Grid pixels from node to node; between them a map projection is as good as bilinear.
NODE_STEP = 16


class Positions(NamedTuple):
    """Columns and rows in a source, fractions of a pixel included; NaN where a CRS ends."""

    cols: Floats
    rows: Floats


class Placement(NamedTuple):
    """A grid over a source.

    Attributes:
        grid: The grid.
        crs: The source's CRS.
        transform: Pixel corner (col, row) of the source to its CRS units.
    """

    grid: PixelGrid
    crs: str
    transform: Affine

    def nodes(self, window: PixelWindow) -> Positions:
        """Exact positions of the nodes around a window of the grid, (node rows, node columns) each."""
        row_nodes = _nodes_over(window.row_off, window.height)
        col_nodes = _nodes_over(window.col_off, window.width)
        cols, rows = np.meshgrid(col_nodes * NODE_STEP, row_nodes * NODE_STEP)
        return self._project(cols.astype(np.float64), rows.astype(np.float64))

    def positions(self, window: PixelWindow, inside: tuple[float, float] = (0.5, 0.5)) -> Positions:
        """Positions (H, W) of one point in each of a window's pixels.

        Args:
            window: Pixels of the grid.
            inside: Where in the pixel, (col, row) in 0..1; its centre if nothing else is said.
        """
        nodes = self.nodes(window)
        cols = _between_nodes(window.col_off, window.width, inside[0])
        rows = _between_nodes(window.row_off, window.height, inside[1])
        return Positions(_interpolate(nodes.cols, rows, cols), _interpolate(nodes.rows, rows, cols))

    def _project(self, cols: Floats, rows: Floats) -> Positions:
        to_crs = self.grid.transform
        xs, ys = to_crs.c + to_crs.a * cols, to_crs.f + to_crs.e * rows
        if not same_crs(self.crs, self.grid.crs):
            flat = carry_points(self.grid.crs, self.crs, xs.ravel(), ys.ravel())
            xs, ys = (values.reshape(cols.shape) for values in flat)
        to_pixel = ~self.transform
        return Positions(
            to_pixel.a * xs + to_pixel.b * ys + to_pixel.c, to_pixel.d * xs + to_pixel.e * ys + to_pixel.f
        )


class _Between(NamedTuple):
    node: NDArray[np.intp]
    share: Floats


def _nodes_over(offset: int, size: int) -> NDArray[np.int64]:
    return np.arange(offset // NODE_STEP, (offset + size - 1) // NODE_STEP + 2)


def _between_nodes(offset: int, size: int, inside: float) -> _Between:
    pixels = np.arange(offset, offset + size)
    nodes = pixels // NODE_STEP
    return _Between(nodes - nodes[0], (pixels - nodes * NODE_STEP + inside) / NODE_STEP)


def _interpolate(nodes: Floats, rows: _Between, cols: _Between) -> Floats:
    across = nodes[:, cols.node] * (1 - cols.share) + nodes[:, cols.node + 1] * cols.share
    down = rows.share[:, None]
    return np.asarray(across[rows.node] * (1 - down) + across[rows.node + 1] * down)
