"""How many cores torch computes on: texts on one, tiles on all.

A handful of words gains nothing from a second core, and waiting for one that sleeps has been seen to take
thirty times as long as the words themselves. On one core a text also has the same vector on every machine of
a kind, however many cores it has.

Torch keeps the number for each thread, but a new thread begins with what was set last in any: so in a process
of several threads, every one that computes says what it wants.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local

import torch

_ALL = torch.get_num_threads()
_said = local()


def use_one_core() -> None:
    """Compute on one core in this thread from now on."""
    _use(1)


def use_all_cores() -> None:
    """Compute on all cores in this thread from now on, as a program does that says nothing."""
    _use(_ALL)


@contextmanager
def one_core() -> Iterator[None]:
    """Compute on one core until the block ends; for processes whose other threads do not compute."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _use(cores: int) -> None:
    if getattr(_said, "cores", None) != cores:
        torch.set_num_threads(cores)
        # Asked once in a thread, the number stays, whatever other threads say later.
        torch.get_num_threads()
        _said.cores = cores
