from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from changeseek.core.index import build

Cli = Callable[..., Any]


def test_index_says_what_it_did_and_where_it_ran(
    cli: Cli, rasters: tuple[Path, Path], tmp_path: Path
) -> None:
    outcome = cli("index", *rasters, "-o", tmp_path / "i.csx", "--tile", 16)
    assert outcome.code == 0
    assert "20" in outcome.out
    assert "complete" in outcome.out
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
    assert outcome.err.splitlines()[-1] == "changeseek: interrupted. Run the same command again to go on"
    assert cli("search", tmp_path / "i.csx", "red").code == 2
    assert cli("index", *rasters, "-o", tmp_path / "i.csx", "--tile", 16).code == 0


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
