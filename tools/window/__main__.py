"""Drives a real QGIS through the demo, or through any pair of rasters, and takes pictures.

Without --pair the pictures of the demo scene go to build/screenshots and the README's among them to
docs/screenshots. With --pair nothing is written outside --output.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from .display import Screen
from .gallery import fill_gallery
from .journey import JourneyError, table
from .profile import DARK
from .scene import DEMO_QUERIES, Scene, lay_out
from .travel import Trip, travel
from .window import CHECKOUT, LOG

DEMO = CHECKOUT / "build" / "demo"
PICTURES = CHECKOUT / "build" / "screenshots"
GALLERY = CHECKOUT / "docs" / "screenshots"


def main() -> None:
    """Read the arguments, travel, print the table."""
    arguments = _arguments()
    # Else a terminated run would leave its screen and its QGIS behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with tempfile.TemporaryDirectory(prefix="changeseek-") as home:
        before, after = arguments.pair or _demo()
        folder = Path(home) / "home" / "town"
        before, after = lay_out(folder, before, after)
        queries = tuple(arguments.query or DEMO_QUERIES)
        scene = Scene(folder, before, after, queries, arguments.tile, _truth(arguments))
        try:
            looks = _looks(everything=arguments.pair is None)
            journeys = travel(Path(home), scene, arguments.output, looks)
        except JourneyError as error:
            sys.exit(f"changeseek: {error}")
        finally:
            if (Path(home) / LOG).exists():
                shutil.copy(Path(home) / LOG, arguments.output / LOG)
    for journey in journeys:
        sys.stdout.write(table(journey) + "\n")
    if arguments.pair is None:
        fill_gallery(arguments.output, GALLERY)


def _looks(*, everything: bool) -> dict[str, Trip]:
    """Light colours; where everything is to be seen, dark ones and a screen of twice the density as well."""
    light = {"light": Trip(Screen())}
    others = {"dark": Trip(Screen(), DARK), "large": Trip(Screen(3200, 2000, 2))}
    return {**light, **others} if everything else light


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tools/screenshots", description=__doc__)
    parser.add_argument("--pair", nargs=2, type=Path, metavar=("BEFORE", "AFTER"), help="two rasters")
    parser.add_argument("--query", action="append", help="a text to search for; give two or more")
    parser.add_argument("--tile", type=int, default=128, help="side of a tile in pixels")
    parser.add_argument("--output", type=Path, default=PICTURES, help="folder for the pictures")
    arguments = parser.parse_args()
    if arguments.pair and (not arguments.query or len(arguments.query) < 2):
        parser.error("--pair needs --query twice: the second is asked after the project is opened again")
    return arguments


def _truth(arguments: argparse.Namespace) -> Path | None:
    """What happened, where it is the demo and its tiles are those of the journey."""
    truth = DEMO / "truth.json"
    is_demo = arguments.pair is None and truth.is_file()
    return (
        truth if is_demo and json.loads(truth.read_text("utf-8"))["grid"]["tile"] == arguments.tile else None
    )


def _demo() -> list[Path]:
    pair = [DEMO / "before.tif", DEMO / "after.tif"]
    if not all(path.exists() for path in pair):
        subprocess.run([CHECKOUT / ".venv" / "bin" / "changeseek", "demo", DEMO], check=True)
    return pair


if __name__ == "__main__":
    main()
