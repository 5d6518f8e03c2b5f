"""What one run of the benchmarks measures on; imports nothing heavy, so that bench.py stays small."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# Of all rasters: the side of a block in pixels, the upper left corner in metres, metres a pixel.
BLOCK = 512
CORNER = (400_000.0, 5_800_000.0)
GSD = 0.5


@dataclass(frozen=True, slots=True)
class Settings:
    """How large everything is and where it lies.

    Attributes:
        folder: Where the benchmarks put what they make; empty at the start.
        model: Name or path, None for the embedded model.
        scene_pixels: Side of both rasters.
        tile: Side of a tile in pixels, the command line's default.
        gdal_cache_mb: GDAL's block cache while bytes are counted: less than one row of the scene's blocks of
            both dates, so that it cannot hide that a block is read again for the next row of tiles.
        huge_pixels: Side of the sparse rasters.
        window_pixels: Side of what they hold, in whole scenes.
        query_tiles: Tiles of the index that is searched.
        rounds: How often reading, model and build are timed.
        queries: How many searches are timed.
        starts: How many cold starts are timed.
    """

    folder: Path
    model: str | None
    scene_pixels: int = 4096
    tile: int = 128
    gdal_cache_mb: int = 8
    huge_pixels: int = 100_000
    window_pixels: int = 8192
    query_tiles: int = 100_000
    rounds: int = 3
    queries: int = 50
    starts: int = 3

    @property
    def before(self) -> Path:
        """Raster of the first date."""
        return self.folder / "before.tif"

    @property
    def after(self) -> Path:
        """Raster of the second date."""
        return self.folder / "after.tif"

    @property
    def huge_before(self) -> Path:
        """Sparse raster of the first date."""
        return self.folder / "huge-before.tif"

    @property
    def huge_after(self) -> Path:
        """Sparse raster of the second date."""
        return self.folder / "huge-after.tif"

    @property
    def window_corner(self) -> int:
        """First row and column of what the sparse rasters hold."""
        return self.huge_pixels // 2 // BLOCK * BLOCK

    def window_bounds(self, side: int) -> tuple[float, float, float, float]:
        """xmin, ymin, xmax, ymax of so many pixels from the corner of what the sparse rasters hold."""
        (left, top), gsd = CORNER, GSD
        first, last = self.window_corner * gsd, (self.window_corner + side) * gsd
        return left + first, top - last, left + last, top - first

    @property
    def index(self) -> Path:
        """The index of the window that the command line builds."""
        return self.folder / "window.csx"


def full_size(folder: Path, model: str | None) -> Settings:
    """Sizes whose figures are meant."""
    return Settings(folder, model)


def small_size(folder: Path, model: str | None) -> Settings:
    """Sizes that show in seconds that everything runs; the figures say little about speed."""
    return Settings(
        folder,
        model,
        scene_pixels=1024,
        gdal_cache_mb=2,
        huge_pixels=20_000,
        window_pixels=1024,
        query_tiles=10_000,
        rounds=1,
        queries=10,
        starts=1,
    )
