"""Both dates in one window of the working grid, as the model would see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rasterio.errors import RasterioError

from changeseek.core.errors import SourceNotReadableError
from changeseek.core.raster.bilinear import Bytes
from changeseek.core.raster.decode import decode
from changeseek.core.raster.grid import PixelWindow
from changeseek.core.raster.opening import open_dataset
from changeseek.core.raster.pair import RasterPair
from changeseek.core.raster.radiometry import Stretch
from changeseek.core.raster.reduce import reduce_pixels, weigh
from changeseek.core.raster.registration import Registration
from changeseek.core.raster.resample import resample


class Look(NamedTuple):
    """One window of both dates.

    Attributes:
        before: (3, H, W) uint8.
        after: (3, H, W) uint8, matched to the before date.
        valid: (H, W) bool, both dates have data.
    """

    before: Bytes
    after: Bytes
    valid: NDArray[np.bool_]


def look_at(
    pair: RasterPair, registrations: tuple[Registration, Registration], windows: Sequence[PixelWindow]
) -> Iterator[Look]:
    """Read both dates window by window; one window is in memory at a time.

    Raises:
        SourceNotReadableError: A source cannot be read there.
    """
    with ExitStack() as files:
        before, after = (files.enter_context(open_dataset(one.source.path)) for one in registrations)
        for window in windows:
            one = _read(before, registrations[0], pair.stretch_before, window)
            other = _read(after, registrations[1], pair.stretch_after, window)
            yield Look(one[:3], other[:3], (one[3] > 0) & (other[3] > 0))


def _read(dataset: Any, registration: Registration, stretch: Stretch, window: PixelWindow) -> Bytes:
    source, factor = registration.source, registration.reduction
    needed = registration.source_window(window)
    top, left, height, width = (length * factor for length in needed)
    height, width = min(height, source.height - top), min(width, source.width - left)
    if height <= 0 or width <= 0:
        return np.zeros((4, window.height, window.width), dtype=np.uint8)
    try:
        values, valid = decode(dataset, source, PixelWindow(top, left, height, width))
    except RasterioError as error:
        raise SourceNotReadableError(
            f"{source.path} is damaged: some of its pixels cannot be read", "Copy or download it again"
        ) from error
    pixels = reduce_pixels(weigh(stretch.apply(values), valid), factor)
    return resample(pixels, needed, registration, window)
