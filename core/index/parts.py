"""One part of an index: a GeoParquet 1.1 file with the tiles and their three vectors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray
from rasterio.crs import CRS

from changeseek.core.errors import IndexFolderError
from changeseek.core.index.files import written_whole
from changeseek.core.model.interface import PairEmbeddings

DIFFERENCE = "pixel_difference"
_SHIFT = pa.struct([("x", pa.float32()), ("y", pa.float32())])
_BBOX = pa.struct([(side, pa.float64()) for side in ("xmin", "ymin", "xmax", "ymax")])
_SHIFT_MEANING = (
    "shift of the after date against the before date on the ground, CRS units; null: not measured"
)
_DIFFERENCE_MEANING = "mean absolute difference of the dates' pixels as the model got them, 0..255"
_ZSTD_LEVEL = 3
MAKE_ANEW = "Run the same changeseek index command again: it makes this part anew"


class TileRows(NamedTuple):
    """N tiles of one part, in ascending order of their number in the grid.

    Attributes:
        tile_ids: Names such as `r012c034`.
        rows: (N,) int32.
        cols: (N,) int32.
        footprints: (N,) shapely polygons in the pair's CRS.
        valid: (N,) float32, share 0..1 of pixels that are valid on both dates.
        difference: (N,) float32, mean absolute difference of the two patches as the model got them, 0..255.
        vectors: (N, D) each; stored as float16.
    """

    tile_ids: list[str]
    rows: NDArray[np.int32]
    cols: NDArray[np.int32]
    footprints: NDArray[np.object_]
    valid: NDArray[np.float32]
    difference: NDArray[np.float32]
    vectors: PairEmbeddings


def write_part(path: Path, tiles: TileRows, crs: str, embedding: dict[str, Any]) -> None:
    """Write one part, whole or not at all.

    Args:
        path: Where the file goes.
        tiles: Its rows; may be empty.
        crs: The pair's CRS, as WKT or authority code.
        embedding: Fields of the STAC embedding extension, kept under the key `emb` of the file's metadata.

    Raises:
        MachineFaultError: The disk is full or faulty.
    """
    table = _table(tiles)
    geo = _geo_metadata(tiles.footprints, crs)
    table = table.replace_schema_metadata({"geo": json.dumps(geo), "emb": json.dumps(embedding)})
    with written_whole(path) as unfinished:
        pq.write_table(
            table,
            unfinished,
            compression="zstd",
            compression_level=_ZSTD_LEVEL,
            # Hardly a value comes twice, and vectors are read three times as fast without.
            use_dictionary=False,
            # Else a bit that turned over on the disk would be searched as if it were a vector.
            write_page_checksum=True,
        )


def rows_in(path: Path) -> int | None:
    """Number of tiles in a part, None where there is no readable part."""
    try:
        return int(pq.read_metadata(path).num_rows)
    except (OSError, pa.ArrowException):
        return None


def read_columns(paths: list[Path], columns: list[str]) -> pa.Table:
    """The named columns of all parts, one after the other.

    Raises:
        IndexFolderError: A part is missing or damaged.
    """
    return pa.concat_tables([_read(path, columns) for path in paths])


def _read(path: Path, columns: list[str]) -> pa.Table:
    try:
        return pq.ParquetFile(path, page_checksum_verification=True).read(columns=columns)
    except (OSError, pa.ArrowException, KeyError) as error:
        damage = (
            "is missing"
            if isinstance(error, FileNotFoundError)
            else "cannot be read"
            if isinstance(error, PermissionError)
            else "is damaged"
        )
        raise IndexFolderError(f"{path} {damage}", MAKE_ANEW) from error


def has_column(paths: list[Path], name: str) -> bool:
    """Whether the parts have a column, which those of an older release may lack.

    Raises:
        IndexFolderError: A part is missing or damaged.
    """
    try:
        return all(name in pq.read_schema(path).names for path in paths)
    except (OSError, pa.ArrowException) as error:
        raise IndexFolderError(f"{paths[0].parent} holds a damaged part", MAKE_ANEW) from error


def vectors_of(column: pa.ChunkedArray, dimensions: int) -> NDArray[np.float16]:
    """A column of vectors as (N, D) float16."""
    flat: NDArray[np.float16] = column.combine_chunks().flatten().to_numpy(zero_copy_only=False)
    return flat.reshape(-1, dimensions)


def _table(tiles: TileRows) -> pa.Table:
    bounds = shapely.bounds(tiles.footprints).reshape(-1, 4)
    sides = [pa.array(np.ascontiguousarray(side)) for side in bounds.T]
    columns = {
        "tile_id": pa.array(tiles.tile_ids, pa.string()),
        "row": pa.array(tiles.rows, pa.int32()),
        "col": pa.array(tiles.cols, pa.int32()),
        "geometry": pa.array(shapely.to_wkb(tiles.footprints, byte_order=1), pa.binary()),
        "bbox": pa.StructArray.from_arrays(sides, fields=list(_BBOX)),
        "valid_fraction": pa.array(tiles.valid, pa.float32()),
        "alignment_shift": pa.nulls(len(tiles.tile_ids), _SHIFT),
        DIFFERENCE: pa.array(tiles.difference, pa.float32()),
        **{name: _vector_column(vectors) for name, vectors in tiles.vectors._asdict().items()},
    }
    return pa.table(list(columns.values()), schema=pa.schema(_field(*item) for item in columns.items()))


def _field(name: str, column: pa.Array) -> pa.Field:
    if name == "alignment_shift":
        return pa.field(name, column.type, metadata={"description": _SHIFT_MEANING})
    meaning = {"description": _DIFFERENCE_MEANING} if name == DIFFERENCE else None
    return pa.field(name, column.type, nullable=False, metadata=meaning)


def _vector_column(vectors: NDArray[np.float32]) -> pa.FixedSizeListArray:
    halves = np.ascontiguousarray(vectors, dtype=np.float16)
    element = pa.field("element", pa.float16(), nullable=False)
    kind = pa.list_(element, halves.shape[1])
    return pa.FixedSizeListArray.from_arrays(pa.array(halves.ravel()), type=kind)


def _geo_metadata(footprints: NDArray[np.object_], crs: str) -> dict[str, Any]:
    covering = {side: ["bbox", side] for side in ("xmin", "ymin", "xmax", "ymax")}
    geometry: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": ["Polygon"],
        "crs": CRS.from_user_input(crs).to_dict(projjson=True) or None,
        "covering": {"bbox": covering},
    }
    if len(footprints):
        geometry["bbox"] = [float(side) for side in shapely.total_bounds(footprints)]
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": geometry}}
