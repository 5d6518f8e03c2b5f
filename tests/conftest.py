"""What holds for every test: offline, and each environment runs the tests that it can run."""

from __future__ import annotations

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# The libraries' own switches; that no connection is opened is seen to by pytest-socket and by `make test`.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["PROJ_NETWORK"] = "OFF"

# QGIS's Python has none of the engine's libraries, the engine's Python has no QGIS.
runs_inside_qgis = find_spec("pytest_qgis") is not None
of_the_engine = [
    path.name for path in (ROOT / "tests").iterdir() if path.name not in ("plugin", "conftest.py")
]
collect_ignore = of_the_engine if runs_inside_qgis else ["plugin"]


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The repository's root, whatever its folder is called."""
    return ROOT


@pytest.fixture(scope="session")
def tracked_files(checkout: Path) -> list[Path]:
    """The files under version control that are there, relative to the checkout."""
    # A checkout may belong to another user than the one who tests, which git refuses unless told.
    command = ["git", "-C", str(checkout), "-c", "safe.directory=*", "ls-files", "-z"]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("git knows no tracked files here (an unpacked archive, or git is missing)")
    return [Path(name) for name in listed.split("\0") if (checkout / name).is_file()]
