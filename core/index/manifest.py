"""What an index is made of: the record that `index.json` holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from changeseek.core.index.plan import Part
from changeseek.core.model.interface import PairModel
from changeseek.core.raster.check.findings import PairCheck

State = Literal["building", "complete"]
FORMAT = 1


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One date's raster as it was when the index was built.

    Attributes:
        path: As GDAL opens it; absolute where it is a file.
        size: Bytes of all its files, 0 where unknown.
        mtime: Latest modification of its files, seconds since the epoch, 0.0 where unknown.
        crs: WKT or authority code.
        bands: The three band numbers read as red, green, blue, counted from 1.
        date: Day of the picture, ISO 8601, None where unknown.
    """

    path: str
    size: int
    mtime: float
    crs: str
    bands: tuple[int, ...]
    date: str | None


@dataclass(frozen=True, slots=True)
class GridRecord:
    """The pixel grid that both dates were read on, and its tiles.

    Attributes:
        crs: WKT or authority code.
        transform: The six numbers a, b, c, d, e, f of the affine transform from (col, row) to CRS units.
        width: Pixels.
        height: Pixels.
        gsd: Ground sample distance in metres.
        tile: Side of a tile in pixels.
        stride: Step between tiles in pixels.
        rows: Rows of tiles.
        cols: Columns of tiles.
    """

    crs: str
    transform: tuple[float, ...]
    width: int
    height: int
    gsd: float
    tile: int
    stride: int
    rows: int
    cols: int

    def __len__(self) -> int:
        return self.rows * self.cols


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """The model that made the vectors.

    Attributes:
        name: What the user calls it by.
        sha256: Hash of its weights, hexadecimal.
        dimensions: Length of every vector.
        patch_size: Side in pixels to which it resizes tiles.
    """

    name: str
    sha256: str
    dimensions: int
    patch_size: int

    @classmethod
    def of(cls, model: PairModel) -> ModelRecord:
        """What is recorded of a model."""
        return cls(model.name, model.sha256, model.dimensions, model.patch_size)

    def is_same_model(self, other: ModelRecord) -> bool:
        """Whether both make the same vectors; what they are called does not count."""
        return replace(self, name="") == replace(other, name="")


@dataclass(frozen=True, slots=True)
class Plan:
    """How the build is cut: `batch` pairs to the model at once, the parts of the grid."""

    batch: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A part as it lay on disk when the index was finished.

    Attributes:
        tiles: Its rows.
        size: Bytes.
        sha256: Hash of the file, hexadecimal.
    """

    tiles: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TileCounts:
    """Tiles in the index, and tiles left out because too few of their pixels are valid."""

    indexed: int
    skipped: int


@dataclass(frozen=True, slots=True)
class IndexRecord:
    """Everything that `index.json` says.

    Attributes:
        before: First date.
        after: Second date.
        grid: Pixel grid and tiles.
        model: What made the vectors.
        preprocessing: What was done to the pixels (radiometry, least valid fraction), JSON values only.
        plan: Parts and batches.
        state: `building` until every part is written.
        counts: None while building.
        check: What was found about both dates before they were read; None where nobody looked.
        written: What each part of the plan must be; empty while building, and in indexes of earlier versions.
    """

    before: SourceRecord
    after: SourceRecord
    grid: GridRecord
    model: ModelRecord
    preprocessing: dict[str, Any] = field(hash=False)
    plan: Plan
    state: State = "building"
    counts: TileCounts | None = None
    check: PairCheck | None = None
    written: tuple[WrittenPart, ...] = ()


def differences(one: IndexRecord, other: IndexRecord) -> list[str]:
    """What makes two records different indexes, in words; empty where they are the same index.

    The plan, the state, what was written, what was found about the dates and the name of the model do not
    count: the vectors do not depend on them.
    """
    same = {
        "the before raster": one.before == other.before,
        "the after raster": one.after == other.after,
        "the tile grid": one.grid == other.grid,
        "the model": one.model.is_same_model(other.model),
        "the preprocessing": one.preprocessing == other.preprocessing,
    }
    return [name for name, is_same in same.items() if not is_same]
