"""Makes each date look as if another camera on another day had taken it.

Geometry is the same for both dates but for a small shift; season, light, colour, haze, blur, noise and
compression are drawn for each date on its own, so that the model cannot take them for change.
"""

from __future__ import annotations

import math
from io import BytesIO

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional as F


def augment(pairs: Tensor, chance: torch.Generator) -> Tensor:
    """Augment pairs (N, 2, 3, P, P) uint8; returns float32 of the same shape, 0..1."""
    images = _other_place(pairs.float().div_(255), chance)
    # Both dates of a pair lose the same resolution; clouds hide one of them.
    images = coarser(images.flatten(1, 2), chance).unflatten(1, (2, 3))
    seen = other_light(_some_clouded(other_season(images, chance), chance), chance)
    return _some_compressed(seen, chance)


def other_season(images: Tensor, chance: torch.Generator) -> Tensor:
    """Pairs (N, 2, 3, P, P), 0..1, with what grows there dried or greened on four dates in ten."""
    red, green, blue = images.unbind(2)
    growing = torch.sigmoid((2 * green - red - blue) * 25 - 0.5)
    shape = (images.shape[0], 2, 1, 1)
    drawn = (torch.rand(shape, generator=chance) < 0.4).float()
    drier = drawn * uniform(chance, -0.35, 0.6, *shape) * growing
    seasoned = torch.stack((red * (1 + 0.5 * drier), green * (1 + 0.1 * drier), blue * (1 - 0.25 * drier)), 2)
    return seasoned.clamp(0, 1)


def coarser(images: Tensor, chance: torch.Generator) -> Tensor:
    """Four in ten of the images (N, C, P, P) as a camera with up to six times larger pixels sees them."""
    size = images.shape[-1]
    factor = math.exp(float(uniform(chance, math.log(1.2), math.log(6.0), 1)))
    chosen = torch.rand(len(images), generator=chance) < 0.4
    if chosen.any():
        small = F.interpolate(images[chosen], size=round(size / factor), mode="bilinear", antialias=True)
        images = images.clone()
        images[chosen] = F.interpolate(small, size=size, mode="bilinear")
    return images


def uniform(chance: torch.Generator, low: float, high: float, *shape: int) -> Tensor:
    """Numbers drawn evenly between two bounds."""
    return torch.rand(shape, generator=chance) * (high - low) + low


def _other_place(images: Tensor, chance: torch.Generator) -> Tensor:
    count, size = images.shape[0], images.shape[-1]
    quarter = torch.randint(4, (count,), generator=chance) * (math.pi / 2)
    angle = quarter + uniform(chance, -0.15, 0.15, count)
    zoom = torch.exp(uniform(chance, math.log(0.6), math.log(1.1), count))
    flip = torch.randint(2, (count,), generator=chance) * 2.0 - 1.0
    cosine, sine = zoom * torch.cos(angle), zoom * torch.sin(angle)
    shift = uniform(chance, -0.1, 0.1, count, 1, 2).expand(-1, 2, -1)
    slip = uniform(chance, -2.5, 2.5, count, 2, 2) * 2 / size
    matrix = (
        torch.stack((cosine * flip, -sine, sine * flip, cosine), 1).view(count, 1, 2, 2).expand(-1, 2, -1, -1)
    )
    theta = torch.cat((matrix, (shift + slip).unsqueeze(-1)), -1).flatten(0, 1)
    flat = images.flatten(0, 1)
    grid = F.affine_grid(theta, list(flat.shape), align_corners=False)
    moved = F.grid_sample(flat, grid, mode="bilinear", padding_mode="reflection", align_corners=False)
    return moved.view(count, 2, *images.shape[2:])


def other_light(images: Tensor, chance: torch.Generator) -> Tensor:
    """Pairs (N, 2, 3, P, P), 0..1, each date in a light, haze and blur of its own."""
    count = images.shape[0]
    shape = (count, 2, 1, 1, 1)
    colour = (count, 2, 3, 1, 1)
    strength = uniform(chance, 0.0, 1.0, *shape)
    images = images.clamp(min=1e-4) ** torch.exp(strength * uniform(chance, -0.45, 0.45, *shape))
    grey = images.mean(2, keepdim=True)
    images = grey + (images - grey) * (1 + strength * uniform(chance, -0.7, 0.5, *shape))
    middle = images.mean((2, 3, 4), keepdim=True)
    images = middle + (images - middle) * (1 + strength * uniform(chance, -0.4, 0.4, *shape))
    images = images * (1 + strength * uniform(chance, -0.18, 0.18, *colour))
    images = images + strength * uniform(chance, -0.15, 0.15, *shape)
    haze = strength * uniform(chance, -0.3, 0.35, *shape).clamp(min=0)
    images = images * (1 - haze) + 0.75 * haze
    images = _some_blurred(images, chance)
    noise = torch.randn(images.shape, generator=chance) * (uniform(chance, -0.02, 0.03, *shape).clamp(min=0))
    return (images + noise).clamp_(0, 1)


def _some_clouded(images: Tensor, chance: torch.Generator) -> Tensor:
    """Soft white patches over part of one date in twenty, and their shadows beside them."""
    flat = images.flatten(0, 1)
    chosen = torch.rand(len(flat), generator=chance) < 0.05
    count, size = int(chosen.sum()), images.shape[-1]
    if not count:
        return images
    noise = F.interpolate(torch.randn(count, 1, 6, 6, generator=chance), size=size, mode="bicubic")
    cover = ((noise - uniform(chance, 0.2, 1.0, count, 1, 1, 1)) * 2.5).clamp(0, 1)
    shadow = torch.roll(cover, (size // 6, size // 8), (2, 3)) * 0.5
    flat = flat.clone()
    flat[chosen] = flat[chosen] * (1 - shadow) * (1 - cover) + 0.92 * cover
    return flat.view(images.shape)


def _some_blurred(images: Tensor, chance: torch.Generator) -> Tensor:
    flat = images.flatten(0, 1)
    chosen = torch.rand(len(flat), generator=chance) < 0.3
    if chosen.any():
        weight = uniform(chance, 0.3, 1.0, int(chosen.sum()), 1, 1, 1)
        soft = F.avg_pool2d(F.pad(flat[chosen], (1, 1, 1, 1), mode="replicate"), 3, 1)
        flat = flat.clone()
        flat[chosen] = flat[chosen] * (1 - weight) + soft * weight
    return flat.view(images.shape)


def _some_compressed(images: Tensor, chance: torch.Generator) -> Tensor:
    """Pairs (N, 2, 3, P, P), 0..1, a quarter of the dates as a JPEG of quality 25 to 85 shows them."""
    flat = images.flatten(0, 1)
    chosen = torch.rand(len(flat), generator=chance) < 0.25
    qualities = torch.randint(25, 86, (len(flat),), generator=chance)
    flat = flat.clone()
    for place in torch.nonzero(chosen).flatten().tolist():
        pixels = (flat[place] * 255).round().to(torch.uint8).permute(1, 2, 0).contiguous().numpy()
        packed = BytesIO()
        Image.fromarray(pixels).save(packed, "JPEG", quality=int(qualities[place]))
        unpacked = np.array(Image.open(packed))
        flat[place] = torch.from_numpy(unpacked).permute(2, 0, 1).float() / 255
    return flat.view(images.shape)
