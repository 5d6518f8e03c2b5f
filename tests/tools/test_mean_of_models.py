"""The mean of models lies between them, is a model itself and claims none of their figures."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from changeseek.core import load_model
from changeseek.core.model.card import read_card
from changeseek.core.model.loading import DEFAULT_MODEL, MODELS_FOLDER
from changeseek.core.model.storage import load_weights, save_weights
from changeseek.tools import mean_of_models

SHIPPED = MODELS_FOLDER / DEFAULT_MODEL


def test_the_mean_of_two_models_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other, out = tmp_path / "other", tmp_path / "mean"
    shutil.copytree(SHIPPED, other)
    weights = load_weights(other / "weights.safetensors")
    weights["difference_weight"] += 2
    save_weights(weights, other / "weights.safetensors")
    monkeypatch.setattr(sys, "argv", ["mean_of_models", str(out), str(SHIPPED), str(other)])
    mean_of_models.main()
    mean, first = (load_weights(folder / "weights.safetensors") for folder in (out, SHIPPED))
    assert mean["difference_weight"].item() == pytest.approx(first["difference_weight"].item() + 1, abs=1e-2)
    changes = load_model(out, "cpu").reference_changes
    assert changes is not None
    np.testing.assert_allclose(np.linalg.norm(changes, axis=1), 1, atol=1e-2)
    card = read_card(out)
    assert card.figures == {}
    assert card.recipe == {"mean_of": ["embedded", "other"]}
