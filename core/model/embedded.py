"""A trained Text-ITSR network behind the face that every model shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from changeseek.core.model.card import REFERENCE_FILE, TOKENIZER_FILE, WEIGHTS_FILE, read_card
from changeseek.core.model.interface import PairEmbeddings, Patches, TextKind, Vectors
from changeseek.core.model.storage import load_weights, sha256_of
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr

_TEXTS_AT_ONCE = 256


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
        self.sha256 = sha256_of(folder / WEIGHTS_FILE, folder / TOKENIZER_FILE)
        self.dimensions = self.card.network.dimensions
        self.patch_size = self.card.network.patch_size
        self._device = device
        self._network = TextItsr(self.card.network)
        self._network.load_state_dict(load_weights(folder / WEIGHTS_FILE))
        self._network.eval().requires_grad_(False).to(device)
        self._network.image_encoder.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._tokenizer = SentenceTokenizer(folder / TOKENIZER_FILE, self.card.network.text.longest)
        self.reference_changes = _reference(folder / REFERENCE_FILE)

    @property
    def device(self) -> str:
        """The device really used."""
        return str(self._device)

    @torch.inference_mode()
    def embed_pairs(self, before: Patches, after: Patches) -> PairEmbeddings:
        """Embed N pairs of (N, 3, H, W) uint8 patches; see `PairModel.embed_pairs`."""
        count = len(before)
        images = torch.from_numpy(np.concatenate((before, after))).to(self._device).float().div_(255)
        tokens = self._network.tokens(
            self._at_patch_size(images).contiguous(memory_format=torch.channels_last)
        )
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

    def _at_patch_size(self, images: Tensor) -> Tensor:
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
