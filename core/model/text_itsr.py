"""Text-ITSR as one network: image encoder, fusion, text encoder and projection heads.

A change vector has two halves. The first is what the fusion learned. The second is the difference of the two
scene vectors, so that direction and amount of change are there by construction; a text's second half is the
same difference of the phrases that it names for the date after and the date before.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from changeseek.core.model.fusion import make_fusion
from changeseek.core.model.heads import PhraseReader, ProjectionHead, global_features
from changeseek.core.model.image_encoder import DOWNSAMPLING, ImageEncoder
from changeseek.core.model.text_encoder import TextEncoder, TextEncoderConfig, sentence_mean


@dataclass(frozen=True, slots=True)
class TextItsrConfig:
    """Sizes of the whole network.

    Attributes:
        fusion: One of `fusion.FUSIONS`.
        dimensions: D, the length of every vector; even.
        patch_size: Side of the square input in pixels, a multiple of 32.
        image_widths: Channels of the image encoder's stages.
        text: Sizes of the text encoder.
    """

    fusion: str = "tff"
    dimensions: int = 256
    patch_size: int = 128
    image_widths: tuple[int, ...] = (32, 64, 128, 256)
    text: TextEncoderConfig = field(default_factory=TextEncoderConfig)


class TextItsr(nn.Module):
    """Pairs of images and sentences to vectors in a scene space and a change space."""

    def __init__(self, config: TextItsrConfig) -> None:
        super().__init__()
        self.config = config
        half = config.dimensions // 2
        self.image_encoder = ImageEncoder(config.image_widths)
        width = self.image_encoder.width
        self.fusion = make_fusion(config.fusion, width, config.patch_size // DOWNSAMPLING)
        self.scene_head = ProjectionHead(2 * width, config.dimensions)
        self.change_head = ProjectionHead(self.fusion.width, half)
        self.difference = nn.Linear(config.dimensions, half, bias=False)
        nn.init.orthogonal_(self.difference.weight)
        self.difference_weight = nn.Parameter(torch.tensor(1.0))
        self.text_encoder = TextEncoder(config.text)
        self.text_scene_head = ProjectionHead(config.text.width, config.dimensions)
        self.phrase_reader = PhraseReader(config.text.width)
        self.phrase_head = ProjectionHead(config.text.width, config.dimensions)
        self.text_change_head = ProjectionHead(3 * config.text.width, half)

    def tokens(self, images: Tensor) -> Tensor:
        """Images (N, 3, P, P) float, 0..1, to tokens (N, T, C)."""
        encoded: Tensor = self.image_encoder(images)
        return encoded

    def scene(self, tokens: Tensor) -> Tensor:
        """Scene vectors (N, D) of unit length for the tokens of one date."""
        return F.normalize(self.scene_head(global_features(tokens)), dim=1)

    def change(self, before: Tensor, after: Tensor) -> Tensor:
        """Change vectors (N, D) of unit length for the tokens of two dates, each (N, T, C)."""
        learned = F.normalize(self.change_head(self.fusion(before, after)), dim=1)
        return self._joined(learned, self.scene(after) - self.scene(before))

    def text_states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Token states (M, L, W) of sentences."""
        states: Tensor = self.text_encoder(ids, mask)
        return states

    def text_scene(self, states: Tensor, mask: Tensor) -> Tensor:
        """Scene vectors (M, D) of unit length: what a text says is there."""
        return F.normalize(self.text_scene_head(sentence_mean(states, mask)), dim=1)

    def phrases(self, states: Tensor, mask: Tensor) -> Tensor:
        """Scene vectors (M, 2, D) that a text names for before and after; near zero where it names none."""
        projected: Tensor = self.phrase_head(self.phrase_reader(states, mask))
        return projected

    def text_change(self, states: Tensor, mask: Tensor) -> Tensor:
        """Change vectors (M, D) of unit length: what a text says has happened."""
        read = self.phrase_reader(states, mask)
        features = torch.cat((sentence_mean(states, mask), read.flatten(1)), dim=1)
        learned = F.normalize(self.text_change_head(features), dim=1)
        named: Tensor = self.phrase_head(read)
        return self._joined(learned, named[:, 1] - named[:, 0])

    def _joined(self, learned: Tensor, difference: Tensor) -> Tensor:
        projected = self.difference_weight * self.difference(difference)
        return F.normalize(torch.cat((learned, projected), dim=1), dim=1)
