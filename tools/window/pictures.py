"""Pictures of the screen: whole while testing, small enough for a README afterwards."""

from __future__ import annotations

import os
import subprocess
from io import BytesIO
from pathlib import Path

from PIL import Image

from .seen import Rect

MOST_BYTES = 400 * 1024
PALETTES = (256, 192, 160, 128, 96, 64, 32, 16)


def look(display: str) -> Image.Image:
    """What is on the screen of that name."""
    command = ["import", "-silent", "-window", "root", "ppm:-"]
    grabbed = subprocess.run(
        command, check=True, env={**os.environ, "DISPLAY": display}, stdout=subprocess.PIPE
    )
    return Image.open(BytesIO(grabbed.stdout))


def take_picture(display: str, path: Path) -> Path:
    """Write what is on the screen as PNG; the picture's folder is made where missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    look(display).save(path)
    return path


def colours(picture: Image.Image, place: Rect) -> int:
    """How many different colours a part of a picture has."""
    part = picture.crop((place.x, place.y, place.x + place.width, place.y + place.height)).convert("RGB")
    return len(part.getcolors(place.width * place.height) or [])


def make_small(source: Path, target: Path) -> None:
    """Copy a picture with as many colours as fit into `MOST_BYTES`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(source) as picture:
        whole = picture.convert("RGB")
    for colours in PALETTES:
        # The octree keeps the few bright colours of a user interface beside the many of the ground.
        octree = whole.quantize(colours, method=Image.Quantize.FASTOCTREE)
        reduced = whole.quantize(palette=octree, dither=Image.Dither.NONE)
        reduced.save(target, optimize=True)
        if target.stat().st_size <= MOST_BYTES:
            return
