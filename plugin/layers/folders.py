"""Where files beside an index go: into its folder, or into the user's cache where that cannot be written."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from qgis.PyQt.QtCore import QStandardPaths


def writable_folder(index: Path, name: str) -> Path:
    """The folder `name` of an index, or the one that stands for it in the user's cache; made where missing.

    Any thread may ask; it looks at the disk.

    Raises:
        OSError: The cache cannot be written to either.
    """
    folder = index / name
    if index.is_dir() and _can_write(folder):
        return folder
    folder = cache_folder(index, name)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def cache_folder(index: Path, name: str) -> Path:
    """A folder in the user's cache that belongs to an index folder; not made here."""
    cache = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation)
    where = hashlib.sha256(str(index).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return Path(cache) / "changeseek" / f"{index.stem}-{where}" / name


def _can_write(folder: Path) -> bool:
    """By trying: access rights say little on Windows and on network drives."""
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
