"""What the panel works on: an open index, its layers, the questions asked of it; no widgets."""

from .workspace import Workspace

__all__ = ["Workspace"]
