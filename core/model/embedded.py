"""A trained Text-ITSR network behind the face that every model shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from changeseek.core.model.card import (
    REFERENCE_FILE,
    TOKENIZER_FILE,
    WEIGHTS_FILE,
    model_sha256,
    read_card,
)
from changeseek.core.model.interface import PairEmbeddings, Patches, TextKind, Vectors
from changeseek.core.model.storage import load_into, load_weights
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr

_TEXTS_AT_ONCE = 256
_RESIZE_BYTES = 2**28


class EmbeddedModel:
    """Loads a model folder (card, weights, tokenizer, reference) and embeds with it.

    Args:
        folder: The model's folder.
        name: By which the model can be loaded again.
        device: Where to run.

    Raises:
        UnknownModelError: The folder holds no model.
    """

    batch_size = 32

    def __init__(self, folder: Path, name: str, device: torch.device) -> None:
        self.card = read_card(folder)
        self.name = name
        self.sha256 = model_sha256(folder, self.card)
        self.dimensions = self.card.network.dimensions
        self.patch_size = self.card.network.patch_size
        self._device = device
        self._network = TextItsr(self.card.network)
        load_into(self._network, folder / WEIGHTS_FILE)
        self._network.eval().requires_grad_(False).to(device)
        self._network.image_encoder.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._tokenizer = SentenceTokenizer(folder / TOKENIZER_FILE, self.card.network.text.longest)
        self.reference_changes = _reference(folder / REFERENCE_FILE)

    @property
    def device(self) -> str:
        """The device really used."""
        return str(self._device)

    def embed_pairs(self, before: Patches, after: Patches) -> PairEmbeddings:
        """Embed N pairs of (N, 3, H, W) uint8 patches; see `PairModel.embed_pairs`.

        Where the device's memory does not hold N pairs at once they are embedded in halves.
        """
        try:
            return self._embedded(before, after)
        except torch.OutOfMemoryError:
            if len(before) == 1:
                raise
        middle = len(before) // 2
        first = self.embed_pairs(before[:middle], after[:middle])
        second = self.embed_pairs(before[middle:], after[middle:])
        return PairEmbeddings(*(np.concatenate(both) for both in zip(first, second, strict=True)))

    @torch.inference_mode()
    def _embedded(self, before: Patches, after: Patches) -> PairEmbeddings:
        count = len(before)
        images = torch.cat((self._images(before), self._images(after)))
        tokens = self._network.tokens(images.contiguous(memory_format=torch.channels_last))
        first, second = tokens[:count], tokens[count:]
        scenes = self._network.scene(tokens)
        return PairEmbeddings(
            _array(scenes[:count]), _array(scenes[count:]), _array(self._network.change(first, second))
        )

    @torch.inference_mode()
    def embed_text(self, texts: Sequence[str], kind: TextKind = "change") -> Vectors:
        """Embed M texts for the change space or the scene space; see `PairModel.embed_text`."""
        found = np.zeros((len(texts), self.dimensions), np.float32)
        for rows in _by_length(texts):
            ids, mask = (part.to(self._device) for part in self._tokenizer([texts[row] for row in rows]))
            states = self._network.text_states(ids, mask)
            project = self._network.text_change if kind == "change" else self._network.text_scene
            found[rows] = _array(project(states, mask))
        return found

    def _images(self, patches: Patches) -> Tensor:
        """Patches at the model's size, 0..1; large ones are resized few at a time to bound memory."""
        at_once = max(1, _RESIZE_BYTES // (4 * int(np.prod(patches.shape[1:]))))
        chunks = [patches[at : at + at_once] for at in range(0, len(patches), at_once)]
        return torch.cat([self._at_patch_size(torch.from_numpy(chunk)) for chunk in chunks])

    def _at_patch_size(self, patches: Tensor) -> Tensor:
        images = patches.to(self._device).float().div_(255)
        size = (self.patch_size, self.patch_size)
        if images.shape[-2:] == size:
            return images
        return F.interpolate(images, size, mode="bilinear", antialias=True)


def _by_length(texts: Sequence[str]) -> Iterator[list[int]]:
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    for start in range(0, len(order), _TEXTS_AT_ONCE):
        yield order[start : start + _TEXTS_AT_ONCE]


def _array(vectors: Tensor) -> Vectors:
    return vectors.float().cpu().numpy()


def _reference(file: Path) -> Vectors | None:
    if not file.exists():
        return None
    return load_weights(file)["changes"].numpy()
