"""All that a training needs to go on, in one file: safetensors, with the numbers as JSON in its header.

There is no pickle in it, so a checkpoint that came from elsewhere runs no code. Random states are not in it,
because every batch and every wording follows from seed and step.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from changeseek.core.errors import OtherRunError
from changeseek.core.index.files import written_whole
from changeseek.core.training.averaged import put
from changeseek.core.training.early_stop import BestSoFar

_HEADER = "training"
_ADVICE = "Name another folder, or give --fresh to begin anew"


@dataclass(slots=True)
class Reached:
    """How far a training is.

    Attributes:
        step: Last step that was taken.
        seconds: Spent on training.
        best: The best validation.
        ended: Whether all was learned that was to be.
        scaler: State of the gradient scaler, empty where there is none.
    """

    step: int
    seconds: float
    best: BestSoFar
    ended: bool = False
    scaler: dict[str, float] = field(default_factory=dict)


def save_checkpoint(
    file: Path,
    reached: Reached,
    module: nn.Module,
    averaged: dict[str, Tensor],
    optimizer: torch.optim.Optimizer,
) -> None:
    """Write a checkpoint, whole or not at all.

    Args:
        file: Replaced where it is there.
        reached: How far the training is.
        module: All weights are written, those of frozen parts too.
        averaged: By name.
        optimizer: Of the learned parameters.

    Raises:
        MachineFaultError: The disk is full or faulty.
    """
    tensors = {f"weights/{name}": value for name, value in module.state_dict().items()}
    tensors |= {f"averaged/{name}": value for name, value in averaged.items()}
    for place, state in optimizer.state_dict()["state"].items():
        tensors |= {f"optimizer/{place}/{name}": value for name, value in state.items()}
    with written_whole(file) as unfinished:
        save_file(
            {name: value.detach().cpu().contiguous() for name, value in tensors.items()},
            unfinished,
            {_HEADER: json.dumps(asdict(reached))},
        )


def load_checkpoint(
    file: Path, module: nn.Module, averaged: dict[str, Tensor], optimizer: torch.optim.Optimizer
) -> Reached:
    """Put a checkpoint's tensors where training expects them; returns how far it was.

    Raises:
        OtherRunError: The file is no checkpoint, or one of another network.
    """
    try:
        with safe_open(file, "pt") as stored:
            header = json.loads(stored.metadata()[_HEADER])
            names = stored.keys()
            tensors = {name: stored.get_tensor(name) for name in names}
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise OtherRunError(f"{file} is no checkpoint of a training", _ADVICE) from error
    try:
        put(_part(tensors, "weights/"), module.state_dict())
        put(_part(tensors, "averaged/"), averaged)
    except (KeyError, ValueError) as error:
        raise OtherRunError(f"{file} is a checkpoint of another network", _ADVICE) from error
    _load_optimizer(_part(tensors, "optimizer/"), optimizer)
    best = BestSoFar(**header.pop("best"))
    return Reached(best=best, **header)


def save_tensors(tensors: dict[str, Tensor], file: Path) -> None:
    """Write tensors in full precision, whole or not at all."""
    with written_whole(file) as unfinished:
        save_file({name: value.detach().cpu().contiguous() for name, value in tensors.items()}, unfinished)


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}


def _load_optimizer(tensors: dict[str, Tensor], optimizer: torch.optim.Optimizer) -> None:
    parameters: Sequence[Tensor] = [one for group in optimizer.param_groups for one in group["params"]]
    states: dict[int, dict[str, Any]] = {}
    for name, value in tensors.items():
        place, _, key = name.partition("/")
        parameter = parameters[int(place)]
        # In another memory layout the same sums could be rounded otherwise.
        like = torch.empty_like(parameter, dtype=value.dtype).copy_(value) if value.ndim else value
        states.setdefault(int(place), {})[key] = like
    optimizer.load_state_dict(optimizer.state_dict() | {"state": states})
