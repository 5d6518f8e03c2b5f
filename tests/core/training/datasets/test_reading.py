"""Captioned pairs are read in the layouts of public sets and from a plain table, or refused with a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from changeseek.core.errors import TrainingDataError
from changeseek.core.training.datasets.reading import read_captioned


def test_levir_is_read_with_its_splits_and_change_flags(levir: Path) -> None:
    pairs = read_captioned(levir)
    assert [pair.split for pair in pairs] == ["train"] * 3 + ["validate", "test"]
    assert [pair.changed for pair in pairs] == [True, False, True, True, True]
    assert pairs[0].before == levir / "images" / "train" / "A" / "train_000000.png"
    assert pairs[0].after == levir / "images" / "train" / "B" / "train_000000.png"
    assert pairs[0].captions == (
        "Some houses are built .",
        "a road appears",
        "houses are built in the desert",
    )


def test_a_caption_file_without_splits_has_them_in_its_file_names(levir: Path) -> None:
    file = levir / "LevirCCcaptions.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    for image in content["images"]:
        del image["split"], image["filepath"], image["changeflag"]
    file.unlink()
    (levir / "captions.json").write_text(json.dumps(content), encoding="utf-8")
    pairs = read_captioned(levir)
    assert [pair.split for pair in pairs] == ["train"] * 3 + ["validate", "test"]
    assert [pair.changed for pair in pairs] == [True, False, True, True, True]


@pytest.mark.parametrize("inner", ["", "datasetDubaiCCPublic"])
def test_dubai_is_read_from_its_archive_or_what_it_holds(dubai: Path, inner: str) -> None:
    pairs = {pair.split: pair for pair in read_captioned(dubai / inner)}
    assert set(pairs) == {"train", "validate", "test"}
    assert pairs["train"].before.parent.name == "500_2000"
    assert pairs["train"].after.parent.name == "500_2010"
    assert pairs["train"].changed
    assert not pairs["validate"].changed


def test_a_pair_of_which_most_captions_say_nothing_changed_is_unchanged(dubai: Path) -> None:
    (pair,) = (pair for pair in read_captioned(dubai) if pair.split == "test")
    assert not pair.changed


def test_a_table_gathers_captions_from_cells_and_rows(table: Path) -> None:
    built, same, dried = read_captioned(table)
    assert built.captions == ("houses were built", "new houses, many of them")
    assert same.captions == ("nothing has changed", "no change")
    assert not same.changed
    assert (built.split, same.split, dried.split) == ("train", "train", "test")
    assert built.before == table.parent / "pictures" / "a1.png"


def refusal(place: Path) -> str:
    with pytest.raises(TrainingDataError) as caught:
        read_captioned(place)
    assert caught.value.advice
    return str(caught.value)


def test_an_unknown_folder_is_refused(tmp_path: Path) -> None:
    assert "known layout" in refusal(tmp_path)
    assert "known layout" in refusal(tmp_path / "missing.csv")


def test_missing_images_are_counted_and_the_first_is_named(levir: Path) -> None:
    (levir / "images" / "test" / "B" / "test_000000.png").unlink()
    message = refusal(levir)
    assert "1 images" in message
    assert "test_000000.png" in message


@pytest.mark.parametrize(
    ("content", "part"),
    [("{", "JSON"), ('{"pictures": []}', "list of captioned"), ('{"images": [3]}', "list of captioned"),
     ('{"images": []}', "no captioned pair"),
     ('{"images": [{"filename": "x", "changeflag": "so", "sentences": []}]}', "list of captioned"),
     ('{"images": [{"filename": "train_000000.png", "sentences": []}]}', "no caption"),
     ('{"images": [{"filename": "x.png", "split": "holdout", "sentences": [{"raw": "a"}]}]}', "'holdout'")],
)  # fmt: skip
def test_a_broken_caption_file_is_refused(levir: Path, content: str, part: str) -> None:
    (levir / "LevirCCcaptions.json").write_text(content, encoding="utf-8")
    assert part in refusal(levir)


@pytest.mark.parametrize(
    ("content", "part"),
    [("before,after\na,b\n", "no column captions"), ("before,after,captions\n", "no captioned pair"),
     ("before,after,captions\na.png,,new houses\n", "line 2"),
     ("before,after,captions,split\na,b,c,train\na,b,d,test\n", "second split"),
     ("before,after,captions,split\na,b,c,some\n", "'some'"),
     ("before,after,captions\na.png,b.png,c\n", "2 images")],
)  # fmt: skip
def test_a_broken_table_is_refused(tmp_path: Path, content: str, part: str) -> None:
    (tmp_path / "pairs.csv").write_text(content, encoding="utf-8")
    assert part in refusal(tmp_path / "pairs.csv")
