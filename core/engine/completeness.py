"""Whether this Python has what the engine needs, found without importing it.

Within the standard library and old Pythons: the whole point is to run where little is there.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec

from changeseek.core.engine.failures import INCOMPLETE_ADVICE, EngineIncompleteError

OLDEST_PYTHON = (3, 11)
# What is imported on the way from two rasters to an answer, by the name under which it is imported.
PACKAGES = (
    *("torch", "numpy", "rasterio", "affine", "shapely", "pyarrow", "pyogrio", "pystac"),
    *("tokenizers", "safetensors", "filelock", "platformdirs", "PIL"),
)


def what_is_missing() -> EngineIncompleteError | None:
    """The error to answer all requests with, None where all is there."""
    if sys.version_info < OLDEST_PYTHON:
        here, needed = (".".join(map(str, version[:2])) for version in (sys.version_info, OLDEST_PYTHON))
        message = f"{sys.executable} is Python {here}; the engine needs {needed} or newer"
        return EngineIncompleteError(message, INCOMPLETE_ADVICE)
    missing = [package for package in PACKAGES if find_spec(package) is None]
    if not missing:
        return None
    message = f"{sys.executable} lacks packages of the engine: {', '.join(missing)}"
    return EngineIncompleteError(message, INCOMPLETE_ADVICE)
