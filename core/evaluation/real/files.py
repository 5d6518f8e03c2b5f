"""Files beside the rasters of a data set, which must be there."""

from __future__ import annotations

from pathlib import Path

from changeseek.core.errors import SourceNotFoundError

_ADVICE = "Complete the folder or leave it out"


def needed(file: Path) -> Path:
    """The file itself.

    Raises:
        SourceNotFoundError: It does not exist.
    """
    if not file.exists():
        raise SourceNotFoundError(f"{file} does not exist", _ADVICE)
    return file


def needed_rasters(folder: Path) -> list[Path]:
    """The TIFFs of a folder in the order of their names, at least one.

    Raises:
        SourceNotFoundError: There is none.
    """
    found = sorted(folder.glob("*.tif"))
    if not found:
        raise SourceNotFoundError(f"{folder} holds no TIFF", _ADVICE)
    return found
