"""A thread that runs errands in their order.

There are two of them, so that an index can be searched while another one is built.

Within the standard library and old Pythons, as all that runs before the engine is known to be complete.
"""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable
from threading import Thread

Errand = Callable[[], None]

_log = logging.getLogger(__name__)


class Lane:
    """Runs what is put into it.

    Args:
        name: Of its thread.
    """

    def __init__(self, name: str) -> None:
        self._waiting: queue.SimpleQueue[Errand | None] = queue.SimpleQueue()
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, errand: Errand) -> None:
        """Run an errand after those that wait already; what it raises is only written down."""
        self._waiting.put(errand)

    def close(self, seconds: float) -> None:
        """Run what waits, then end the thread; give up after so long."""
        self._waiting.put(None)
        self._thread.join(seconds)

    def _run(self) -> None:
        while (errand := self._waiting.get()) is not None:
            try:
                errand()
            except Exception:  # noqa: BLE001  part of the engine's loop: a dead lane would answer nobody any more
                _log.exception("an errand failed")
