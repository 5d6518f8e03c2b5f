"""Which processor the model runs on."""

from __future__ import annotations

import logging

import torch

from changeseek.core.errors import UnknownDeviceError

log = logging.getLogger(__name__)


def choose_device(wish: str = "auto") -> torch.device:
    """The device for a wish.

    Args:
        wish: `auto` (CUDA or ROCm, then XPU, then MPS, then CPU) or a torch device such as `cpu`, `cuda`,
        `cuda:1`.

    Raises:
        UnknownDeviceError: The device that was named is not there.
    """
    if wish == "auto":
        return torch.device(next((kind for kind in ("cuda", "xpu", "mps") if _present(kind)), "cpu"))
    try:
        device = torch.device(wish)
    except RuntimeError:
        raise _absent(wish) from None
    if device.type != "cpu" and not _present(device.type, device.index or 0):
        raise _absent(wish)
    return device


def _present(kind: str, number: int = 0) -> bool:
    module = getattr(torch, kind, None)
    if kind == "mps":
        return torch.backends.mps.is_available()
    return (
        module is not None
        and hasattr(module, "is_available")
        and module.is_available()
        and number < module.device_count()
    )


def _absent(wish: str) -> UnknownDeviceError:
    return UnknownDeviceError(f"there is no device {wish!r} here", "Use --device auto or --device cpu")
