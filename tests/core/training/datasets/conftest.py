"""Made-up data sets in each layout, a few pairs large."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

CHANGED = ["Some houses are built .", "a road  appears", "houses are built in the desert"]
SAME = ["the scene is the same as before ", "there is no difference "]


def write_image(file: Path, value: int, size: int = 50) -> None:
    """A plain image of that brightness."""
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full((size, size, 3), value, np.uint8)).save(file)


def entry(name: str, sentences: Sequence[str], **more: object) -> dict[str, object]:
    """An image of a caption file."""
    raw = [{"raw": sentence, "tokens": sentence.split()} for sentence in sentences]
    return {"filename": name, "sentences": raw, **more}


@pytest.fixture
def levir(tmp_path: Path) -> Path:
    """LEVIR-CC's layout: three training pairs, one each for validation and test."""
    folder = tmp_path / "levir"
    images = []
    for split, count in (("train", 3), ("val", 1), ("test", 1)):
        for number in range(count):
            name, changed = f"{split}_{number:06}.png", number % 2 == 0
            write_image(folder / "images" / split / "A" / name, 40 + number, 64)
            write_image(folder / "images" / split / "B" / name, 140 + number, 64)
            said = CHANGED if changed else SAME
            images.append(entry(name, said, filepath=split, split=split, changeflag=int(changed)))
    (folder / "LevirCCcaptions.json").write_text(json.dumps({"images": images}), encoding="utf-8")
    return folder


@pytest.fixture
def dubai(tmp_path: Path) -> Path:
    """Dubai-CC's layout as its archive unpacks: a pair for each split."""
    root = tmp_path / "DubaiCC" / "datasetDubaiCCPublic"
    said = {"Train": CHANGED, "Validation": SAME, "Test": ["No changes to mention.", *SAME, "a road appears"]}
    for number, (split, sentences) in enumerate(said.items()):
        name = f"{number}x7.tif"
        write_image(root / "imgs_tiles" / "RGB" / "500_2000" / name, 60)
        write_image(root / "imgs_tiles" / "RGB" / "500_2010" / name, 90)
        file = root / "description_jsontr_te_val" / f"{split}_Dubai_CC.json"
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps({"images": [entry(name, sentences)]}), encoding="utf-8")
    return root.parent


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A user's own table: one pair in one row with two captions, one in two rows, one for tests."""
    for name in ("a1", "a2", "b1", "b2", "c1", "c2"):
        write_image(tmp_path / "pictures" / f"{name}.png", 20 * int(name[1]))
    rows = [
        ("pictures/a1.png", "pictures/a2.png", "houses were built|new houses, many of them", "train"),
        ("pictures/b1.png", "pictures/b2.png", "nothing has changed", ""),
        ("pictures/c1.png", "pictures/c2.png", "the lake dried up", "test"),
        ("pictures/b1.png", "pictures/b2.png", "no change", ""),
    ]
    with (tmp_path / "pairs.csv").open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([("Before", "After", "Captions", "Split"), *rows])
    return tmp_path / "pairs.csv"
