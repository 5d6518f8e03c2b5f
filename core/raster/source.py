"""One raster source: everything that must be known to open and read it again, in any thread."""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from affine import Affine
from rasterio.enums import ColorInterp, MaskFlags
from rasterio.errors import NotGeoreferencedWarning

from changeseek.core.errors import MissingCrsError, SourceNotReadableError
from changeseek.core.raster.bands import BandInfo, choose_bands
from changeseek.core.raster.crs import lies_on_earth
from changeseek.core.raster.dates import find_date
from changeseek.core.raster.grid import Bounds
from changeseek.core.raster.opening import open_dataset
from changeseek.core.raster.wholeness import check_whole

# Written beside a raster when somebody merely looks at it; the pixels are the same.
_DERIVED_FILES = (".aux.xml", ".ovr")


@dataclass(frozen=True, slots=True)
class RasterSource:
    """A raster on disk and the three of its bands that are used.

    Attributes:
        path: Absolute path, or what GDAL opens (a URL, a subdataset's name).
        driver: GDAL's name of the format.
        crs: Authority code where there is one, else WKT.
        transform: Pixel corner (col, row) to CRS units.
        width: Columns.
        height: Rows.
        dtype: Type of a stored value, numpy's name.
        block: Rows and columns that GDAL decodes at once.
        bands: 1-based bands read as red, green, blue; (1, 1, 1) is grey.
        nodata: Declared nodata value of each of these bands, or None.
        alpha: 1-based alpha band, or None.
        masked: A mask of its own (in the file or beside it) says which pixels are valid.
        palette: The band holds indices into a table of colours.
        zero_is_gap: A mosaic that declares no nodata; GDAL reads 0 where none of its files lies.
        overviews: Reduction factors of the stored overviews, ascending.
        date: When it was taken, as far as tags or name say, else None.
        size: Bytes of all files that hold its pixels, 0 where unknown.
        mtime: Latest modification of its files, seconds since the epoch, 0.0 where unknown.
    """

    path: str
    driver: str
    crs: str
    transform: Affine
    width: int
    height: int
    dtype: str
    block: tuple[int, int]
    bands: tuple[int, int, int]
    nodata: tuple[float | None, float | None, float | None]
    alpha: int | None
    masked: bool
    palette: bool
    zero_is_gap: bool
    overviews: tuple[int, ...]
    date: date | None
    size: int
    mtime: float

    @property
    def name(self) -> str:
        """File name, for messages."""
        return Path(self.path).name

    @property
    def bounds(self) -> Bounds:
        """Rectangle around the raster, CRS units."""
        corners = [self.transform @ corner for corner in self._corners()]
        xs, ys = zip(*corners, strict=True)
        return Bounds(min(xs), min(ys), max(xs), max(ys))

    def moved(self, cols: float, rows: float) -> RasterSource:
        """The same raster, lying so many of its own pixels further to the left and upwards."""
        return replace(self, transform=self.transform @ Affine.translation(-cols, -rows))

    def _corners(self) -> list[tuple[int, int]]:
        return [(0, 0), (self.width, 0), (0, self.height), (self.width, self.height)]


def describe_source(path: str | Path, bands: Sequence[int] | None = None) -> RasterSource:
    """Look at a raster and choose its bands; no pixel is read.

    Args:
        path: A file, or what GDAL opens.
        bands: Three 1-based bands, or one for grey; None chooses by colour, description, then order.

    Raises:
        SourceNotFoundError: There is no such file.
        SourceNotReadableError: GDAL cannot open it, it is cut short, or it holds no real-valued band.
        MissingCrsError: It has no CRS or no position on Earth.
        UnknownBandError: A band does not exist.
    """
    location = os.path.abspath(path) if os.path.exists(path) else str(path)
    with warnings.catch_warnings():
        # Said better, and as an error, by the check below.
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with open_dataset(location) as dataset:
            _check_usable(dataset, location)
            check_whole(dataset, location)
            return _describe(dataset, location, bands)


def _check_usable(dataset: Any, path: str) -> None:
    if dataset.count == 0:
        raise SourceNotReadableError(
            f"{path} holds several rasters and no bands of its own",
            f"Name one of them, such as {dataset.subdatasets[0]}"
            if dataset.subdatasets
            else "Give one raster",
        )
    if any(dtype.startswith("complex") for dtype in dataset.dtypes):
        raise SourceNotReadableError(
            f"{path} holds complex numbers", "Give a raster of amplitudes or reflectances"
        )
    if dataset.crs is None:
        raise MissingCrsError(
            f"{path} has no coordinate reference system", "Assign one, in QGIS with 'Assign projection'"
        )
    if dataset.transform.is_identity or dataset.transform.is_degenerate:
        raise MissingCrsError(
            f"{path} does not say where it lies", "Georeference it, or put its world file beside it"
        )
    if not lies_on_earth(dataset.crs.to_string(), dataset.transform, dataset.width, dataset.height):
        raise MissingCrsError(
            f"{path} lies nowhere on Earth by its coordinate reference system",
            "Assign the right one, in QGIS with 'Assign projection'",
        )


def _describe(dataset: Any, path: str, bands: Sequence[int] | None) -> RasterSource:
    infos = [
        BandInfo(colour.name, description or "")
        for colour, description in zip(dataset.colorinterp, dataset.descriptions, strict=True)
    ]
    chosen = choose_bands(infos, bands, Path(path).name)
    red, green, blue = (dataset.nodatavals[band - 1] for band in chosen)
    alpha = _alpha_band(infos, chosen)
    masked = alpha is None and MaskFlags.per_dataset in dataset.mask_flag_enums[chosen[0] - 1]
    size, mtime = _files_state(dataset.files)
    return RasterSource(
        path=path,
        driver=dataset.driver,
        crs=dataset.crs.to_string(),
        transform=dataset.transform,
        width=dataset.width,
        height=dataset.height,
        dtype=_common_dtype(dataset, chosen),
        block=dataset.block_shapes[chosen[0] - 1],
        bands=chosen,
        nodata=(red, green, blue),
        alpha=alpha,
        masked=masked,
        palette=all(dataset.colorinterp[band - 1] == ColorInterp.palette for band in chosen),
        zero_is_gap=dataset.driver == "VRT" and alpha is None and not masked and red is None,
        overviews=tuple(dataset.overviews(chosen[0])),
        date=find_date(path, {**dataset.tags(), **dataset.tags(ns="IMAGERY")}),
        size=size,
        mtime=mtime,
    )


def _alpha_band(infos: Sequence[BandInfo], chosen: Sequence[int]) -> int | None:
    """The band that hides pixels; one that is looked at as a colour is none, whatever its tag says."""
    tagged = (number for number, info in enumerate(infos, 1) if info.colour == ColorInterp.alpha.name)
    return next((number for number in tagged if number not in chosen), None)


def _common_dtype(dataset: Any, bands: Sequence[int]) -> str:
    dtypes = {dataset.dtypes[band - 1] for band in bands}
    return str(dtypes.pop()) if len(dtypes) == 1 else "float64"


def _files_state(files: Sequence[str]) -> tuple[int, float]:
    """Size and latest modification of a raster's files; a mosaic names the files it is made of."""
    states = [os.stat(name) for name in files if os.path.exists(name) and not name.endswith(_DERIVED_FILES)]
    return sum(state.st_size for state in states), max((state.st_mtime for state in states), default=0.0)
