"""A model that can be stopped between two batches, however long the reader takes to its next report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from changeseek.core.model.interface import PairEmbeddings, PairModel, Patches, TextKind, Vectors


class StoppableModel:
    """Another model behind the face of all (see `PairModel`), which asks before each batch if it may go on.

    Args:
        model: Does the work.
        check: Raises where the work is not wanted any more.
    """

    def __init__(self, model: PairModel, check: Callable[[], None]) -> None:
        self._model = model
        self._check = check
        self.name = model.name
        self.sha256 = model.sha256
        self.dimensions = model.dimensions
        self.patch_size = model.patch_size
        self.device = model.device
        self.batch_size = model.batch_size
        self.reference_changes = model.reference_changes

    def embed_pairs(self, before: Patches, after: Patches) -> PairEmbeddings:
        """Embed N patch pairs, unless they are not wanted any more."""
        self._check()
        return self._model.embed_pairs(before, after)

    def embed_text(self, texts: Sequence[str], kind: TextKind = "change") -> Vectors:
        """Embed M texts."""
        return self._model.embed_text(texts, kind)
