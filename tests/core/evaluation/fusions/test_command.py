"""`changeseek compare-fusions` on a few images of plain colours and a network with random weights."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from changeseek.core.cli.main import run
from changeseek.core.evaluation.retrieval import chance_of
from changeseek.core.model.fusion import FUSIONS

SYMMETRIC = {"gff-sum", "gff-product"}
COLOURS = {
    "forest": (30, 80, 30),
    "agricultural": (160, 140, 80),
    "river": (40, 60, 110),
    "beach": (220, 210, 170),
}
CHANGED = 24


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    rows = ["image,split", *_write_images(folder / "ucmerced")]
    (folder / "ucmerced" / "split.csv").write_text("\n".join(rows), encoding="utf-8")
    return folder


def _write_images(folder: Path) -> Iterator[str]:
    chance = np.random.default_rng(3)
    for name, colour in COLOURS.items():
        (folder / name).mkdir(parents=True)
        for number in range(4):
            pixels = np.clip(np.array(colour) + chance.normal(0, 10, (64, 64, 3)), 0, 255).astype(np.uint8)
            Image.fromarray(pixels).save(folder / name / f"{number}.png")
            yield f"{name}/{number}.png,{'train' if number < 2 else 'test'}"


@pytest.fixture(scope="module")
def printed_and_written(
    data: Path, model: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("report")
    with redirect_stdout(StringIO()) as printed:
        assert _compare(data, model, folder) == 0
    return printed.getvalue(), folder


@pytest.fixture(scope="module")
def written(printed_and_written: tuple[str, Path]) -> Path:
    return printed_and_written[1]


def _compare(data: Path, model: Path, folder: Path) -> int:
    counts = ["--seeds", "2", "--pairs", "70", "--gallery", str(CHANGED), "--steps", "2"]
    arguments = [str(data), "-o", str(folder), "--model", str(model), "--device", "cpu", "--json"]
    return run(["compare-fusions", *arguments, *counts])


@pytest.fixture(scope="module")
def report(written: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((written / "fusions.json").read_text(encoding="utf-8"))
    return found


def test_every_fusion_is_trained_with_every_seed(report: dict[str, Any]) -> None:
    assert list(report["runs"]) == list(FUSIONS)
    assert all(len(runs) == 2 for runs in report["runs"].values())
    assert report["pairs"] == 70
    assert report["tokens"] == [4, 16]
    assert report["best"] in FUSIONS


@pytest.mark.parametrize("fusion", FUSIONS)
def test_only_what_the_fusion_learned_may_have_no_direction(report: dict[str, Any], fusion: str) -> None:
    for one in report["runs"][fusion]:
        assert (one["learned"]["direction"] is None) == (fusion in SYMMETRIC)
        # Of a network that has learned nothing, the scenes' difference is too faint beside a symmetric half.
        whole = one["whole"]["direction"]
        assert fusion in SYMMETRIC if whole is None else 0 <= whole <= 1
        assert one["milliseconds"] > 0


def test_without_a_fusion_the_scenes_still_tell_the_direction(report: dict[str, Any]) -> None:
    assert 0 <= report["no_fusion"]["direction"] <= 1


def test_the_floor_is_what_chance_reaches(report: dict[str, Any]) -> None:
    for one in report["runs"]["tff"]:
        floors = [chance_of(1, CHANGED, cut) for cut in (1, 5, 10)]
        assert one["whole"]["to_pairs_strict"]["floor"] == pytest.approx(floors)
        quiet_too, changed_only = one["whole"]["to_all"]["floor"], one["whole"]["to_pairs"]["floor"]
        assert all(low < high for low, high in zip(quiet_too, changed_only, strict=True))


def test_the_report_has_a_row_for_each_fusion_and_for_chance(written: Path) -> None:
    lines = (written / "fusions.md").read_text(encoding="utf-8").splitlines()
    for fusion in FUSIONS:
        assert sum(line.startswith(f"| {fusion} |") for line in lines) == 3
    assert sum(line.startswith("| chance |") for line in lines) == 2
    assert sum(line.startswith("| no fusion |") for line in lines) == 1
    assert str(written) not in "\n".join(lines)


def test_the_chart_is_a_picture(written: Path) -> None:
    with Image.open(written / "fusions.png") as chart:
        assert chart.size == (900, 560)


def test_what_is_printed_is_what_is_written(
    printed_and_written: tuple[str, Path], report: dict[str, Any]
) -> None:
    assert json.loads(printed_and_written[0]) == report


def test_a_folder_without_images_is_refused(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _compare(tmp_path, model, tmp_path / "report") == 2
    assert "no test images" in capsys.readouterr().err
    assert not (tmp_path / "report").exists()
