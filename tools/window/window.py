"""QGIS as a process with a window: started with a throw-away home and profile, always ended."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .display import Screen
from .ending import end
from .eye import Eye
from .profile import LIGHT, NAME, write_profile

CHECKOUT = Path(__file__).resolve().parents[2]
LOG = "qgis.log"
# Of the environment only these pass: the rest could name another Python's or GDAL's folders.
PASSED_ON = ("PATH", "LANG", "TZ")


@dataclass(frozen=True)
class Start:
    """How QGIS is started.

    Attributes:
        home: Throw-away folder: home, profile, plugins' folder and socket lie in it.
        display: The screen's name.
        screen: Its size.
        theme: Name of one of QGIS's themes.
        enabled: Whether ChangeSeek is switched on.
    """

    home: Path
    display: str
    screen: Screen
    theme: str = LIGHT
    enabled: bool = True


@contextmanager
def qgis_window(start: Start) -> Iterator[tuple[subprocess.Popen[bytes], Eye]]:
    """Start QGIS, wait until it answers, and end it whatever happens.

    Yields:
        The process, and the eye that looks at its window.
    """
    socket = start.home / "ear"
    socket.unlink(missing_ok=True)
    write_profile(start.home / "config", start.theme, enabled=start.enabled)
    with open(start.home / LOG, "ab") as log:
        process = subprocess.Popen(
            _command(start), env=_environment(start, socket, os.environ), stdout=log, stderr=log
        )
    try:
        with Eye(socket, process) as eye:
            yield process, eye
    finally:
        end(process)


def _command(start: Start) -> list[str]:
    inside = CHECKOUT / "tools" / "window" / "inside" / "start.py"
    profile = ["--profiles-path", str(start.home / "config"), "--profile", NAME]
    return ["qgis", *profile, "--nologo", "--noversioncheck", "--code", str(inside)]


def _environment(start: Start, socket: Path, inherited: Mapping[str, str]) -> dict[str, str]:
    return {
        **{name: inherited[name] for name in PASSED_ON if name in inherited},
        "LC_ALL": "C.UTF-8",
        "HOME": str(_folder(start.home / "home")),
        # Else QGIS would warn that what lies in the system's folder for such files is soon gone.
        "TMPDIR": str(_folder(start.home / "temporary")),
        "XDG_RUNTIME_DIR": str(_folder(start.home / "runtime")),
        "DISPLAY": start.display,
        "QT_QPA_PLATFORM": "xcb",
        "QT_SCALE_FACTOR": str(start.screen.scale),
        "QGIS_PLUGINPATH": str(_plugins(start.home)),
        "CHANGESEEK_WINDOW_SOCKET": str(socket),
        "CHANGESEEK_WINDOW_TOOLS": str(CHECKOUT / "tools"),
    }


def _plugins(home: Path) -> Path:
    """A folder whose `changeseek` is this checkout, whatever the checkout's own name."""
    plugins = _folder(home / "plugins")
    link = plugins / "changeseek"
    if not link.is_symlink():
        link.symlink_to(CHECKOUT, target_is_directory=True)
    return plugins


def _folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
