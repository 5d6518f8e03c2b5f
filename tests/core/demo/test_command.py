from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from PIL import Image

from changeseek.core.captions.bank import CaptionBank
from changeseek.core.demo import showing
from changeseek.core.demo.command import make_demo, run_demo
from changeseek.core.demo.folder import DemoFolder
from changeseek.core.errors import DemoFolderError, IndexFolderError, UnknownModelError
from changeseek.core.index.store import open_index
from changeseek.core.model import loading

FIELDS = {
    "mean_precision_at_10", "mean_ap", "mean_floor", "mean_ap_pixel_difference", "caption_top5",
    "caption_nothing", "known_tiles", "quiet_tiles", "queries", "truth",
}  # fmt: skip
COUNTS = {"known_tiles", "quiet_tiles"}


def test_the_report_has_the_fields_that_were_agreed(demo: Any) -> None:
    document = json.loads(json.dumps(demo.report.as_json()))
    assert set(document) == FIELDS
    assert all(0.0 <= document[name] <= 1.0 for name in FIELDS - COUNTS - {"queries", "truth"})
    assert {name: document[name] for name in COUNTS} == {
        "known_tiles": demo.report.captions.known_tiles,
        "quiet_tiles": demo.report.captions.quiet_tiles,
    }
    for query in document["queries"]:
        assert set(query) == {"text", "mode", "floor", "precision_at_10", "ap", "tile_ids"}
    assert json.loads(Path(document["truth"]).read_text(encoding="utf-8"))["tiles"]


def test_every_query_ranks_every_tile_once(demo: Any) -> None:
    tile_ids = open_index(demo.folder.index).tile_ids
    assert len(tile_ids) == 16
    assert all(sorted(one.tile_ids) == tile_ids for one in demo.report.queries)


def test_means_are_those_of_the_queries(demo: Any) -> None:
    queries = demo.report.queries
    assert demo.report.mean_ap == pytest.approx(sum(one.figures.ap for one in queries) / 12)
    assert demo.report.mean_ap_pixel_difference == pytest.approx(
        sum(one.pixel_difference.ap for one in queries) / 12
    )


def test_everything_lies_in_the_folder(demo: Any) -> None:
    assert sorted(path.name for path in demo.folder.directory.iterdir()) == [
        "after.tif", "before.tif", "demo.csx", "demo.json", "demo.png", "demo.qgs", "hits", "report.json",
        "truth.json",
    ]  # fmt: skip
    layers = sorted(demo.folder.hits.glob("*.gpkg"))
    assert layers[0].name == "01_houses_built_where_there_was_forest.gpkg"
    assert [pyogrio.read_info(layer, layer="hits")["features"] for layer in layers] == [16] * 12
    assert json.loads(demo.folder.report.read_text(encoding="utf-8")) == demo.report.as_json()


def test_the_picture_is_as_wide_as_a_page_and_small_enough_to_be_shown(demo: Any) -> None:
    with Image.open(demo.folder.picture) as picture:
        assert picture.width == 1600
    assert demo.folder.picture.stat().st_size < 2_000_000


def test_the_person_at_the_screen_is_told_what_is_being_done(demo: Any) -> None:
    assert [line.split()[0] for line in demo.said] == [
        "drawing",
        "indexing",
        "asking",
        "captioning",
        "writing",
    ]


@pytest.fixture
def no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture takes longest, and is not what a second run is about."""
    monkeypatch.setattr(showing, "draw_picture", lambda *_: None)


@pytest.mark.usefixtures("no_picture")
def test_a_second_run_takes_up_what_the_first_left(make: Callable[[Path], Any], demo: Any) -> None:
    drawn = {path: path.stat().st_mtime_ns for path in (demo.folder.before, demo.folder.after)}
    again = make(demo.folder.directory)
    assert again.report == demo.report
    assert {path: path.stat().st_mtime_ns for path in drawn} == drawn
    assert not any(line.startswith("drawing") for line in again.said)


@pytest.mark.usefixtures("no_picture")
def test_an_index_of_another_model_is_built_again(
    demo: Any, make_colour_model: Callable[..., Any], small_bank: CaptionBank, tmp_path: Path
) -> None:
    copied = DemoFolder(shutil.copytree(demo.folder.directory, tmp_path / "demo"))
    make_demo(copied, 3, 512, make_colour_model(sha256="ab" * 32), small_bank)
    assert open_index(copied.index).record.model.sha256 == "ab" * 32


@pytest.mark.usefixtures("no_picture")
def test_an_index_that_is_not_of_another_model_is_not_removed(
    make: Callable[[Path], Any], demo: Any, tmp_path: Path
) -> None:
    copied = DemoFolder(shutil.copytree(demo.folder.directory, tmp_path / "demo"))
    (copied.index / "index.json").write_text("{}")
    with pytest.raises(IndexFolderError, match="nothing was touched"):
        make(copied.directory)
    assert len(list((copied.index / "tiles").iterdir())) == 1


def test_a_folder_with_something_else_is_refused_before_anything_is_drawn(
    make: Callable[[Path], Any], tmp_path: Path
) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(DemoFolderError):
        make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_without_a_model_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MODELS_FOLDER", tmp_path / "none")
    with pytest.raises(UnknownModelError):
        run_demo(tmp_path / "demo")
    assert not DemoFolder(tmp_path / "demo").directory.exists()
