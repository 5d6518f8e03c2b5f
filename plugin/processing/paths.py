"""Paths as the engine needs them: it runs in a folder of its own, where relative ones would go astray."""

from __future__ import annotations

import os


def absolute(path: str) -> str:
    """A path from the root, for what lies on the disk or is to be made there; empty stays empty."""
    return os.path.abspath(os.path.expanduser(path)) if path.strip() else ""


def absolute_if_there(name: str) -> str:
    """The same for what may also be another kind of name: of a model, or an address that GDAL opens."""
    path = absolute(name)
    return path if path and os.path.exists(path) else name


def absolute_model(name: str) -> str:
    """A model by its name, or by a path with a folder in it: a name alone is a name, whatever lies here."""
    return name if os.path.basename(name) == name else absolute_if_there(name)
