"""Brings pixels of a source onto the working grid."""

from __future__ import annotations

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.warp import reproject

from changeseek.core.raster.grid import PixelWindow
from changeseek.core.raster.registration import Registration

Bytes = NDArray[np.uint8]

_HALF = 128


def reduce_pixels(pixels: Bytes, factor: int) -> Bytes:
    """Average squares of valid pixels: (4, H, W) to (4, ceil(H / factor), ceil(W / factor)).

    Args:
        pixels: Red, green, blue and validity (0 or 255), uint8.
        factor: Side of a square.

    Returns:
        uint8; validity becomes the covered part of the square times 255.
    """
    if factor == 1:
        return pixels
    _, height, width = pixels.shape
    padding = ((0, 0), (0, -height % factor), (0, -width % factor))
    squares = np.pad(pixels, padding)
    shape = (4, squares.shape[1] // factor, factor, squares.shape[2] // factor, factor)
    squares = squares.reshape(shape)
    weight = squares[3].astype(np.float32)
    total = weight.sum(axis=(1, 3))
    colours = [(band * weight).sum(axis=(1, 3)) / np.maximum(total, 1.0) for band in squares[:3]]
    return np.asarray(np.rint(np.stack([*colours, total / factor**2])), dtype=np.uint8)


def resample(pixels: Bytes, origin: PixelWindow, registration: Registration, window: PixelWindow) -> Bytes:
    """Bring reduced source pixels onto a window of the working grid.

    The kernel's width is fixed by the registration: left to itself GDAL would measure it anew for
    every window, and a pixel's value would depend on the window in which it was read.

    Args:
        pixels: (4, h, w) uint8: red, green, blue, validity 0..255.
        origin: Where they lie in the reduced source; at least what the window needs.
        registration: How the source lies under the grid.
        window: Pixels of the grid.

    Returns:
        (4, H, W) uint8; validity is 0 or 255.
    """
    result = np.zeros((4, window.height, window.width), dtype=np.uint8)
    if pixels.size == 0:
        return result
    if registration.offset is not None:
        _place(pixels, origin, registration.offset, window, result)
    else:
        _warp(pixels, origin, registration, window, result)
    result[3] = np.where(result[3] >= _HALF, 255, 0)
    return result


def _place(
    pixels: Bytes, origin: PixelWindow, offset: tuple[int, int], window: PixelWindow, result: Bytes
) -> None:
    top = origin.row_off - offset[0] - window.row_off
    left = origin.col_off - offset[1] - window.col_off
    result[:, top : top + origin.height, left : left + origin.width] = pixels


def _warp(
    pixels: Bytes, origin: PixelWindow, registration: Registration, window: PixelWindow, result: Bytes
) -> None:
    reproject(
        pixels,
        result,
        src_transform=registration.transform * Affine.translation(origin.col_off, origin.row_off),
        src_crs=registration.source.crs,
        dst_transform=registration.grid.window_transform(window),
        dst_crs=registration.grid.crs,
        src_alpha=4,
        dst_alpha=4,
        resampling=Resampling.bilinear,
        XSCALE=str(registration.kernel[0]),
        YSCALE=str(registration.kernel[1]),
    )
