"""Takes the picture: air, white balance, tone curve, blur, a little displacement, noise, compression."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import gaussian_filter

from changeseek.core.scenes.look import Look
from changeseek.core.scenes.noise import smooth_noise
from changeseek.core.scenes.paint_ground import Picture

HAZE = np.array([0.74, 0.78, 0.83], dtype=np.float32)
MESH_PIXELS = 128


def take_picture(rng: np.random.Generator, picture: Picture, look: Look) -> NDArray[np.uint8]:
    """(H, W, 3) uint8 of a lit ground; the picture given is used up."""
    _develop(rng, picture, look)
    for band in range(3):
        gaussian_filter(picture[..., band], look.blur, output=picture[..., band], truncate=2.5)
    picture += (rng.standard_normal(picture.shape[:2], dtype=np.float32) * np.float32(look.noise / 255))[
        ..., None
    ]
    np.clip(picture, 0, 1, out=picture)
    picture *= 255
    return _compressed(_displaced(rng, Image.fromarray(picture.astype(np.uint8)), look), look)


def _develop(rng: np.random.Generator, picture: Picture, look: Look) -> None:
    grey = picture.mean(axis=2, keepdims=True)
    picture -= grey
    picture *= np.float32(look.saturation)
    picture += grey
    fall_off = 1 + np.float32(0.035) * smooth_noise(rng, picture.shape[:2], max(picture.shape) / 2.5)
    picture *= (fall_off * np.float32(look.brightness))[..., None]
    picture *= np.asarray(look.white_balance, dtype=np.float32)
    picture *= np.float32(1 - look.haze)
    picture += HAZE * np.float32(look.haze)
    np.clip(picture, 0.004, 1, out=picture)
    np.power(picture, np.float32(look.gamma), out=picture)
    picture -= np.float32(0.42)
    picture *= np.float32(look.contrast)
    picture += np.float32(0.42)


def _displaced(rng: np.random.Generator, image: Image.Image, look: Look) -> Image.Image:
    """Moves the picture smoothly by up to `look.shift` pixels, as a not quite right terrain model does."""
    if look.shift < 0.05:
        return image
    width, height = image.size
    across, down = -(-width // MESH_PIXELS), -(-height // MESH_PIXELS)
    heading = rng.uniform(0, 2 * np.pi)
    sway = np.stack([smooth_noise(rng, (down + 1, across + 1), 5.0) for _ in range(2)], axis=-1)
    moves = look.shift * (0.7 * np.array([np.cos(heading), np.sin(heading)]) + 0.3 * np.tanh(sway))
    mesh = [_cell(row, col, width, height, moves) for row in range(down) for col in range(across)]
    return image.transform(image.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)


def _cell(
    row: int, col: int, width: int, height: int, moves: NDArray[np.float64]
) -> tuple[tuple[int, int, int, int], tuple[float, ...]]:
    left, upper = col * MESH_PIXELS, row * MESH_PIXELS
    right, lower = min(left + MESH_PIXELS, width), min(upper + MESH_PIXELS, height)
    corners = ((left, upper, 0, 0), (left, lower, 0, 1), (right, lower, 1, 1), (right, upper, 1, 0))
    source: list[float] = []
    for x, y, east, south in corners:
        move = moves[row + south, col + east]
        source += [float(np.clip(x + move[0], 0, width - 1)), float(np.clip(y + move[1], 0, height - 1))]
    return (left, upper, right, lower), tuple(source)


def _compressed(image: Image.Image, look: Look) -> NDArray[np.uint8]:
    stored = BytesIO()
    image.save(stored, "JPEG", quality=look.jpeg_quality)
    return np.array(Image.open(stored), dtype=np.uint8)
