"""Which Python runs the engine: never QGIS's own, whose libraries would clash with the engine's."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import EngineMissingError
from ..translation import tr

VARIABLE = "CHANGESEEK_PYTHON"
PLUGIN_FOLDER = Path(__file__).resolve().parents[2]
# Of a virtual environment, on Windows and elsewhere.
_IN_ENVIRONMENT = ("Scripts/python.exe", "bin/python")


def find_interpreter(setting: str) -> Path:
    """Find the engine's Python: in CHANGESEEK_PYTHON, then the setting, then `.venv` beside the plugin.

    Args:
        setting: From QGIS's settings: an interpreter, or the folder of its environment; may be empty.

    Raises:
        EngineMissingError: What is named is not there, or nothing is named and there is no `.venv`.
    """
    named = os.environ.get(VARIABLE, "")
    if named.strip():
        return _named(named, tr("the environment variable {}").format(VARIABLE))
    if setting.strip():
        return _named(setting, tr("ChangeSeek's setting"))
    beside = _interpreter_in(PLUGIN_FOLDER / ".venv")
    if beside is None:
        raise EngineMissingError(
            tr("the engine's Python environment is missing: there is none at {}").format(
                PLUGIN_FOLDER / ".venv"
            ),
            tr("Run `make setup` in {}, or name a Python that has the engine's packages: {}").format(
                PLUGIN_FOLDER, _how_to_name()
            ),
        )
    return beside


def _named(text: str, where: str) -> Path:
    # Windows copies a path with quotes around it.
    path = Path(os.path.abspath(os.path.expanduser(text.strip().strip("\"'"))))
    # Not by Path's own methods, which raise where a folder may not be entered.
    found = _interpreter_in(path) if os.path.isdir(path) else path
    if found is None or not os.path.isfile(found):
        message = tr("{} names {}, and there is no Python").format(where, path)
        raise EngineMissingError(message, tr("Name another: {}").format(_how_to_name()))
    if found.stem.lower().startswith("qgis"):
        message = tr("{} names {}, which is QGIS itself").format(where, path)
        raise EngineMissingError(message, tr("Name the Python of an environment of its own"))
    return found


def _interpreter_in(environment: Path) -> Path | None:
    """The interpreter of a virtual environment; the link is kept, as the environment hangs on its name."""
    candidates = (environment / name for name in _IN_ENVIRONMENT)
    return next((candidate for candidate in candidates if os.path.isfile(candidate)), None)


def _how_to_name() -> str:
    return tr("in ChangeSeek's settings in QGIS, or in {} before QGIS starts").format(VARIABLE)
