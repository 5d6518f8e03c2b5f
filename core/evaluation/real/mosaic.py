"""A virtual mosaic over the files of one date, in GDAL's VRT format."""

from __future__ import annotations

from pathlib import Path

import rasterio
from rasterio import DatasetReader

COLOURS = ("Red", "Green", "Blue")


def mosaic_xml(files: list[Path]) -> str:
    """A GDAL virtual raster over north-up RGB files of one CRS and pixel size."""
    parts = [rasterio.open(file) for file in files]
    left, top = min(part.bounds.left for part in parts), max(part.bounds.top for part in parts)
    right, bottom = max(part.bounds.right for part in parts), min(part.bounds.bottom for part in parts)
    across, down = parts[0].transform.a, -parts[0].transform.e
    width, height = round((right - left) / across), round((top - bottom) / down)
    bands = "".join(
        f'<VRTRasterBand dataType="Byte" band="{band}"><ColorInterp>{colour}</ColorInterp>'
        + "".join(_source_xml(part, band, (left, top, across, down)) for part in parts)
        + "</VRTRasterBand>"
        for band, colour in enumerate(COLOURS, start=1)
    )
    return (
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}"><SRS>{parts[0].crs.to_string()}</SRS>'
        f"<GeoTransform>{left}, {across}, 0, {top}, 0, {-down}</GeoTransform>{bands}</VRTDataset>"
    )


def _source_xml(part: DatasetReader, band: int, frame: tuple[float, float, float, float]) -> str:
    left, top, across, down = frame
    column, row = (part.bounds.left - left) / across, (top - part.bounds.top) / down
    width, height = part.width * part.transform.a / across, -part.height * part.transform.e / down
    return (
        f'<SimpleSource><SourceFilename relativeToVRT="0">{part.name}</SourceFilename>'
        f"<SourceBand>{band}</SourceBand>"
        f'<SrcRect xOff="0" yOff="0" xSize="{part.width}" ySize="{part.height}"/>'
        f'<DstRect xOff="{column}" yOff="{row}" xSize="{width}" ySize="{height}"/></SimpleSource>'
    )
