"""Arrays that take seconds to compute, kept between runs in files that can be deleted at any time."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_LOG = logging.getLogger(__name__)


def user_cache() -> Path:
    """Folder of the derived files in the user's own cache."""
    from platformdirs import user_cache_path

    return user_cache_path("changeseek", appauthor=False) / "captions"


def remembered(folder: Path, key: str, shape: tuple[int, ...], compute: Callable[[], Floats]) -> Floats:
    """An array from the cache, else computed and put there.

    Args:
        folder: The cache; it need not exist, nor be writable.
        key: Everything that the array follows from.
        shape: Shape of the array; a file that holds another one counts for nothing.
        compute: Makes the array, float32.
    """
    file = folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.npy"
    found = _recall(file, shape)
    if found is not None:
        return found
    array = np.ascontiguousarray(compute(), dtype=np.float32)
    _remember(file, array)
    return array


def _recall(file: Path, shape: tuple[int, ...]) -> Floats | None:
    try:
        array = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return array if array.dtype == np.float32 and array.shape == shape else None


def _remember(file: Path, array: Floats) -> None:
    """Keep an array; a cache that cannot be written costs time, not the answer."""
    unfinished = file.with_name(f"{file.stem}.{os.getpid()}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as stream:
            np.save(stream, array)
        unfinished.replace(file)
    except OSError as error:
        _LOG.info("%s is not kept: %s", file, error)
        with suppress(OSError):
            unfinished.unlink()
