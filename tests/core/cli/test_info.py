from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from changeseek.core import doctor
from changeseek.core.index.lock import writer_lock

Cli = Callable[..., Any]


def test_info_says_what_the_index_is(cli: Cli, indexed: Path, rasters: tuple[Path, Path]) -> None:
    found = cli("info", indexed, "--json").json
    assert (found["state"], found["tiles"], found["skipped"]) == ("complete", 20, 0)
    assert found["dates"] == ["2009-08-18", "2015-09-26"]
    assert found["before"]["path"] == str(rasters[0])
    assert (found["before"]["now"], found["after"]["now"]) == ("unchanged", "unchanged")
    assert found["model"]["name"] == "colours"


def test_a_terminal_of_another_code_page_gets_utf_8(indexed: Path, tmp_path: Path) -> None:
    named = indexed.rename(tmp_path / "Wald → 森.csx")
    command = [sys.executable, "-m", "changeseek.core.cli", "info", str(named), "--json"]
    done = subprocess.run(
        command, capture_output=True, check=False, env=os.environ | {"PYTHONIOENCODING": "cp1252"}
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["index"] == str(named)


def test_info_says_when_a_source_changed_or_went(
    cli: Cli, rasters: tuple[Path, Path], tmp_path: Path
) -> None:
    one, other = (Path(shutil.copy(raster, tmp_path)) for raster in rasters)
    cli("index", one, other, "-o", tmp_path / "i.csx", "--tile", 16)
    os.utime(one, (1, 1))
    other.unlink()
    outcome = cli("info", tmp_path / "i.csx")
    assert outcome.code == 0
    before, after = (line for line in outcome.out.splitlines() if line.startswith(("before", "after")))
    assert "changed since" in before
    assert "not found" in after
    asked = cli("similar", tmp_path / "i.csx", "r000c000")
    assert asked.code == 0
    assert asked.err == f"note: the before raster {one} has changed since the index was built\n"


def test_info_finds_nothing_wrong_with_a_whole_index(cli: Cli, indexed: Path) -> None:
    found = cli("info", indexed, "--json").json
    assert (found["checked"], found["damaged_parts"], found["problems"]) == ("every byte", {}, [])
    assert "1, every byte checked, none missing or damaged" in cli("info", indexed).out


def test_info_says_which_part_is_damaged_and_what_mends_it(
    cli: Cli, indexed: Path, rasters: tuple[Path, Path]
) -> None:
    part = indexed / "tiles" / "part-00000.parquet"
    whole = part.read_bytes()
    part.write_bytes(whole[:-50])
    found = cli("info", indexed, "--json").json
    assert found["damaged_parts"] == {"part-00000.parquet": "damaged"}
    assert found["problems"] == [
        {
            "what": "1 of 1 parts is damaged: part-00000.parquet",
            "advice": "Run the same changeseek index command again: it makes them anew",
        }
    ]
    assert cli("info", indexed).out.splitlines()[-1].startswith("wrong: 1 of 1 parts is damaged")
    mended = cli("index", *rasters, "-o", indexed, "--tile", 16)
    assert (mended.code, part.read_bytes()) == (0, whole)
    assert f"{indexed}: 1 of 1 parts are to be made" in mended.err
    assert cli("info", indexed, "--json").json["problems"] == []


def test_info_says_who_writes_an_index_now(cli: Cli, indexed: Path) -> None:
    with writer_lock(indexed):
        assert cli("info", indexed, "--json").json["writer"].startswith(f"process {os.getpid()} on ")
    assert cli("info", indexed, "--json").json["writer"] is None


def test_info_describes_an_unfinished_index(cli: Cli, indexed: Path) -> None:
    manifest = indexed / "index.json"
    text = manifest.read_text().replace('"complete"', '"building"')
    manifest.write_text(text.replace('"indexed": 20', '"indexed": 0'))
    found = cli("info", indexed, "--json").json
    assert (found["state"], found["checked"]) == ("building", "unfinished")
    assert found["problems"][0]["what"] == "it is not finished: 1 of 1 parts are written"


def test_models_lists_cards(cli: Cli) -> None:
    assert isinstance(cli("models", "--json").json["models"], list)
    assert cli("models").out.startswith("name")


def test_doctor_says_what_this_machine_has(cli: Cli) -> None:
    found = cli("doctor", "--json").json
    assert {"python", "gdal", "torch", "transformers", "faiss-cpu"} <= found["versions"].keys()
    assert found["device"]
    assert found["free_bytes"] > 0
    assert cli("doctor").code == 0


def test_doctor_sees_a_gpu_that_torch_cannot_use() -> None:
    assert "this torch build is CPU-only" in doctor.device_problems(True, "cpu", "CPU only")[0]
    assert "Check the GPU's driver" in doctor.device_problems(True, "cpu", "CUDA 13.0")[0]
    assert doctor.device_problems(True, "cuda", "CUDA 13.0") == []
    assert doctor.device_problems(False, "cpu", "CPU only") == []
