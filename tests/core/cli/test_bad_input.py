"""Whatever is wrong with what the user gave: one line that says so, exit code 2, nothing left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from changeseek.core.model import loading

Cli = Callable[..., Any]


@pytest.fixture
def here(rasters: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: two good rasters, and things that are none."""
    for good, name in zip(rasters, ("before.tif", "after.tif"), strict=True):
        shutil.copyfile(good, tmp_path / name)
    (tmp_path / "notes.tif").write_text("no raster")
    (tmp_path / "not an index").mkdir()
    (tmp_path / "not an index" / "mine.txt").write_text("mine")
    (tmp_path / "empty").mkdir()
    _write("no_crs.tif", tmp_path, transform=from_origin(500000, 5000000, 1, 1))
    _write("elsewhere.tif", tmp_path, crs="EPSG:32633", transform=from_origin(700000, 5000000, 1, 1))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(name: str, folder: Path, **profile: object) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (3, 64, 80), dtype=np.uint8)
    size = {"driver": "GTiff", "count": 3, "height": 64, "width": 80, "dtype": "uint8"}
    with rasterio.open(folder / name, "w", **size, **profile) as dataset:
        dataset.write(pixels)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()} | {
        str(path): b"" for path in sorted(folder.rglob("*")) if path.is_dir()
    }


PAIR = ("before.tif", "after.tif", "-o", "new.csx")
INDEX_CASES = {
    "missing file": (("missing.tif", "after.tif", "-o", "new.csx"), "missing.tif"),
    "missing after": (("before.tif", "missing.tif", "-o", "new.csx"), "missing.tif"),
    "not a raster": (("before.tif", "notes.tif", "-o", "new.csx"), "notes.tif"),
    "no crs": (("no_crs.tif", "after.tif", "-o", "new.csx"), "no_crs.tif"),
    "no overlap": (("before.tif", "elsewhere.tif", "-o", "new.csx"), "share no"),
    "unknown band": ((*PAIR, "--bands", "1,2,9"), "no band 9"),
    "unknown band after": ((*PAIR, "--bands-after", "7,2,1"), "no band 7"),
    "bands no numbers": ((*PAIR, "--bands", "red"), "'red'"),
    "tile 0": ((*PAIR, "--tile", "0"), "0 pixels"),
    "tile below 0": ((*PAIR, "--tile", "-4"), "-4 pixels"),
    "tile no number": ((*PAIR, "--tile", "large"), "--tile"),
    "stride 0": ((*PAIR, "--stride", "0"), "stride"),
    "gsd 0": ((*PAIR, "--gsd", "0"), "0 m"),
    "gsd below 0": ((*PAIR, "--gsd", "-1"), "-1 m"),
    "extent elsewhere": ((*PAIR, "--extent", "0,0,10,10"), "extent"),
    "extent no numbers": ((*PAIR, "--extent", "all of it"), "extent"),
    "dates no dates": ((*PAIR, "--dates", "yesterday,today"), "dates"),
    "dates the wrong way": ((*PAIR, "--dates", "2015-09-26,2009-08-18"), "2015-09-26"),
    "unknown model": ((*PAIR, "--model", "no such model"), "no such model"),
    "unknown device": ((*PAIR, "--device", "abacus"), "abacus"),
    "absent device": ((*PAIR, "--device", "cuda:99"), "cuda:99"),
    "folder of something else": (("before.tif", "after.tif", "-o", "not an index"), "not an index"),
    "empty folder": (("before.tif", "after.tif", "-o", "empty"), "empty"),
    "folder is a file": (("before.tif", "after.tif", "-o", "notes.tif"), "notes.tif"),
    "folder below a file": (("before.tif", "after.tif", "-o", "notes.tif/new.csx"), "notes.tif"),
    "no output": (("before.tif", "after.tif"), "-o"),
    "no after": (("before.tif", "-o", "new.csx"), "AFTER"),
    "unknown option": ((*PAIR, "--colour", "blue"), "--colour"),
    "one too many": ((*PAIR, "third.tif"), "third.tif"),
}


def check(outcome: Any, words: str) -> None:
    assert outcome.code == 2
    assert outcome.out == ""
    [line] = outcome.err.splitlines()
    assert line.startswith("changeseek: ")
    assert ". " in line
    assert words in line


@pytest.mark.parametrize(("arguments", "words"), INDEX_CASES.values(), ids=INDEX_CASES.keys())
def test_index_refuses(cli: Cli, here: Path, arguments: tuple[str, ...], words: str) -> None:
    before = contents(here)
    check(cli("index", *arguments), words)
    assert contents(here) == before


