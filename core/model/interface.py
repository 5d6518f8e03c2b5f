"""The one face that every model shows, whatever lies behind it.

Index, search and captions know this module only, so a model that a user brings and the embedded one
are used by the same code.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Patches = NDArray[np.uint8]
TextKind = Literal["change", "scene"]


class PairEmbeddings(NamedTuple):
    """Vectors of N bitemporal patches, each (N, D) float32 of unit length.

    `before` and `after` lie in the space that `embed_text(kind="scene")` queries, `change` in the space
    that `embed_text(kind="change")` queries.
    """

    before: Vectors
    after: Vectors
    change: Vectors


class PairModel(Protocol):
    """A model that places patch pairs and texts into shared spaces."""

    @property
    def name(self) -> str:
        """Name by which the user asks for the model."""
        ...

    @property
    def sha256(self) -> str:
        """Hash of the weights, hexadecimal; part of an index's identity."""
        ...

    @property
    def dimensions(self) -> int:
        """D, the length of every vector."""
        ...

    @property
    def patch_size(self) -> int:
        """Side in pixels to which patches are resized on the device."""
        ...

    @property
    def device(self) -> str:
        """The device really used, such as `cpu` or `cuda:0`."""
        ...

    @property
    def batch_size(self) -> int:
        """Pairs in one batch; the last batch of a part is padded to it, so results do not depend on it."""
        ...

    @property
    def reference_changes(self) -> Vectors | None:
        """Change vectors (R, D) of pairs balanced over what the model knows.

        Against them hubs are corrected. None where the model ships none; the index's tiles serve.
        """
        ...

    def embed_pairs(self, before: Patches, after: Patches) -> PairEmbeddings:
        """Embed N patch pairs.

        Args:
            before: (N, 3, H, W) uint8, 0..255, RGB of the first date.
            after: (N, 3, H, W) uint8 of the second date, same ground.
        """
        ...

    def embed_text(self, texts: Sequence[str], kind: TextKind = "change") -> Vectors:
        """Embed M texts into one of the two spaces; returns (M, D) float32 of unit length."""
        ...
