"""Weights on disk: safetensors, matrices and convolutions as 8-bit integers with one scale a row.

A byte a weight keeps the whole model in a plugin's size.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

_SCALE = ".row_scale"
_LEAST_MATRIX = 4096


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
    """Read weights back as float32."""
    stored = load_file(file)
    return {
        name: _restored(value, stored.get(name + _SCALE))
        for name, value in stored.items()
        if not name.endswith(_SCALE)
    }


def _restored(value: Tensor, scale: Tensor | None) -> Tensor:
    if scale is not None:
        return value.float() * _by_row(scale, value)
    return value.float() if value.is_floating_point() else value


def _by_row(scale: Tensor, value: Tensor) -> Tensor:
    return scale.view(-1, *[1] * (value.ndim - 1))


def sha256_of(*files: Path) -> str:
    """Hash of the files' bytes, one after the other, hexadecimal."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
