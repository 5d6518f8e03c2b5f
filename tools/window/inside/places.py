"""Where things are on the screen, in its own pixels, which is what a mouse understands."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QPoint, QRect
from qgis.PyQt.QtWidgets import QWidget

Place = dict[str, int]


def on_screen(widget: QWidget, rectangle: QRect) -> Place:
    """A rectangle of a widget's own coordinates as x, y, width, height of the screen."""
    scale = widget.devicePixelRatioF()
    corner = widget.mapToGlobal(rectangle.topLeft())
    sides = (corner.x(), corner.y(), rectangle.width(), rectangle.height())
    return {
        name: round(side * scale) for name, side in zip(("x", "y", "width", "height"), sides, strict=True)
    }


def seen(widget: QWidget) -> Place:
    """The part of a widget that is not scrolled away or cut by its parents."""
    return on_screen(widget, widget.visibleRegion().boundingRect())


def point(widget: QWidget, x: float, y: float) -> Place:
    """One point of a widget's own coordinates, as a rectangle of one pixel."""
    return on_screen(widget, QRect(QPoint(round(x), round(y)), QPoint(round(x), round(y))))


def described(widget: QWidget) -> dict[str, Any]:
    """What a person sees of a widget."""
    return {
        "name": widget.objectName(),
        "kind": type(widget).__name__,
        "text": text_of(widget),
        "on_show": widget.isVisible(),
        "visible": widget.isVisible() and not widget.visibleRegion().isEmpty(),
        "enabled": widget.isEnabled(),
        "focused": widget.hasFocus(),
        "place": on_screen(widget, widget.rect()),
        "seen": seen(widget),
    }


# In this order: a combo box has a text of its items, a spin box a text with its unit, a label a text.
TEXTS = ("currentText", "toPlainText", "text", "title", "windowTitle")


def text_of(widget: QWidget) -> str:
    """The text that stands in a widget, empty where there is none."""
    for name in TEXTS:
        # Qt's own are methods, those of widgets in Python may be properties.
        text = getattr(widget, name, None)
        text = text() if callable(text) else text
        if isinstance(text, str) and text:
            return text
    return ""
