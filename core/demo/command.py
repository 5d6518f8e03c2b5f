"""What `changeseek demo` does: draws a scene, does the main job on it, and says how good the answers are."""

from __future__ import annotations

import shutil
from pathlib import Path

from changeseek.core.captions.bank import CaptionBank, read_bank
from changeseek.core.demo.answers import ask, report_answer
from changeseek.core.demo.caption_figures import judge_captions
from changeseek.core.demo.difference import rank_by_difference
from changeseek.core.demo.drawing import TILE, draw_into
from changeseek.core.demo.folder import DemoFolder, drawn_from
from changeseek.core.demo.queries import DEMO_QUERIES
from changeseek.core.demo.report import DemoReport
from changeseek.core.demo.showing import show
from changeseek.core.demo.truth import read_truth
from changeseek.core.demo.voice import Voice
from changeseek.core.errors import OtherIndexError
from changeseek.core.index.build import build_index
from changeseek.core.index.store import Index
from changeseek.core.model.interface import PairModel
from changeseek.core.raster.pair import RasterPair, open_pair
from changeseek.core.tiling.grid import TileGrid

SIZE = 4096
_SILENT = Voice()


def run_demo(directory: Path, seed: int = 0, voice: Voice = _SILENT) -> DemoReport:
    """Run the demo with the embedded model; what an earlier run of the same seed left is used again.

    Args:
        directory: Folder for everything that the demo makes; new, empty, or the same demo's.
        seed: Which scene, from 0.
        voice: Told what is being done.

    Raises:
        DemoFolderError: The folder holds something else; it is not touched.
        UnknownModelError: There is no embedded model.
        MachineFaultError: The disk is full or faulty; the same command goes on.
    """
    from changeseek.core.model.loading import load_model

    model, bank = load_model(), read_bank()
    voice.say(f"model {model.name} runs on {model.device}")
    return make_demo(DemoFolder(directory), seed, SIZE, model, bank, voice)


def make_demo(
    folder: DemoFolder, seed: int, size: int, model: PairModel, bank: CaptionBank, voice: Voice = _SILENT
) -> DemoReport:
    """The same with any model, bank and size of the scene in pixels."""
    folder.claim(drawn_from(seed, size))
    if not folder.is_drawn:
        voice.say(f"drawing {size} x {size} pixels of two dates, half a metre each")
        draw_into(folder, seed, size)
    pair = open_pair(folder.before, folder.after)
    tile_grid = TileGrid(pair.grid, TILE, TILE)
    index = _index(folder, pair, tile_grid, model, voice)
    voice.say(f"asking {len(DEMO_QUERIES)} queries")
    answers, truth = ask(index, model, DEMO_QUERIES), read_truth(folder.truth)
    by_difference = rank_by_difference(pair, tile_grid, index.tile_ids)
    reports = tuple(report_answer(answer, by_difference, truth) for answer in answers)
    voice.say("captioning the tiles whose event is known, and the quiet ones")
    report = DemoReport(reports, judge_captions(index, model, bank, truth), folder.truth)
    voice.say("writing GeoPackages, a QGIS project and a picture")
    show(folder, pair, tile_grid, answers, report, truth)
    return report


def _index(
    folder: DemoFolder, pair: RasterPair, tile_grid: TileGrid, model: PairModel, voice: Voice
) -> Index:
    """Build the index, or go on with it; one of another model or of older rasters is replaced."""
    voice.say(f"indexing {len(tile_grid)} tiles")
    with voice.bar("tiles") as progress:
        try:
            return build_index(pair, tile_grid, model, folder.index, progress=progress)
        except OtherIndexError:
            shutil.rmtree(folder.index, ignore_errors=True)
            return build_index(pair, tile_grid, model, folder.index, progress=progress)
