"""Runs each measurement in a process of its own: no other's memory, caches or threads are in its figures."""

from __future__ import annotations

from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection

from changeseek.core.environment import prepare_process
from changeseek.tests.benchmarks.settings import Settings

Figures = dict[str, float]
"""Name, unit included, to value."""

_FOLDER = __name__.rpartition(".")[0]


def run_fresh(module: str, settings: Settings) -> Figures:
    """What `measure(settings)` of a module of this folder returns; it is imported in a new process only.

    Raises:
        RuntimeError: It failed; why is on stderr.
    """
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(module, settings, sender))
    process.start()
    sender.close()
    try:
        figures: Figures = receiver.recv()
    except EOFError:
        raise RuntimeError(f"the measurement {module} failed") from None
    finally:
        process.join()
    return figures


def _measure(module: str, settings: Settings, sender: Connection) -> None:
    prepare_process()  # as command line and engine begin
    sender.send(import_module(f"{_FOLDER}.{module}").measure(settings))
