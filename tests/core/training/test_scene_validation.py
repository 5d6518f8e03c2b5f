"""Accuracy from class names, and the score over several figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.joint_validation import JointValidation
from changeseek.core.training.phrase_means import PhraseMeans
from changeseek.core.training.scene_images import load_scene_images
from changeseek.core.training.scene_validation import accuracy


def test_accuracy_counts_images_whose_name_is_nearest(
    tiny_network: TextItsr, tokenizer_file: Path, data_folder: Path
) -> None:
    (images,) = load_scene_images(data_folder, "test")
    names = PhraseMeans(tiny_network, SentenceTokenizer(tokenizer_file, 16), images.names)
    found = accuracy(tiny_network, names, images)
    assert 0 <= found <= 1
    assert found * len(images.images) == pytest.approx(round(found * len(images.images)), abs=1e-3)


def test_the_score_is_the_mean_of_what_counts() -> None:
    one, other = {"recall_at_10": 0.4, "mean_ap": 0.1, "direction": 0.9}, {"captioned_recall_at_10": 0.5}
    figures = JointValidation([lambda: one, lambda: other])()
    assert figures == one | other | {"score": 0.6}
