"""The attention that is the fastest to train."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel


def fast_attention(device: torch.device) -> AbstractContextManager[None]:
    """On a CPU the way back through torch's fused attention takes twice as long for so few tokens."""
    return sdpa_kernel(SDPBackend.MATH) if device.type == "cpu" else nullcontext()
