"""What one run of the benchmarks measures on; imports nothing heavy, so that bench.py stays small."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


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
    query_tiles: int = 100_000
    rounds: int = 5
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
    def index(self) -> Path:
        """The index of both that the command line builds."""
        return self.folder / "scene.csx"


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
        query_tiles=10_000,
        rounds=1,
        queries=10,
        starts=1,
    )
