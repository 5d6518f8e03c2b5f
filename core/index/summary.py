"""What a build has to say at its end, in the command line and in QGIS alike."""

from __future__ import annotations

from dataclasses import dataclass

from changeseek.core.index.store import Index


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """A finished build.

    Attributes:
        index: The folder.
        state: `complete`.
        tiles: Tiles in the index.
        skipped: Tiles left out for too few valid pixels.
        tile: Side of a tile in pixels.
        stride: Step between tiles in pixels.
        gsd: Metres a pixel.
        model: Name of the model.
        device: What it ran on.
        seconds: Duration of this run.
    """

    index: str
    state: str
    tiles: int
    skipped: int
    tile: int
    stride: int
    gsd: float
    model: str
    device: str
    seconds: float


def summarise(built: Index, device: str, seconds: float) -> BuildSummary:
    """Sum a build up.

    Args:
        built: The index.
        device: What the model ran on.
        seconds: Duration of this run.
    """
    record = built.record
    return BuildSummary(
        index=str(built.directory),
        state=record.state,
        tiles=len(built),
        skipped=0 if record.counts is None else record.counts.skipped,
        tile=record.grid.tile,
        stride=record.grid.stride,
        gsd=round(record.grid.gsd, 4),
        model=record.model.name,
        device=device,
        seconds=round(seconds, 1),
    )
