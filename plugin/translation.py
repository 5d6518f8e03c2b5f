"""One way to translate what people read, for classes that are no Qt objects too."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication


def tr(text: str) -> str:
    """Return `text` in the language of QGIS, or unchanged where no translation knows it."""
    return str(QCoreApplication.translate("ChangeSeek", text))
