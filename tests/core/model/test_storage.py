"""Weights survive the disk; large matrices lose at most half a step of a byte."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from changeseek.core.model.storage import load_weights, save_weights


@settings(max_examples=20, deadline=None)
@given(scale=st.floats(1e-3, 1e2), seed=st.integers(0, 1000))
def test_a_table_stored_in_bytes_comes_back_within_half_a_step(
    tmp_path_factory: pytest.TempPathFactory, scale: float, seed: int
) -> None:
    file = tmp_path_factory.getbasetemp() / f"{seed}.safetensors"
    table = torch.randn(70, 10, 3, 3, generator=torch.Generator().manual_seed(seed)) * scale
    save_weights({"convolution.weight": table}, file)
    step = table.abs().amax((1, 2, 3), keepdim=True) / 127
    assert ((load_weights(file)["convolution.weight"] - table).abs() <= step * 0.501).all()


def test_other_weights_are_stored_in_half_precision_and_counts_as_they_are(tmp_path: Path) -> None:
    weights = {"head.weight": torch.tensor([[0.5, -2.0]]), "norm.count": torch.tensor(7)}
    save_weights(weights, tmp_path / "w.safetensors")
    loaded = load_weights(tmp_path / "w.safetensors")
    assert torch.equal(loaded["head.weight"], weights["head.weight"])
    assert loaded["norm.count"] == 7
