"""Stored values of one window of a source: three bands and which pixels are valid."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from changeseek.core.raster.grid import PixelWindow
from changeseek.core.raster.source import RasterSource


class Decoded(NamedTuple):
    """Values of a window as they are stored.

    Attributes:
        values: (3, H, W) in the source's dtype (uint8 for a palette); undefined where not valid.
        valid: (H, W) bool.
    """

    values: NDArray[Any]
    valid: NDArray[np.bool_]


def decode(dataset: Any, source: RasterSource, window: PixelWindow) -> Decoded:
    """Read the chosen bands of a window once and tell valid pixels from the rest.

    A pixel is not valid where alpha or the mask say so, where a chosen band is NaN or infinite, or
    where it is nodata. Nodata at the end of an unsigned type's range (0 mostly) is also an honest
    dark value, so there all chosen bands must carry it; elsewhere one of them is enough.

    Args:
        dataset: The source, opened; used by one thread at a time.
        source: What is known of it.
        window: Pixels of the source.
    """
    return interpret(dataset, source, read_stored(dataset, source, window))


def read_stored(dataset: Any, source: RasterSource, window: PixelWindow) -> Decoded:
    """Each chosen band once, as it is stored, and what alpha or the mask say.

    Args:
        dataset: The source, or one of its overviews, opened.
        source: What is known of it.
        window: Pixels of the dataset.
    """
    bands = _distinct_bands(source)
    area = Window(window.col_off, window.row_off, window.width, window.height)
    raw = dataset.read(bands if source.alpha is None else [*bands, source.alpha], window=area)
    if source.alpha is not None:
        return Decoded(raw[:-1], raw[-1] > 0)
    if source.masked:
        return Decoded(raw, dataset.read_masks(bands[0], window=area) > 0)
    return Decoded(raw, np.ones(raw.shape[1:], dtype=bool))


def interpret(dataset: Any, source: RasterSource, stored: Decoded) -> Decoded:
    """Red, green and blue from what `read_stored` brought, whose validity is used up."""
    bands, (raw, valid) = _distinct_bands(source), stored
    if source.palette:
        return _expand_palette(dataset, source, raw[0], valid)
    valid &= _valid_values(raw, [source.nodata[source.bands.index(band)] for band in bands], source)
    values = raw if len(bands) == 3 else raw[[bands.index(band) for band in source.bands]]
    return Decoded(values, valid)


def _distinct_bands(source: RasterSource) -> list[int]:
    return list(dict.fromkeys(source.bands))


def _valid_values(raw: NDArray[Any], nodata: list[float | None], source: RasterSource) -> NDArray[np.bool_]:
    valid = np.ones(raw.shape[1:], dtype=bool)
    if raw.dtype.kind == "f":
        valid &= np.isfinite(raw).all(axis=0)
    if source.zero_is_gap and raw.dtype.kind == "u":
        return np.asarray(valid & (raw != 0).any(axis=0))
    absent = [_equals(band, value) for band, value in zip(raw, nodata, strict=True) if value is not None]
    if not absent:
        return valid
    ambiguous = raw.dtype.kind == "u" and all(_is_range_end(value, raw.dtype) for value in nodata)
    combine = np.logical_and if ambiguous and len(absent) == len(raw) else np.logical_or
    return np.asarray(valid & ~combine.reduce(absent))


def _equals(band: NDArray[Any], value: float) -> NDArray[np.bool_]:
    if band.dtype.kind == "f":
        return np.asarray(band == band.dtype.type(value))
    limits = np.iinfo(band.dtype)
    if not (limits.min <= value <= limits.max and float(value).is_integer()):
        return np.zeros(band.shape, dtype=bool)
    return np.asarray(band == band.dtype.type(int(value)))


def _is_range_end(value: float | None, dtype: np.dtype[Any]) -> bool:
    return value in (0, np.iinfo(dtype).max)


def _expand_palette(
    dataset: Any, source: RasterSource, indices: NDArray[Any], valid: NDArray[np.bool_]
) -> Decoded:
    colours = np.zeros((int(np.iinfo(indices.dtype).max) + 1, 4), dtype=np.uint8)
    for index, colour in dataset.colormap(source.bands[0]).items():
        colours[index] = colour
    expanded = np.moveaxis(colours[indices], -1, 0)
    valid = valid & (expanded[3] > 0)
    if source.nodata[0] is not None:
        valid &= ~_equals(indices, source.nodata[0])
    return Decoded(expanded[:3], valid)
