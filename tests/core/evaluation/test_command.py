"""`changeseek evaluate` from a folder of images to a report, on images that a plain model can tell apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from changeseek.core.cli.main import run
from changeseek.core.evaluation.gallery import composed_gallery
from changeseek.core.evaluation.wordings import heard, unheard

CLASSES = {
    "forest": (30, 80, 30),
    "agricultural": (160, 140, 80),
    "river": (40, 60, 110),
    "beach": (220, 210, 170),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    rows = ["image,split", *_write_images(folder / "ucmerced")]
    (folder / "ucmerced" / "split.csv").write_text("\n".join(rows), encoding="utf-8")
    return folder


def _write_images(folder: Path) -> Iterator[str]:
    chance = np.random.default_rng(3)
    for name, colour in CLASSES.items():
        (folder / name).mkdir(parents=True)
        for number in range(3):
            pixels = np.clip(np.array(colour) + chance.normal(0, 10, (64, 64, 3)), 0, 255).astype(np.uint8)
            Image.fromarray(pixels).save(folder / name / f"{number}.png")
            yield f"{name}/{number}.png,{'train' if number == 0 else 'test'}"


def test_a_gallery_has_few_pairs_of_a_meaning_and_quiet_ones_last(data: Path) -> None:
    gallery = composed_gallery(data, 32, seed=1, pairs=40, quiet=6)
    changed = gallery.meanings[: gallery.changed]
    assert len(changed) == 40
    assert max(changed.count(meaning) for meaning in changed) <= 5
    assert {meaning.key for meaning in gallery.meanings[gallery.changed :]} == {"nothing"}
    assert gallery.before.shape == gallery.after.shape == (46, 3, 32, 32)


def test_the_same_seed_composes_the_same_gallery(data: Path) -> None:
    one, other = (composed_gallery(data, 32, seed=2, pairs=10, quiet=2) for _ in range(2))
    assert np.array_equal(one.after, other.after)
    assert one.meanings == other.meanings


def test_unheard_wordings_are_not_in_the_grammar(data: Path) -> None:
    meanings = composed_gallery(data, 32, seed=1, pairs=12, quiet=0).meanings
    assert set(unheard(meanings, 0)).isdisjoint(heard(meanings * 200, 0))


def test_the_report_is_printed_and_written(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [
        "evaluate",
        str(data),
        "-o",
        str(tmp_path / "report"),
        "--seeds",
        "2",
        "--pairs",
        "24",
        "--json",
    ]
    assert run([*arguments, "--device", "cpu"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((tmp_path / "report" / "evaluation.json").read_text())
    assert printed["seeds"] == [0, 1]
    assert set(printed["accuracy"]) == {"UC Merced"}
    for gallery in printed["galleries"]:
        change = gallery["methods"]["change"]
        assert change["to_pairs"]["recall"][2] > change["to_pairs"]["floor"][2]
        assert 0 <= change["direction"] <= 1
    table = (tmp_path / "report" / "evaluation.md").read_text()
    assert "| change |" in table
    assert "| chance |" in table


def test_a_folder_without_test_images_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", str(tmp_path)]) == 2
    assert "no classified images" in capsys.readouterr().err
