"""ChangeSeek for PyQGIS: the Python console and scripts of one's own. See docs/scripting.md."""

from __future__ import annotations

from .api import ChangeSeek
from .question import Question

__all__ = ["ChangeSeek", "Question"]
