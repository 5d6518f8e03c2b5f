"""Where a training computes and how precisely: on one device, or in one process for each of several."""

from __future__ import annotations

import os

import torch
from accelerate import Accelerator
from accelerate.state import AcceleratorState

from changeseek.core.errors import TrainingConfigError
from changeseek.core.model.device import choose_device
from changeseek.core.training.config import RunConfig

# One thread keeps up with a CPU that trains; a GPU is fed by several.
_MOST_THREADS = 8


def make_accelerator(config: RunConfig) -> Accelerator:
    """The accelerator for a config; under `accelerate launch` one of several processes.

    Raises:
        UnknownDeviceError: The device that was named is not there.
        TrainingConfigError: The device cannot compute in that precision.
    """
    device = choose_device(config.device)
    precision = _precision(config.precision, device)
    if os.environ.get("WORLD_SIZE", "1") == "1":
        # Accelerate keeps device and precision for the whole process, but a second training may want others.
        AcceleratorState._reset_state(reset_partial_state=True)
    return Accelerator(cpu=device.type == "cpu", mixed_precision=precision)


def supply_threads(accelerator: Accelerator) -> int:
    """How many threads draw batches."""
    if accelerator.device.type == "cpu":
        return 1
    cores = (os.cpu_count() or 2) // int(accelerator.num_processes)
    return max(1, min(_MOST_THREADS, cores - 1))


def _precision(wish: str, device: torch.device) -> str:
    if wish == "fp16" and device.type == "cpu":
        raise TrainingConfigError("a CPU does not train in fp16", "Use --precision bf16 or no")
    if wish != "auto":
        return wish
    old_gpu = device.type == "cuda" and not torch.cuda.is_bf16_supported()
    return "fp16" if old_gpu else "bf16"
