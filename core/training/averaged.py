"""Averaged weights: an exponential mean over the steps, steadier than the weights of any one of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn


def learned_tensors(module: nn.Module) -> dict[str, Tensor]:
    """What training changes, by name: parameters that learn, and kept statistics such as BatchNorm's."""
    frozen = {name for name, value in module.named_parameters() if not value.requires_grad}
    return {name: value for name, value in module.state_dict().items() if name not in frozen}


class AveragedWeights:
    """Follows a module's learned tensors.

    Args:
        module: Already on its device.
        decay: Share of the mean that stays at each step; in the first steps less stays, so that the random
            beginning is soon forgotten.
    """

    def __init__(self, module: nn.Module, decay: float) -> None:
        self._current = learned_tensors(module)
        self._decay = decay
        self.values = {name: value.clone() for name, value in self._current.items()}

    @torch.no_grad()
    def follow(self, step: int) -> None:
        """Take in the weights after that step, counted from 1."""
        decay = min(self._decay, (1 + step) / (10 + step))
        for kept, value in zip(self.values.values(), self._current.values(), strict=True):
            if kept.dtype.is_floating_point:
                kept.lerp_(value, 1 - decay)
            else:
                kept.copy_(value)

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """The module has the averaged weights while the block runs, and its own again after it."""
        own = {name: value.clone() for name, value in self._current.items()}
        put(self.values, self._current)
        try:
            yield
        finally:
            put(own, self._current)


@torch.no_grad()
def put(values: dict[str, Tensor], into: dict[str, Tensor]) -> None:
    """Copy tensors by name, each into the memory that is there, so that its layout stays.

    Raises:
        KeyError: One is missing.
        ValueError: One has another shape.
    """
    for name, value in into.items():
        if values[name].shape != value.shape:
            raise ValueError(f"{name} has the shape {tuple(values[name].shape)}, not {tuple(value.shape)}")
        value.copy_(values[name])
