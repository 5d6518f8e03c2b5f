"""A sheet on which pictures, boxes and words are put by pixel."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.patheffects import Normal, Stroke
from numpy.typing import NDArray
from PIL import Image

_DOTS_PER_INCH = 100
# Sizes of letters and lines are given in pixels; matplotlib counts in points.
_POINTS = 72 / _DOTS_PER_INCH
_INK = "#1c1c1c"

Align = Literal["left", "right", "upright"]


class Canvas:
    """A white sheet of width x height pixels; x runs to the right, y downwards."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._figure = Figure(figsize=(width / _DOTS_PER_INCH, height / _DOTS_PER_INCH), dpi=_DOTS_PER_INCH)
        self._canvas: Any = FigureCanvasAgg(self._figure)
        self._axes: Any = self._figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._axes.set_axis_off()

    def picture(self, x: float, y: float, width: float, height: float, pixels: NDArray[np.uint8]) -> None:
        """Put (H, W, 3) uint8 pixels into a rectangle."""
        extent = (x, x + width, y + height, y)
        self._axes.imshow(pixels, extent=extent, interpolation="antialiased", aspect="auto")

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        colour: str,
        line: float,
        *,
        edged: bool = False,
    ) -> None:
        """Outline a rectangle; `edged` puts a dark rim around the line, to be seen on any ground."""
        outline = Rectangle((x, y), width, height, fill=False, edgecolor=colour, linewidth=line * _POINTS)
        if edged:
            outline.set_path_effects([Stroke(linewidth=(line + 2) * _POINTS, foreground=_INK), Normal()])
        self._axes.add_patch(outline)

    def square(self, x: float, y: float, side: float, colour: str) -> None:
        """Fill a square."""
        self._axes.add_patch(
            Rectangle((x, y), side, side, facecolor=colour, edgecolor=_INK, linewidth=_POINTS)
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        align: Align = "left",
        *,
        bold: bool = False,
        colour: str = _INK,
    ) -> None:
        """Write one line, its middle at height y; upright text runs upwards and is centred."""
        upright = align == "upright"
        self._axes.text(
            x,
            y,
            words,
            fontsize=size * _POINTS,
            ha="center" if upright else align,
            va="center",
            rotation=90 if upright else 0,
            weight="bold" if bold else "normal",
            color=colour,
        )

    def save(self, path: Path) -> None:
        """Write the sheet as PNG with 256 colours, a quarter of the bytes of all colours."""
        self._axes.set_xlim(0, self.width)
        self._axes.set_ylim(self.height, 0)
        self._canvas.draw()
        sheet = Image.fromarray(np.asarray(self._canvas.buffer_rgba())).convert("RGB")
        # Of Pillow's methods this one keeps colours that cover little, such as those of the outlines; it does
        # not dither by itself.
        colours = sheet.quantize(256, Image.Quantize.FASTOCTREE)
        dithered = sheet.quantize(palette=colours, dither=Image.Dither.FLOYDSTEINBERG)
        dithered.save(path, "PNG", optimize=True)
