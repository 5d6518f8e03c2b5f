"""Weights on disk: safetensors, matrices and convolutions as 8-bit integers with one scale a row.

A byte a weight keeps the whole model in a plugin's size.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from changeseek.core.errors import UnknownModelError

_SCALE = ".row_scale"
_LEAST_MATRIX = 4096
_ADVICE = "Restore the model's folder, or name another model"


def save_weights(weights: dict[str, Tensor], file: Path) -> None:
    """Write weights: those of `_LEAST_MATRIX` values or more as int8 with row scales, all else as float16."""
    stored: dict[str, Tensor] = {}
    for name, value in weights.items():
        if value.ndim >= 2 and value.numel() >= _LEAST_MATRIX:
            scale = value.float().flatten(1).abs().amax(1).clamp(min=1e-8) / 127
            stored[name] = (value.float() / _by_row(scale, value)).round().to(torch.int8)
            stored[name + _SCALE] = scale
        else:
            stored[name] = value.half() if value.is_floating_point() else value
    save_file({name: value.contiguous() for name, value in stored.items()}, file)


def load_weights(file: Path) -> dict[str, Tensor]:
    """Read weights back as float32.

    Raises:
        UnknownModelError: The file is not there or holds no weights.
    """
    try:
        stored = load_file(file)
    except (OSError, SafetensorError) as error:
        raise UnknownModelError(f"{file} is missing or damaged: it holds no weights", _ADVICE) from error
    return {
        name: _restored(value, stored.get(name + _SCALE))
        for name, value in stored.items()
        if not name.endswith(_SCALE)
    }


def load_into(network: nn.Module, file: Path) -> None:
    """Fill a network with the weights of a file.

    Raises:
        UnknownModelError: The file holds no weights, or those of another network.
    """
    try:
        network.load_state_dict(load_weights(file))
    except RuntimeError as error:
        raise UnknownModelError(f"the weights in {file} are those of another network", _ADVICE) from error


def _restored(value: Tensor, scale: Tensor | None) -> Tensor:
    if scale is not None:
        return value.float() * _by_row(scale, value)
    return value.float() if value.is_floating_point() else value


def _by_row(scale: Tensor, value: Tensor) -> Tensor:
    return scale.view(-1, *[1] * (value.ndim - 1))
