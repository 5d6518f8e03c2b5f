"""How a raster that has no three bands of colour is read, to be said aloud."""

from __future__ import annotations

from changeseek.core.raster.source import RasterSource


def reading_note(source: RasterSource) -> str | None:
    """How a raster of one band is read, None for one of three."""
    if source.palette:
        return f"{source.name} is read in the colours of its table"
    if len(set(source.bands)) == 1:
        return f"{source.name} is read in grey: band {source.bands[0]} as red, green and blue"
    return None
