"""What is kept back for validation comes out of the training images, and never out of the test images."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changeseek.core.training.splits import listed_images, part_of


@pytest.fixture
def split_file(tmp_path: Path) -> Path:
    rows = [f"{number}.png,{'test' if number % 5 == 0 else 'train'}" for number in range(50)]
    (tmp_path / "split.csv").write_text("\n".join(["image,split", *rows]), encoding="utf-8")
    return tmp_path / "split.csv"


def test_the_two_parts_of_the_training_images_are_all_of_them(split_file: Path) -> None:
    learn, validate = listed_images(split_file, "learn"), listed_images(split_file, "validate")
    assert sorted(learn + validate) == sorted(listed_images(split_file, "train"))
    assert not set(learn) & set(validate)
    assert len(validate) == 4


def test_no_test_image_is_trained_on_or_validated_by(split_file: Path) -> None:
    test = set(listed_images(split_file, "test"))
    assert len(test) == 10
    assert not test & set(listed_images(split_file, "train"))


@given(st.integers(0, 200))
def test_about_a_tenth_is_kept_back(count: int) -> None:
    assert len(part_of(range(count), "validate")) == (count + 2) // 10
    assert part_of(range(count), "test") == []
