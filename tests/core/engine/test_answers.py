"""The engine answers what the command line answers."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from changeseek.core.cli.main import run
from changeseek.core.engine.messages import (
    BuildIndex,
    Captions,
    Hello,
    Info,
    Models,
    Outlines,
    Search,
    Similar,
    Status,
    Thumbnails,
    Vocabulary,
)
from changeseek.core.engine.protocol import BAD_INPUT, PROTOCOL
from changeseek.tests.core.engine.rasters import Rasters
from changeseek.tests.core.engine.talking import Engine

CommandLine = Callable[..., Any]


@pytest.fixture
def command_line(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """What `changeseek … --json` prints."""

    def call(*arguments: object) -> Any:
        capsys.readouterr()
        assert run([*map(str, arguments), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, environment[name])
    return call


def copied(rasters: Rasters, folder: Path) -> Rasters:
    return Rasters(*(str(shutil.copy(raster, folder)) for raster in rasters))


def told(answer: Any) -> Any:
    """An answer as JSON has it."""
    return json.loads(json.dumps(asdict(answer)))


def test_hello_says_who_answers(engine: Engine) -> None:
    hello = engine.ask(Hello())
    assert (hello.protocol, hello.pid) == (PROTOCOL, engine.process.pid)
    assert hello.version == "0.1.0" or hello.version[0].isdigit()
    assert hello.torch.startswith("2.")
    assert (hello.device == "cpu") == bool(hello.device_note)


def test_status_is_the_doctors(engine: Engine, command_line: CommandLine) -> None:
    status = told(engine.ask(Status()))
    doctor = command_line("doctor")
    assert status | {"free_bytes": 0} == doctor | {"free_bytes": 0}


def test_models_begin_with_the_default(engine: Engine) -> None:
    models = engine.ask(Models()).models
    assert models[0].name == "embedded"
    low, high = models[0].ground_sample_distance
    assert 0 < low < high


def test_the_vocabulary_can_be_typed(engine: Engine) -> None:
    words = engine.ask(Vocabulary())
    assert "houses were built" in words.phrases[:20]
    assert {"forest", "a lake"} <= set(words.scenes)
    assert "houses built where there was forest" in words.examples
    assert len(set(words.phrases)) == len(words.phrases) < 3000


@pytest.mark.parametrize(
    ("request_", "arguments"),
    [
        (Search("", "houses were built", k=5), ["houses were built", "-k", 5]),
        (Search("", "forest -> houses", k=30), ["forest -> houses", "-k", 30]),
        (Search("", "a lake", mode="after"), ["a lake", "--mode", "after"]),
        (Search("", "a road", without="a lake"), ["a road", "--without", "a lake"]),
    ],
    ids=lambda one: one.text if isinstance(one, Search) else "",
)  # fmt: skip
def test_search_finds_what_the_command_line_finds(
    engine: Engine, index: str, command_line: CommandLine, request_: Search, arguments: list[Any]
) -> None:
    answer = told(engine.ask(Search(**asdict(request_) | {"index": index})))
    assert answer["tiles"] == 25
    assert {name: answer[name] for name in ("query", "hits")} == command_line("search", index, *arguments)


def test_similar_finds_what_the_command_line_finds(
    engine: Engine, index: str, command_line: CommandLine
) -> None:
    answer = told(engine.ask(Similar(index, "r001c002", k=7, bins=4)))
    found = command_line("similar", index, "r001c002", "-k", 7)
    assert {name: answer[name] for name in ("query", "hits")} == found
    assert answer["tiles"] == sum(answer["histogram"]["counts"]) == 24


def test_captions_are_those_of_the_command_line(
    engine: Engine, index: str, command_line: CommandLine, tmp_path: Path
) -> None:
    bank = tmp_path / "bank.txt"
    bank.write_text("houses were built\na lake has dried up\nnothing has changed\n")
    tile_ids = ("r004c004", "r000c000")
    found = [command_line("caption", index, tile, "-k", 2, "--bank", bank) for tile in tile_ids]
    singly = [
        told(engine.ask(Captions(index, (tile,), k=2, bank=str(bank))))["tiles"][0] for tile in tile_ids
    ]
    assert singly == found
    together = engine.ask(Captions(index, tile_ids, k=2, bank=str(bank))).tiles
    assert [tile.tile_id for tile in together] == list(tile_ids)
    for one, other in zip(together, found, strict=True):
        assert [caption.caption for caption in one.captions] == [
            caption["caption"] for caption in other["captions"]
        ]


def test_our_own_sentences_are_the_default(engine: Engine, index: str) -> None:
    [tile] = engine.ask(Captions(index, ("r002c002",), k=3)).tiles
    assert [caption.rank for caption in tile.captions] == [1, 2, 3]


def test_the_histogram_counts_every_tile(engine: Engine, index: str) -> None:
    answer = engine.ask(Search(index, "a lake", k=1, bins=10))
    assert answer.histogram is not None
    assert (len(answer.histogram.counts), sum(answer.histogram.counts)) == (10, 25)
    assert answer.histogram.high == pytest.approx(answer.hits[0].score)
    assert engine.ask(Search(index, "a lake")).histogram is None


def test_info_says_what_a_map_needs(
    engine: Engine, index: str, rasters: Rasters, command_line: CommandLine
) -> None:
    info, found = engine.ask(Info(index)), command_line("info", index)
    assert told(info)["transform"] == found["grid"]["transform"]
    assert {name: found["grid"][name] for name in ("crs", "width", "height", "gsd", "tile", "stride")} == {
        name: getattr(info, name) for name in ("crs", "width", "height", "gsd", "tile", "stride")
    }
    assert (info.state, info.tiles, info.tiles_done, info.rows, info.cols) == ("complete", 25, 25, 5, 5)
    assert (info.model, info.model_here) == ("embedded", True)
    assert (info.before.path, info.before.date, info.before.now) == (
        rasters.before,
        "2010-05-01",
        "unchanged",
    )


def test_info_sees_another_model(engine: Engine, index: str, tmp_path: Path) -> None:
    other = Path(shutil.copytree(index, tmp_path / "other.csx"))
    manifest = other / "index.json"
    sha256 = json.loads(manifest.read_text())["properties"]["changeseek:model"]["sha256"]
    manifest.write_text(manifest.read_text().replace(sha256, "0" * 64))
    assert not engine.ask(Info(str(other))).model_here
    assert "other weights" in engine.failure(Search(str(other), "a lake")).message


def test_a_raster_that_changed_is_noted(engine: Engine, rasters: Rasters, tmp_path: Path) -> None:
    copies = copied(rasters, tmp_path)
    directory = str(tmp_path / "noted.csx")
    engine.ask(BuildIndex(*copies, directory, tile=160))
    os.utime(copies.after, (1, 1))
    [note] = engine.ask(Search(directory, "a lake")).notes
    assert "after raster" in note


def test_an_index_that_was_replaced_is_opened_anew(engine: Engine, rasters: Rasters, tmp_path: Path) -> None:
    directory = tmp_path / "again.csx"
    for tile, tiles in ((160, 4), (320, 1)):
        engine.ask(BuildIndex(*rasters, str(directory), tile=tile))
        assert engine.ask(Search(str(directory), "a lake")).tiles == tiles
        shutil.rmtree(directory)


def test_thumbnails_show_both_dates(engine: Engine, index: str, rasters: Rasters, tmp_path: Path) -> None:
    ids = ("r004c001", "r000c000")
    drawn = engine.ask(Thumbnails(index, ids, str(tmp_path / "new" / "folder"), side=32)).thumbnails
    assert tuple(one.tile_id for one in drawn) == ids
    with Image.open(drawn[0].before) as before, Image.open(drawn[0].after) as after:
        assert before.size == after.size == (32, 32)
        assert before.tobytes() != after.tobytes()
    assert len(list((tmp_path / "new" / "folder").iterdir())) == 4


def test_outlines_are_a_layer_of_all_tiles(engine: Engine, index: str, tmp_path: Path) -> None:
    path = engine.ask(Outlines(index, str(tmp_path / "derived" / "tiles.gpkg"))).path
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT tile_id, row, col FROM tiles").fetchall()
        [[xmin, ymin, xmax, ymax]] = database.execute(
            "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents"
        ).fetchall()
    assert len(rows) == 25
    assert ("r003c004", 3, 4) in rows
    assert (xmin, ymin, xmax, ymax) == (500000, 4999680, 500320, 5000000)


@pytest.mark.parametrize(
    ("request_", "kind"),
    [
        (Info("nowhere.csx"), "IndexFolderError"),
        (Search("nowhere.csx", "a lake"), "IndexFolderError"),
        (Search("INDEX", " "), "QueryError"),
        (Search("INDEX", "a lake", k=0), "QueryError"),
        (Search("INDEX", "a lake", mode="during"), "QueryError"),
        (Similar("INDEX", "r999c999"), "UnknownTileError"),
        (Similar("INDEX", "r000c000", k=0), "QueryError"),
        (Captions("INDEX", ("r000c000", "seven")), "UnknownTileError"),
        (Captions("INDEX", ("r000c000",), bank="nowhere.txt"), "CaptionBankError"),
        (Thumbnails("INDEX", ("r999c999",), "pictures"), "UnknownTileError"),
        (Thumbnails("INDEX", ("r000c000",), "pictures", side=0), "ExportError"),
        (Outlines("INDEX", "tiles.shp"), "ExportError"),
        (BuildIndex("nowhere.tif", "b.tif", "new.csx"), "SourceNotFoundError"),
        (BuildIndex("a.tif", "b.tif"), "IndexFolderError"),
    ],
    ids=repr,
)
def test_bad_input_is_told_with_an_advice(engine: Engine, index: str, request_: Any, kind: str) -> None:
    fields = asdict(request_)
    if fields.get("index") == "INDEX":
        request_ = type(request_)(**fields | {"index": index})
    failure = engine.failure(request_)
    assert (failure.code, failure.kind) == (BAD_INPUT, kind)
    assert failure.message and failure.advice
    assert not failure.message.endswith(".")


def test_pictures_need_the_rasters(engine: Engine, rasters: Rasters, tmp_path: Path) -> None:
    copies = copied(rasters, tmp_path)
    directory = str(tmp_path / "bereft.csx")
    engine.ask(BuildIndex(*copies, directory, tile=160))
    Path(copies.before).unlink()
    failure = engine.failure(Thumbnails(directory, ("r000c000",), str(tmp_path / "pictures")))
    assert (failure.code, failure.kind) == (BAD_INPUT, "SourceNotFoundError")
    assert copies.before in failure.message
