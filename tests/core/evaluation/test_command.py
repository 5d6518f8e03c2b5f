"""`changeseek evaluate` from a folder of images to a report."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import platformdirs
import pytest
from PIL import Image

from changeseek.core.cli.main import run
from changeseek.core.model import loading
from changeseek.core.model.interface import PairModel
from changeseek.tests.core.evaluation.real.rasters import textured, write_raster


@pytest.fixture(autouse=True)
def the_model_that_knows_the_classes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, bag_model: PairModel
) -> None:
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    monkeypatch.setattr(loading, "load_model", lambda *_: bag_model)


def test_the_report_is_printed_and_written(
    classified: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report"
    options = ["--seeds", "2", "--pairs", "12", "--only", "river", "--json"]
    assert run(["evaluate", str(classified), "-o", str(report), *options]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((report / "evaluation.json").read_text(encoding="utf-8"))
    assert printed["command"] == "changeseek evaluate DATA --seeds 2 --pairs 12 --only river"
    assert printed["seeds"] == [0, 1]
    assert set(printed["accuracy"]) == {"UC Merced"}
    assert printed["speed"]["tile"] == 128
    recalls = [one["methods"]["change"]["to_pairs"]["recall"][2] for one in printed["galleries"]]
    mean = printed["summary"]["galleries"]["methods"]["change"]["to_pairs"]["recall"][2]["mean"]
    assert mean == pytest.approx(sum(recalls) / 2)
    table = (report / "evaluation.md").read_text(encoding="utf-8")
    for part in (
        "| pixel difference |",
        "| chance |",
        "### Changes to or from river",
        "METEOR is not computed",
    ):
        assert part in table
    assert str(tmp_path) not in table


def test_every_row_of_a_table_has_as_many_cells_as_its_head(
    classified: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", str(classified), "--seeds", "1", "--pairs", "10", "--only", "beach"]) == 0
    printed = capsys.readouterr().out
    tables = [part.splitlines() for part in printed.split("\n\n") if part.startswith("|")]
    assert len(tables) == 8
    for lines in tables:
        assert len({line.count("|") for line in lines}) == 1
        assert len(lines) >= 3


def test_real_pairs_of_dates_are_checked_where_their_folder_is_named(
    classified: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_city(tmp_path / "real" / "oscd" / "town")
    options = ["--seeds", "1", "--pairs", "10", "--real", str(tmp_path / "real"), "-o", str(tmp_path / "out")]
    assert run(["evaluate", str(classified), *options]) == 0
    assert "### Real pairs of dates" in capsys.readouterr().out
    (check,) = json.loads((tmp_path / "out" / "evaluation.json").read_text(encoding="utf-8"))["real"]
    assert (check["place"], check["positive"], check["tiles"]) == ("town", 8, 16)
    assert check["floor"] == 0.5


def write_city(folder: Path) -> None:
    """Grey ground, of which the lower half turns into fields."""
    ground = textured((140, 140, 140), (128, 128))
    write_raster(folder / "before.tif", ground)
    after = ground.copy()
    after[:, 64:] = textured((180, 60, 60), (64, 128))
    write_raster(folder / "after.tif", after)
    mask = np.zeros((128, 128), np.uint8)
    mask[64:] = 255
    Image.fromarray(mask).save(folder / "mask.png")
    (folder / "dates.txt").write_text("date_1: 20160120\ndate_2: 20180328\n", encoding="utf-8")


def test_a_folder_of_real_pairs_that_is_not_there_is_refused_at_once(
    classified: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", str(classified), "--real", str(tmp_path / "nowhere")]) == 2
    assert "there is no folder" in capsys.readouterr().err


def test_a_folder_without_test_images_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", str(tmp_path)]) == 2
    assert "no classified images" in capsys.readouterr().err


def test_a_concept_that_is_not_shown_is_refused(
    classified: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", str(classified), "--only", "sky", "-o", str(tmp_path / "report")]) == 2
    assert "no test image shows 'sky'" in capsys.readouterr().err
    assert not (tmp_path / "report").exists()
