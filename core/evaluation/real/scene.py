"""A case embedded: its tiles' vectors in the order of time and against it, and their plain differences."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from changeseek.core.evaluation.real.case import Case
from changeseek.core.index.batches import fixed_batches
from changeseek.core.index.describe import LEAST_VALID_FRACTION
from changeseek.core.index.scoring import Ranks, difference_ranks
from changeseek.core.index.store import VectorKind
from changeseek.core.model.interface import PairEmbeddings, PairModel, Patches, Vectors
from changeseek.core.raster.pair import RasterPair
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.reader import read_patches

Differences = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SceneVectors:
    """Vectors of N tiles and their ranks by difference, that search can score as it scores an index."""

    embedded: PairEmbeddings
    difference_ranks: Ranks

    def vectors(self, kind: VectorKind) -> Vectors:
        """(N, D) float32 of unit length."""
        columns: dict[str, Vectors] = self.embedded._asdict()
        return columns[kind]


@dataclass(frozen=True, slots=True)
class EmbeddedScene:
    """The N tiles of a case that have enough data, as in an index.

    Attributes:
        indices: (N,) int64 their numbers in the grid, ascending.
        forward: Before to after.
        backward: After to before.
        difference: (N,) mean absolute difference of the dates as the product reads them, the after date
            with the before date's mean and spread; 0..255.
        raw_difference: (N,) the same of the values as they are stored, both on the before date's scale.
    """

    indices: NDArray[np.int64]
    forward: SceneVectors
    backward: SceneVectors
    difference: Differences
    raw_difference: Differences


def embed_scene(case: Case, model: PairModel) -> EmbeddedScene:
    """Read and embed a case, each tile once in each order of its dates."""
    numbers, differences, forward, backward = [], [], [], []
    blocks = read_patches(case.pair, case.tiles)
    for batch in fixed_batches(blocks, model.batch_size, LEAST_VALID_FRACTION):
        count, (before, after) = len(batch.indices), np.moveaxis(batch.patches, 1, 0)
        numbers.append(batch.indices)
        differences.append(mean_difference(before[:count], after[:count]))
        forward.append(_first(model.embed_pairs(before, after), count))
        backward.append(_first(model.embed_pairs(after, before), count))
    indices, difference = np.concatenate(numbers), np.concatenate(differences)
    ranks = difference_ranks(difference)
    return EmbeddedScene(
        indices,
        SceneVectors(_joined(forward), ranks),
        SceneVectors(_joined(backward), ranks),
        difference,
        _raw_difference(case.pair, case.tiles, indices),
    )


def mean_difference(before: Patches, after: Patches) -> Differences:
    """(N,) mean absolute difference 0..255 of patches (N, 3, T, T)."""
    apart = np.abs(before.astype(np.float32) - after.astype(np.float32))
    return np.asarray(apart.mean(axis=(1, 2, 3)), dtype=np.float32)


def _raw_difference(pair: RasterPair, tiles: TileGrid, indices: NDArray[np.int64]) -> Differences:
    unmatched = replace(pair, stretch_after=pair.stretch_before)
    blocks = read_patches(unmatched, tiles, indices=indices.tolist())
    return np.concatenate([mean_difference(block.patches[:, 0], block.patches[:, 1]) for block in blocks])


def _first(embedded: PairEmbeddings, count: int) -> PairEmbeddings:
    """Without the padding of a batch."""
    return PairEmbeddings(*(column[:count] for column in embedded))


def _joined(batches: list[PairEmbeddings]) -> PairEmbeddings:
    return PairEmbeddings(*(np.concatenate(column) for column in zip(*batches, strict=True)))
