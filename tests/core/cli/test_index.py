from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from changeseek.core.index import build, plan

Cli = Callable[..., Any]


def test_index_says_what_it_did_and_where_it_ran(
    cli: Cli, rasters: tuple[Path, Path], tmp_path: Path
) -> None:
    outcome = cli("index", *rasters, "-o", tmp_path / "i.csx", "--tile", 16)
    assert outcome.code == 0
    facts = dict(line.split(maxsplit=1) for line in outcome.out.splitlines())
    assert (facts["tiles"], facts["skipped"], facts["state"]) == ("20", "0", "complete")
    assert "model colours runs on cpu: no GPU that torch can use was found" in outcome.err


def test_a_device_that_was_named_is_no_fall_back(
    cli: Cli, rasters: tuple[Path, Path], tmp_path: Path
) -> None:
    outcome = cli("index", *rasters, "-o", tmp_path / "i.csx", "--tile", 16, "--device", "cpu")
    assert "no GPU" not in outcome.err


def test_json_is_one_document_and_nothing_else(cli: Cli, rasters: tuple[Path, Path], tmp_path: Path) -> None:
    found = cli("index", *rasters, "-o", tmp_path / "i.csx", "--tile", 16, "--stride", 8, "--json").json
    assert found["index"] == str(tmp_path / "i.csx")
    assert (found["tiles"], found["skipped"], found["stride"], found["device"]) == (63, 0, 8, "cpu")


def test_the_options_reach_the_index(cli: Cli, rasters: tuple[Path, Path], tmp_path: Path) -> None:
    options = [
        "--tile",
        8,
        "--gsd",
        2,
        "--bands",
        "3,2,1",
        "--bands-after",
        "1",
        "--dates",
        "2001-02-03,2004-05-06",
    ]
    extent = ["--extent", "500000,4999960,500040,5000000"]
    assert cli("index", *rasters, "-o", tmp_path / "i.csx", *options, *extent).code == 0
    info = cli("info", tmp_path / "i.csx", "--json").json
    assert info["dates"] == ["2001-02-03", "2004-05-06"]
    assert (info["before"]["bands"], info["after"]["bands"]) == ([3, 2, 1], [1, 1, 1])
    assert (info["grid"]["tile"], info["grid"]["stride"], info["grid"]["width"]) == (8, 8, 20)
    assert info["grid"]["gsd"] == pytest.approx(2)


def test_the_same_command_again_has_nothing_to_do(
    cli: Cli, indexed: Path, rasters: tuple[Path, Path]
) -> None:
    outcome = cli("index", *rasters, "-o", indexed, "--tile", 16)
    assert outcome.code == 0
    assert "is complete already: nothing to do" in outcome.err


def test_ctrl_c_ends_with_130_and_the_same_command_goes_on(
    cli: Cli, rasters: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(build, "write_text_whole", interrupted)
        outcome = cli("index", *rasters, "-o", tmp_path / "i.csx", "--tile", 16)
    assert outcome.code == 130
    assert outcome.err.splitlines()[-1] == (
        "changeseek: interrupted. Run the same command again: finished parts are kept"
    )
    assert cli("search", tmp_path / "i.csx", "red").code == 2
    assert cli("index", *rasters, "-o", tmp_path / "i.csx", "--tile", 16).code == 0


def test_ctrl_c_after_the_first_part_keeps_it_and_the_end_is_the_same(
    cli: Cli,
    rasters: tuple[Path, Path],
    colour_model: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted_later(*patches: Any) -> Any:
        if any((tmp_path / "i.csx" / "tiles").glob("part-*")):
            raise KeyboardInterrupt
        return embed(*patches)

    monkeypatch.setattr(plan, "TILES_A_PART", 5)
    embed = colour_model.embed_pairs
    whole, stopped = tmp_path / "whole.csx", tmp_path / "i.csx"
    assert cli("index", *rasters, "-o", whole, "--tile", 16).code == 0
    with monkeypatch.context() as patched:
        patched.setattr(colour_model, "embed_pairs", interrupted_later)
        assert cli("index", *rasters, "-o", stopped, "--tile", 16).code == 130
    assert [path.name for path in (stopped / "tiles").iterdir()] == ["part-00000.parquet"]
    assert cli("index", *rasters, "-o", stopped, "--tile", 16).code == 0
    assert contents(stopped) == contents(whole)


def contents(index: Path) -> dict[str, bytes]:
    """What makes the index, without the log and the lock."""
    return {path.name: path.read_bytes() for path in [index / "index.json", *(index / "tiles").iterdir()]}


def test_a_full_disk_ends_with_1_and_one_line(
    cli: Cli, rasters: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    outcome = cli("index", *rasters, "-o", tmp_path / "i.csx", "--tile", 16)
    assert outcome.code == 1
    assert "No space left on device. Make room on the disk" in outcome.err.splitlines()[-1]


def test_what_nobody_expected_ends_with_1_and_the_place_of_the_log(
    cli: Cli, rasters: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_folders: Path
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("nobody thought\nof this")

    monkeypatch.setattr(build, "read_patches", broken)
    outcome = cli("index", *rasters, "-o", tmp_path / "i.csx", "--tile", 16)
    log = own_folders / "log" / "changeseek.log"
    assert outcome.code == 1
    assert outcome.err.splitlines()[-1] == (
        f"changeseek: unexpected ZeroDivisionError: nobody thought of this. Please report it with {log}"
    )
    assert "Traceback" in log.read_text()
    assert not (tmp_path / "i.csx").exists()
