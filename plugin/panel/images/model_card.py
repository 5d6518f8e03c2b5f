"""A model's card as something to read: what it is, what it has seen, what it cannot do, how well it does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from qgis.PyQt.QtCore import QLocale, QSize, Qt
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from ....core.engine.messages import Model
from ...translation import tr
from ..words import length

_WANTED = QSize(520, 560)


class ModelCard(QDialog):
    """Beside the panel, not in its way: people compare it with what they see.

    Args:
        model: Whose card it is.
        parent: Owner.
    """

    def __init__(self, model: Model, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changeseek_model_card")
        self.setWindowTitle(tr("Model {}").format(model.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._text = QTextBrowser()
        self._text.setObjectName("changeseek_model_card_text")
        self._text.setAccessibleName(tr("Model card"))
        self._text.setOpenLinks(False)
        self._text.setHtml(card_html(model))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.addWidget(self._text)
        rows.addWidget(buttons)
        self.resize(_WANTED)


def card_html(model: Model) -> str:
    """The card as HTML without colours, so that the palette's hold."""
    least, most = model.ground_sample_distance
    seen = tr("{} to {} a pixel").format(length(least), length(most))
    parts = (
        f"<h2>{escape(model.name)}</h2><p>{escape(model.summary)}</p>",
        _section(tr("Pixel sizes that it has seen"), f"<p>{escape(seen)}</p>"),
        _section(tr("What it cannot do"), _list(model.limits)),
        _section(tr("Measured"), "".join(_figures(*item) for item in model.figures.items())),
        _section(tr("What it was trained on"), _list(model.data)),
        _section(tr("Licence"), f"<p>{escape(model.licence)}</p>"),
    )
    return "".join(parts)


def _section(title: str, body: str) -> str:
    return f"<h4>{escape(title)}</h4>{body}" if body else ""


def _list(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def _figures(command: str, values: Any) -> str:
    if not isinstance(values, Mapping):
        return f"<p>{escape(_words(command))}: {escape(_number(values))}</p>"
    rows = "".join(
        f"<tr><td>{escape(_words(name))}&nbsp;&nbsp;</td><td align='right'>{escape(_number(value))}</td></tr>"
        for name, value in values.items()
    )
    return f"<p><code>{escape(command)}</code></p><table>{rows}</table>"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _number(value: Any) -> str:
    if isinstance(value, float):
        return str(QLocale().toString(value, "g", 3))
    return str(value)
