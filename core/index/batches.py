"""From the reader's blocks to batches of one fixed shape, part by part."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from changeseek.core.model.interface import Patches
from changeseek.core.tiling.reader import PatchBlock


class Batch(NamedTuple):
    """C patches to embed, padded with black ones to the full batch of B.

    Attributes:
        indices: (C,) int64 tile numbers, ascending.
        valid: (C,) float32, share 0..1 of valid pixels.
        patches: (B, 2, 3, T, T) uint8; those from C on are padding. Valid until the next batch is asked for.
    """

    indices: NDArray[np.int64]
    valid: NDArray[np.float32]
    patches: Patches


class BlockStream:
    """Blocks of ascending tiles, handed out up to a tile at a time.

    Close it at the end, whatever happened, so that the reader's threads end with it.
    """

    def __init__(self, blocks: Iterable[PatchBlock]) -> None:
        self._blocks = iter(blocks)
        self._rest: PatchBlock | None = None

    def until(self, last: int) -> Iterator[PatchBlock]:
        """The blocks, or pieces of blocks, whose tiles come before tile `last`."""
        while (block := self._next()) is not None:
            inside = int(np.searchsorted(block.indices, last))
            if inside:
                yield _piece(block, slice(None, inside))
            if inside < len(block.indices):
                self._rest = _piece(block, slice(inside, None))
                return

    def close(self) -> None:
        """Ask for no more blocks."""
        if isinstance(self._blocks, Generator):
            self._blocks.close()

    def _next(self) -> PatchBlock | None:
        block, self._rest = self._rest, None
        return next(self._blocks, None) if block is None else block


def fixed_batches(blocks: Iterable[PatchBlock], size: int, least_valid: float) -> Iterator[Batch]:
    """Batches of exactly `size` patches from the tiles that are valid enough, the last one padded.

    One shape for all batches, because a model's arithmetic may depend on it: so a tile's vectors do not
    depend on where a build was interrupted.
    """
    waiting: list[PatchBlock] = []
    count = 0
    for block in blocks:
        good = _piece(block, np.flatnonzero(block.valid >= least_valid))
        waiting.append(good)
        count += len(good.indices)
        while count >= size:
            batch, waiting = _take(waiting, size)
            yield batch
            count -= size
    if count:
        yield _take(waiting, size)[0]


def _take(waiting: list[PatchBlock], size: int) -> tuple[Batch, list[PatchBlock]]:
    """The first `size` patches as a batch, and what is left."""
    together = waiting[0] if len(waiting) == 1 else _joined(waiting)
    first, rest = _piece(together, slice(None, size)), _piece(together, slice(size, None))
    patches = np.zeros((size, *first.patches.shape[1:]), dtype=np.uint8)
    patches[: len(first.indices)] = first.patches
    return Batch(first.indices, first.valid, patches), [rest]


def _joined(blocks: list[PatchBlock]) -> PatchBlock:
    return PatchBlock(
        np.concatenate([block.indices for block in blocks]),
        np.concatenate([block.patches for block in blocks]),
        np.concatenate([block.valid for block in blocks]),
    )


def _piece(block: PatchBlock, which: slice | NDArray[np.intp]) -> PatchBlock:
    return PatchBlock(block.indices[which], block.patches[which], block.valid[which])
