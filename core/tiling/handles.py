"""Open datasets that threads borrow: GDAL's handles may change threads, but serve one at a time."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import rasterio

from changeseek.core.errors import BadInputError, MachineFaultError
from changeseek.core.raster.opening import open_handle
from changeseek.core.raster.source import RasterSource


class Handles:
    """As many open handles of one source as threads use it at the same time."""

    def __init__(self, source: RasterSource) -> None:
        self._source = source
        self._free: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._opened: list[Any] = []

    @contextmanager
    def borrow(self) -> Iterator[Any]:
        """An open dataset for the length of a block; errors of GDAL go to the log, not to the terminal."""
        with rasterio.Env():
            dataset = self._take()
            try:
                yield dataset
            finally:
                self._free.put(dataset)

    def close(self) -> None:
        """Close all handles; nobody may hold one."""
        for dataset in self._opened:
            dataset.close()

    def _take(self) -> Any:
        try:
            return self._free.get_nowait()
        except queue.Empty:
            dataset = self._open()
            self._opened.append(dataset)
            return dataset

    def _open(self) -> Any:
        try:
            return open_handle(self._source.path)
        except BadInputError as error:
            # It was there when the pair was opened, so what is wrong now came over the machine.
            raise MachineFaultError(
                f"{self._source.name} has gone, or cannot be read any more",
                "Bring it back, then run the same again to go on",
            ) from error
