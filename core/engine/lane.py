"""A thread that runs errands in their order.

There are two of them, so that an index can be searched while another one is built.

Within the standard library and old Pythons, as all that runs before the engine is known to be complete.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

Errand = Callable[[], None]

_log = logging.getLogger(__name__)


class Lane:
    """Runs what is put into it; an errand that fails does not keep the next one from running.

    Args:
        name: Of its thread.
    """

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)

    def put(self, errand: Errand) -> None:
        """Run an errand after those that wait already; what it raises is only written down."""
        self._thread.submit(errand).add_done_callback(_write_down)

    def close(self, seconds: float) -> None:
        """Run what waits, then end the thread; give up after so long."""
        last = self._thread.submit(_nothing)
        self._thread.shutdown(wait=False)
        wait([last], seconds)


def _write_down(errand: Future[None]) -> None:
    error = errand.exception()
    if error is not None:
        _log.error("an errand failed", exc_info=error)


def _nothing() -> None:
    """The end of a lane: it runs when all that waited before it has run."""
