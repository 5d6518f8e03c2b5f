"""Sees one date: a small residual network whose last map is kept as a grid of tokens.

The same weights look at both dates (Text-ITSR, section on modality-specific encoders); nothing of the other
date is known here.
"""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F

DOWNSAMPLING = 32


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions beside a shortcut; halves the map where `stride` is 2."""

    def __init__(self, width_in: int, width: int, stride: int) -> None:
        super().__init__()
        self.first = _convolution(width_in, width, stride)
        self.second = _convolution(width, width, 1)
        same = stride == 1 and width_in == width
        self.shortcut: nn.Module = nn.Identity() if same else _convolution(width_in, width, stride, size=1)

    def forward(self, maps: Tensor) -> Tensor:
        """Maps (N, C, H, W) to (N, width, H / stride, W / stride)."""
        return F.relu(self.shortcut(maps) + self.second(F.relu(self.first(maps))))


def _convolution(width_in: int, width: int, stride: int, size: int = 3) -> nn.Sequential:
    convolution = nn.Conv2d(width_in, width, size, stride, size // 2, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(width))


class ImageEncoder(nn.Module):
    """RGB images to a grid of tokens, `DOWNSAMPLING` times smaller than the image.

    Args:
        widths: Channels of the four stages; the last is the tokens' width C.
        blocks: Residual blocks in each stage.
    """

    def __init__(self, widths: tuple[int, ...] = (32, 64, 128, 256), blocks: int = 2) -> None:
        super().__init__()
        self.stem = nn.Sequential(_convolution(3, widths[0], 2), nn.ReLU())
        strides = (2, 2, 2, 2)
        stages: list[nn.Module] = []
        width_in = widths[0]
        for width, stride in zip(widths, strides, strict=True):
            stages.append(ResidualBlock(width_in, width, stride))
            stages.extend(ResidualBlock(width, width, 1) for _ in range(blocks - 1))
            width_in = width
        self.stages = nn.Sequential(*stages)
        self.width = widths[-1]

    def forward(self, images: Tensor) -> Tensor:
        """Images (N, 3, H, W) float, 0..1, to tokens (N, H / 32 * W / 32, C)."""
        maps = self.stages(self.stem((images - 0.45) / 0.25))
        tokens: Tensor = maps.flatten(2).transpose(1, 2)
        return tokens
