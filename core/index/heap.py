"""Keeps glibc from giving each reading thread a heap of its own, whose gaps no other thread can use."""

from __future__ import annotations

import ctypes
import sys

_MOST_HEAPS = -8


def share_one_heap() -> None:
    """Let threads started from now on share one heap; does nothing where the C library has no mallopt.

    The rows of a wide window are passed from thread to thread, so heaps apart grow with the window's width.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MOST_HEAPS, 1)
