"""Single images as another camera, another height and another day would have shown them."""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from changeseek.core.training.augment import coarser, other_light, uniform


def augment_scenes(images: NDArray[np.uint8], size: int, chance: torch.Generator) -> Tensor:
    """Images (N, 3, S, S) uint8 to (N, 3, size, size) float32, 0..1: turned, zoomed, in other light."""
    pixels = torch.from_numpy(images).float().div_(255)
    seen = coarser(_windowed(pixels, size, chance), chance)
    odd = len(seen) % 2
    # Light is drawn for pairs; two images make one.
    paired = torch.cat((seen, seen[:odd])).unflatten(0, (-1, 2))
    return other_light(paired, chance).flatten(0, 1)[: len(seen)]


def _windowed(images: Tensor, size: int, chance: torch.Generator) -> Tensor:
    count = len(images)
    angle = torch.randint(4, (count,), generator=chance) * (math.pi / 2) + uniform(chance, -0.25, 0.25, count)
    zoom = torch.exp(uniform(chance, math.log(0.45), math.log(1.15), count))
    stretch = torch.exp(uniform(chance, -0.15, 0.15, count))
    flip = torch.randint(2, (count,), generator=chance) * 2.0 - 1.0
    cosine, sine = zoom * torch.cos(angle), zoom * torch.sin(angle)
    room = (1 - zoom).clamp(min=0.05)
    shift = uniform(chance, -1.0, 1.0, count, 2) * room[:, None]
    matrix = torch.stack((cosine * flip * stretch, -sine, sine * flip * stretch, cosine), 1).view(count, 2, 2)
    theta = torch.cat((matrix, shift.unsqueeze(-1)), -1)
    grid = F.affine_grid(theta, [count, 3, size, size], align_corners=False)
    return F.grid_sample(images, grid, mode="bilinear", padding_mode="reflection", align_corners=False)
