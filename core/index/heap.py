"""Keeps glibc from holding memory that nobody uses while an index is built."""

from __future__ import annotations

import ctypes
import sys

_MOST_HEAPS = -8


def keep_heap_small() -> None:
    """Give back what is free, and let threads started from now on share one heap; nothing but under glibc.

    Opening and checking a pair leave gaps that grow with it. The rows of a wide window are passed from
    thread to thread, so heaps apart grow with the window's width: no other thread can use the gaps of one.
    """
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt") and hasattr(libc, "malloc_trim"):
        libc.mallopt(_MOST_HEAPS, 1)
        libc.malloc_trim(0)
