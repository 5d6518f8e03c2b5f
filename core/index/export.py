"""Hits as files that maps and tables open: GeoPackage, GeoJSON, CSV."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from changeseek.core.errors import ExportError
from changeseek.core.index.files import written_whole
from changeseek.core.index.hits import Hit

STYLE = Path(__file__).parents[2] / "resources" / "styles" / "hits.qml"
_CSV_COLUMNS = ("rank", "tile_id", "score", "percentile", "xmin", "ymin", "xmax", "ymax", "crs")

Writer = Callable[[Sequence[Hit], str, Path], None]


def check_export_path(path: Path) -> None:
    """Say early whether hits can go to a file, before anything is computed.

    Raises:
        ExportError: The suffix names no known format, or the folder does not exist.
    """
    if path.suffix.lower() not in _WRITERS:
        known = ", ".join(_WRITERS)
        raise ExportError(
            f"hits cannot be written to {path}", f"Give a file name that ends in one of {known}"
        )
    if not path.parent.is_dir():
        raise ExportError(f"there is no folder {path.parent}", "Make it first, or name another file")
    if not os.access(path.parent, os.W_OK):
        raise ExportError(f"there is no right to write into {path.parent}", "Name another file")
    if path.is_dir():
        raise ExportError(f"{path} is a folder", "Name a file")


def export_hits(hits: Sequence[Hit], query: str, path: Path) -> None:
    """Write hits to a file, whole or not at all; a file of that name is replaced.

    Args:
        hits: Best first.
        query: The text that they answer, kept beside each hit.
        path: `.gpkg` (with its style inside, and beside it as `.qml`), `.geojson` (WGS84, as RFC 7946 has
            it) or `.csv`.

    Raises:
        ExportError: The suffix names no known format, or the folder does not exist.
        MachineFaultError: The disk is full or faulty.
    """
    check_export_path(path)
    with written_whole(path) as unfinished:
        _WRITERS[path.suffix.lower()](hits, query, unfinished)
    if path.suffix.lower() == ".gpkg":
        with written_whole(path.with_suffix(".qml")) as unfinished:
            shutil.copyfile(STYLE, unfinished)


def _write_geopackage(hits: Sequence[Hit], query: str, path: Path) -> None:
    from changeseek.core.index.geopackage import write_geopackage

    write_geopackage(hits, query, path, STYLE.read_text(encoding="utf-8"))


def _write_geojson(hits: Sequence[Hit], query: str, path: Path) -> None:
    features = [_feature(hit, query) for hit in hits]
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def _feature(hit: Hit, query: str) -> dict[str, Any]:
    from rasterio.warp import transform_geom

    xmin, ymin, xmax, ymax = hit.bounds
    ring = [(xmin, ymin), (xmax, ymin), (xmax, ymax), (xmin, ymax), (xmin, ymin)]
    geometry = transform_geom(hit.crs, "EPSG:4326", {"type": "Polygon", "coordinates": [ring]}, precision=9)
    properties = {"rank": hit.rank, "tile_id": hit.tile_id, "score": hit.score, "percentile": hit.percentile}
    return {
        "type": "Feature",
        "geometry": {"type": geometry["type"], "coordinates": geometry["coordinates"]},
        "properties": properties | {"query": query},
    }


def _write_csv(hits: Sequence[Hit], query: str, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*_CSV_COLUMNS, "query"])
        for hit in hits:
            writer.writerow([hit.rank, hit.tile_id, hit.score, hit.percentile, *hit.bounds, hit.crs, query])


_WRITERS: dict[str, Writer] = {".gpkg": _write_geopackage, ".geojson": _write_geojson, ".csv": _write_csv}