ASKING_CASES = {
    "search: no folder": (("search", "missing.csx", "red"), "missing.csx"),
    "search: not an index": (("search", "not an index", "red"), "not an index is not an index"),
    "search: a file": (("search", "notes.tif", "red"), "notes.tif"),
    "search: empty query": (("search", "made.csx", ""), "query is empty"),
    "search: blank query": (("search", "made.csx", "  "), "query is empty"),
    "search: no query": (("search", "made.csx"), "TEXT"),
    "search: nothing came": (("search", "made.csx", "red ->"), "no whole transition"),
    "search: nothing went": (("search", "made.csx", "-> red"), "no whole transition"),
    "search: half without": (("search", "made.csx", "red", "--without", "blue ->"), "no whole transition"),
    "search: unknown mode": (("search", "made.csx", "red", "--mode", "during"), "during"),
    "search: k 0": (("search", "made.csx", "red", "-k", "0"), "0 hits"),
    "search: k no number": (("search", "made.csx", "red", "-k", "many"), "-k"),
    "search: unknown suffix": (("search", "made.csx", "red", "-o", "hits.shp"), ".gpkg, .geojson, .csv"),
    "search: no such folder": (("search", "made.csx", "red", "-o", "nowhere/hits.csv"), "nowhere"),
    "search: a whole book": (("search", "made.csx", "h" * 10_000), "the query has 10,000 characters"),
    "search: Chinese": (("search", "made.csx", "森林变成房屋"), "in a script that the model does not read"),
    "search: Arabic": (("search", "made.csx", "غابة -> بيوت"), "in a script that the model does not read"),
    "search: without Russian": (("search", "made.csx", "red", "--without", "дома"), "in a script that"),
    "similar: unknown tile": (("similar", "made.csx", "r999c999"), "r999c999"),
    "similar: no tile id": (("similar", "made.csx", "seven"), "seven"),
    "caption: unknown tile": (("caption", "made.csx", "r999c999", "--bank", "bank.txt"), "r999c999"),
    "caption: k 0": (("caption", "made.csx", "r000c000", "-k", "0", "--bank", "bank.txt"), "0 captions"),
    "caption: missing bank": (("caption", "made.csx", "r000c000", "--bank", "missing.tsv"), "missing.tsv"),
    "caption: empty bank": (("caption", "made.csx", "r000c000", "--bank", "empty.txt"), "no sentence"),
    "info: not an index": (("info", "empty"), "empty is not an index"),
    "info: no folder": (("info", "missing.csx"), "missing.csx"),
    "no command": ((), "no command"),
    "unknown command": (("find",), "find"),
}


@pytest.mark.parametrize(("arguments", "words"), ASKING_CASES.values(), ids=ASKING_CASES.keys())
def test_asking_refuses(cli: Cli, indexed: Path, here: Path, arguments: tuple[str, ...], words: str) -> None:
    (here / "bank.txt").write_text("red came\n")
    (here / "empty.txt").write_text("")
    before = contents(here)
    check(cli(*arguments), words)
    assert contents(here) == before


def test_an_index_of_other_inputs_is_refused_and_kept(cli: Cli, indexed: Path, here: Path) -> None:
    before = contents(indexed)
    check(cli("index", "before.tif", "after.tif", "-o", indexed, "--tile", 8), "holds another index")
    assert contents(indexed) == before


def test_an_index_whose_model_has_other_weights_is_refused(
    cli: Cli, indexed: Path, colour_model: Any
) -> None:
    colour_model.sha256 = "ee" * 32
    check(cli("search", indexed, "red"), "other weights")


def test_so_is_one_whose_model_resizes_tiles_to_another_size(
    cli: Cli, indexed: Path, colour_model: Any
) -> None:
    colour_model.patch_size = 224
    check(cli("search", indexed, "red"), "other weights or sizes")


def test_an_index_of_a_newer_version_is_not_guessed_at(cli: Cli, indexed: Path) -> None:
    manifest = indexed / "index.json"
    manifest.write_text(manifest.read_text().replace('"changeseek:format": 1', '"changeseek:format": 2'))
    before = contents(indexed)
    for arguments in (("search", indexed, "red"), ("info", indexed)):
        check(cli(*arguments), "has format 2, this program reads format 1. Update ChangeSeek")
    assert contents(indexed) == before


@pytest.mark.parametrize(("harm", "words"), [("missing", "is missing"), ("cut short", "is damaged")])
def test_a_part_that_is_missing_or_damaged_is_named(cli: Cli, indexed: Path, harm: str, words: str) -> None:
    part = indexed / "tiles" / "part-00000.parquet"
    if harm == "missing":
        part.unlink()
    else:
        part.write_bytes(part.read_bytes()[:-100])
    check(cli("search", indexed, "red"), f"part-00000.parquet {words}. Run the same changeseek index command")


@pytest.mark.parametrize("name", ["weights.safetensors", "tokenizer.json", "card.json"])
def test_a_model_of_which_a_file_was_cut_short_is_refused(cli: Cli, here: Path, name: str) -> None:
    folder = Path(shutil.copytree(loading.MODELS_FOLDER / "embedded", here / "model"))
    file = folder / name
    file.write_bytes(file.read_bytes()[:1000])
    before = contents(here)
    check(cli("index", *PAIR, "--model", folder, "--device", "cpu"), name)
    file.unlink()
    del before[str(file)]
    check(cli("index", *PAIR, "--model", folder, "--device", "cpu"), "model")
    assert contents(here) == before


@pytest.mark.parametrize(
    ("arguments", "code"), [(["--help"], 0), (["index", "missing.tif", "after.tif", "-o", "new.csx"], 2)]
)
def test_the_real_process_says_the_same(here: Path, arguments: list[str], code: int) -> None:
    command = [sys.executable, "-m", "changeseek.core.cli", *arguments]
    before = contents(here)
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=here, env=dict(os.environ), check=False
    )
    assert done.returncode == code
    assert len(done.stderr.splitlines()) == (1 if code else 0)
    assert contents(here) == before
