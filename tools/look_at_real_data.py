"""Indexes the real scenes, asks each a few questions and draws the best tiles into build/real-data.

Usage: CHANGESEEK_DATA=FOLDER .venv/bin/python tools/look_at_real_data.py [CASE ...]
The folder holds the public scenes that docs/real-data.md names; the pictures are for looking, not keeping.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray

from changeseek.core.demo.figures import average_precision
from changeseek.core.evaluation.real.layers import read_mask, tile_shares
from changeseek.core.evaluation.real.mosaic import mosaic_xml
from changeseek.core.evaluation.real.oscd import LEAST_SHARE
from changeseek.core.index.query import Mode, SearchRequest
from changeseek.core.raster.bands import parse_bands
from changeseek.core.raster.pair import RasterPair, open_pair
from changeseek.core.tiling.grid import TileGrid
from changeseek.core.tiling.reader import read_patches

OUT = Path("build/real-data")
TOP = 8


@dataclass(frozen=True, slots=True)
class Case:
    """One pair of dates with its questions."""

    name: str
    before: str
    after: str
    tile: int
    questions: tuple[SearchRequest, ...]
    bands: str | None = None


def ask(text: str, mode: Mode = "change") -> SearchRequest:
    """A question for the best tiles of a row."""
    return SearchRequest(text, mode, TOP)


NEW_BUILDINGS = (
    ask("new buildings"),
    ask("houses were built"),
    ask("bare ground -> buildings"),
)
CASES = (
    Case("naip", "naip/m_4709963_se_14_1_20090818.tif", "naip/m_4709963_se_14_1_20150926.tif", 32,
         (ask("a lake dried up"), ask("a lake appeared"), ask("a lake", "after"))),
    Case("landsat", "landsat/1985.tif", "landsat/2020.tif", 32,
         (ask("forest has been cleared"), ask("houses were built"), ask("a river moved here"),
          ask("a river", "after")), "1,2,3"),
    *(Case(f"oscd-{city}", f"oscd/{city}/before.tif", f"oscd/{city}/after.tif", 32, NEW_BUILDINGS, "1,2,3")
      for city in ("abudhabi", "bordeaux", "hongkong", "mumbai", "paris", "saclay_e")),
    Case("joplin", "joplin/pre", "joplin/post", 96,
         (ask("houses were demolished"), ask("houses -> bare ground"), ask("houses", "before"))),
    Case("forest_clearing", "forest_clearing/example_t0.tif", "forest_clearing/example_t1.tif", 32,
         (ask("forest has been cleared"), ask("forest -> bare ground"))),
    Case("sentinel2_utm", "sentinel2_utm/before.tif", "sentinel2_utm/after.tif", 32,
         (ask("forest has been cleared"), ask("fields were sown")), "3,2,1"),
    Case("coldsprings", "coldsprings/before_stacked.tif", "coldsprings/after_stacked.tif", 32,
         (ask("forest has been cleared"), ask("forest -> bare ground")), "1,2,3"),
)  # fmt: skip


def main() -> None:
    """Run the named cases, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", choices=[[], *(case.name for case in CASES)])
    arguments = parser.parse_args()
    if "CHANGESEEK_DATA" not in os.environ:
        sys.exit("Set CHANGESEEK_DATA to the folder with the real scenes.")
    data = Path(os.environ["CHANGESEEK_DATA"]).resolve()
    OUT.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        if not arguments.cases or case.name in arguments.cases:
            answer(case, data)


def answer(case: Case, data: Path) -> None:
    """Index one case, answer its questions and draw a picture."""
    dates = (case.before, "before"), (case.after, "after")
    before, after = (str(source(data / path, f"{case.name}-{date}")) for path, date in dates)
    folder = OUT / f"{case.name}.csx"
    shutil.rmtree(folder, ignore_errors=True)
    bands = ["--bands", case.bands] if case.bands else []
    changeseek("index", before, after, "-o", str(folder), "--tile", str(case.tile), *bands)
    answers = [(question, hits(folder, question)) for question in case.questions]
    parsed = parse_bands(case.bands) if case.bands else None
    pair = open_pair(before, after, bands=parsed, bands_after=parsed)
    grid = TileGrid(pair.grid, case.tile, case.tile)
    mask = (data / case.before).parent / "mask.png"
    if mask.exists():
        marked = tile_shares(read_mask(mask, pair.before, pair.grid), grid) > LEAST_SHARE
        measure(case, {grid.tile_id(int(number)) for number in np.flatnonzero(marked)}, folder)
    draw(case, pair, grid, answers)


def measure(case: Case, right: set[str], folder: Path) -> None:
    """Print how well each question finds the tiles that the mask calls changed."""
    for question in case.questions:
        ranked = [hit["tile_id"] for hit in hits(folder, replace(question, k=10**9))]
        relevant = np.asarray([tile in right for tile in ranked])
        precision = average_precision(relevant, int(relevant.sum()))
        sys.stdout.write(f"AP {precision:.2f}, floor {relevant.mean():.2f}: {case.name}: {question.text}\n")


def changeseek(*arguments: str) -> str:
    """What the command line prints."""
    command = [".venv/bin/changeseek", *arguments]
    sys.stdout.write(f"{' '.join(command)}\n")
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def hits(folder: Path, question: SearchRequest) -> list[dict[str, Any]]:
    """The hits of a question, best first."""
    printed = changeseek(
        "search", str(folder), question.text, "--mode", question.mode, "-k", str(question.k), "--json"
    )
    found: list[dict[str, Any]] = json.loads(printed)["hits"]
    return found


def source(path: Path, name: str) -> Path:
    """The raster itself, or a virtual mosaic of all TIFFs in a folder."""
    if path.is_file():
        return path
    mosaic = OUT / f"{name}.vrt"
    mosaic.write_text(mosaic_xml(sorted(path.glob("*.tif"))), encoding="utf-8")
    return mosaic


def draw(
    case: Case, pair: RasterPair, grid: TileGrid, answers: list[tuple[SearchRequest, list[dict[str, Any]]]]
) -> None:
    """A row a question: before over after for each of the best tiles."""
    patches: dict[str, NDArray[np.uint8]] = {}
    for block in read_patches(pair, grid):
        patches |= {
            grid.tile_id(int(row)): patch for row, patch in zip(block.indices, block.patches, strict=True)
        }
    figure, axes = plt.subplots(2 * len(answers), TOP, figsize=(2 * TOP, 4.3 * len(answers)), squeeze=False)
    for axis in axes.flat:
        axis.set_axis_off()
    for row, (question, found) in enumerate(answers):
        axes[2 * row, 0].set_title(f"{case.name}: {question.text} ({question.mode})", loc="left", fontsize=14)
        for column, hit in enumerate(found):
            for date in (0, 1):
                axes[2 * row + date, column].imshow(patches[hit["tile_id"]][date].transpose(1, 2, 0))
            axes[2 * row + 1, column].set_title(f"{hit['tile_id']}  {hit['score']:.2f}", fontsize=9)
    figure.tight_layout()
    figure.savefig(OUT / f"{case.name}.png", dpi=70)
    plt.close(figure)


if __name__ == "__main__":
    main()
