"""The engine's process environment: QGIS's own, without what leads one program to another's libraries."""

from __future__ import annotations

import os
from collections.abc import Mapping

_HARMFUL = {
    # The engine's rasterio has a GDAL and a PROJ of its own, which cannot read the files of QGIS's.
    *("PROJ_LIB", "PROJ_DATA", "PROJ_AUX_DB", "PROJ_DEBUG"),
    *("GDAL_DATA", "GDAL_DRIVER_PATH", "GDAL_PYTHON_DRIVER_PATH", "GDAL_SKIP", "OGR_DRIVER_PATH", "OGR_SKIP"),
    *("GDAL_CONFIG_FILE", "GEOTIFF_CSV"),
    *("LD_LIBRARY_PATH", "LD_PRELOAD", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"),
}
# All of QGIS's and Qt's: the engine has neither. macOS's loader has many variables of one beginning.
_HARMFUL_BEGINNINGS = ("PYTHON", "QGIS_", "QT_", "DYLD_")
_HARMLESS = {"PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"}
_OURS = {
    # Blanks and umlauts in paths travel as UTF-8 on Windows too, and no line waits in a buffer.
    "PYTHONUTF8": "1",
    "PYTHONUNBUFFERED": "1",
    # Offline means offline.
    "HF_HUB_OFFLINE": "1",
    "PROJ_NETWORK": "OFF",
}
# Names QGIS's own folder on Windows, where libraries are looked for along PATH.
_INSTALLATION = "OSGEO4W_ROOT"


def clean_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Give the environment for the engine's process; proxies, CUDA's and the user's own settings stay.

    Args:
        environ: QGIS's environment; it is not changed.
    """
    kept = {name: value for name, value in environ.items() if name in _HARMLESS or not _harmful(name)}
    if kept.get("PATH") and environ.get(_INSTALLATION):
        kept["PATH"] = _outside(kept["PATH"], environ[_INSTALLATION])
    return {**kept, **_OURS}


def _harmful(name: str) -> bool:
    return name.upper() in _HARMFUL or name.upper().startswith(_HARMFUL_BEGINNINGS)


def _outside(path: str, folder: str) -> str:
    """A PATH without the entries that lie in the folder."""
    return os.pathsep.join(entry for entry in path.split(os.pathsep) if not _lies_in(entry, folder))


def _lies_in(entry: str, folder: str) -> bool:
    entry, folder = (os.path.normcase(os.path.normpath(path)) for path in (entry, folder))
    return entry == folder or entry.startswith(folder.rstrip(os.sep) + os.sep)
