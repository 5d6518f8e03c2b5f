"""What a build has to say at its end, in the command line and in QGIS alike."""

from __future__ import annotations

from changeseek.core.engine.messages.building import IndexAnswer
from changeseek.core.index.store import Index


def summarise(built: Index, device: str, seconds: float) -> IndexAnswer:
    """Sum a build up.

    Args:
        built: The index.
        device: What the model ran on.
        seconds: Duration of this run.
    """
    record = built.record
    return IndexAnswer(
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
