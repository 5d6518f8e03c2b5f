"""Averaged weights follow what learns, and lend themselves to a validation."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from changeseek.core.training.averaged import AveragedWeights, learned_tensors


@pytest.fixture
def module() -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(3, 3), nn.BatchNorm1d(3), nn.Linear(3, 2).requires_grad_(False))


def _shift(module: nn.Module, by: float) -> None:
    with torch.no_grad():
        for value in learned_tensors(module).values():
            value.add_(int(by) if not value.dtype.is_floating_point else by)


def test_frozen_parameters_are_left_out_and_statistics_are_not(module: nn.Sequential) -> None:
    assert set(learned_tensors(module)) == {
        "0.weight", "0.bias", "1.weight", "1.bias",
        "1.running_mean", "1.running_var", "1.num_batches_tracked",
    }  # fmt: skip


def test_late_steps_move_the_mean_by_one_less_the_decay(module: nn.Sequential) -> None:
    averaged = AveragedWeights(module, 0.9)
    was = averaged.values["0.weight"].clone()
    _shift(module, 1.0)
    averaged.follow(10**6)
    assert torch.allclose(averaged.values["0.weight"], was + 0.1)
    assert averaged.values["1.num_batches_tracked"] == 1


def test_the_first_steps_nearly_forget_the_beginning(module: nn.Sequential) -> None:
    averaged = AveragedWeights(module, 0.998)
    was = averaged.values["0.weight"].clone()
    _shift(module, 1.0)
    averaged.follow(1)
    assert (averaged.values["0.weight"] - was).min() > 0.8


def test_without_a_decay_the_last_weights_are_the_mean(module: nn.Sequential) -> None:
    averaged = AveragedWeights(module, 0.0)
    _shift(module, 0.25)
    averaged.follow(7)
    assert torch.equal(averaged.values["0.weight"], learned_tensors(module)["0.weight"])


def test_the_module_has_its_own_weights_back_after_a_loan(module: nn.Sequential) -> None:
    averaged = AveragedWeights(module, 0.9)
    at_first = learned_tensors(module)["0.weight"].clone()
    _shift(module, 1.0)
    own = learned_tensors(module)["0.weight"].clone()
    with averaged.in_place():
        assert torch.equal(learned_tensors(module)["0.weight"], at_first)
    assert torch.equal(learned_tensors(module)["0.weight"], own)
