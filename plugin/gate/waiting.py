"""The questions that one engine has not answered yet; every method may be called from any thread."""

from __future__ import annotations

import time
from threading import Lock
from typing import Any

from .pending import Pending


class Waiting:
    """Who waits for an answer of one engine."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open = True
        self._asked: dict[int, Pending[Any]] = {}
        self._sent: set[int] = set()
        self._builds_cancelled: dict[int, float] = {}

    def __len__(self) -> int:
        return len(self._asked)

    def add(self, pending: Pending[Any]) -> bool:
        """Take a question on; False where this engine takes none any more."""
        with self._lock:
            if self._open:
                self._asked[pending.id] = pending
            return self._open

    def refuse(self) -> None:
        """Take no more questions on."""
        with self._lock:
            self._open = False

    def about_to_send(self, pending: Pending[Any]) -> bool:
        """Whether a question is still wanted; from now on the engine must be told when it is not."""
        with self._lock:
            wanted = pending.id in self._asked
            if wanted:
                self._sent.add(pending.id)
            return wanted

    def find(self, id: int) -> Pending[Any] | None:
        """The question of that id, None where nobody waits for it."""
        with self._lock:
            return self._asked.get(id)

    def take(self, id: int) -> Pending[Any] | None:
        """The question of that id, which is answered now; None where nobody waits for it."""
        with self._lock:
            return self._remove(id)

    def cancel(self, pending: Pending[Any]) -> tuple[bool, bool]:
        """Note that an answer is not wanted any more.

        Returns:
            Whether the engine must be told, and whether the engine's word is waited for.
        """
        with self._lock:
            if pending.id not in self._asked:
                return False, False
            sent = pending.id in self._sent
            stays = sent and pending.is_build
            if stays:
                self._builds_cancelled.setdefault(pending.id, time.monotonic())
            else:
                self._remove(pending.id)
            return sent, stays

    def stubborn(self, seconds: float) -> bool:
        """Whether a build has not stopped that long after it was told to."""
        now = time.monotonic()
        with self._lock:
            return any(now - told > seconds for told in self._builds_cancelled.values())

    def take_all(self) -> list[Pending[Any]]:
        """All that were not answered; no more are taken on."""
        with self._lock:
            self._open = False
            left = list(self._asked.values())
            self._asked.clear()
            return left

    def _remove(self, id: int) -> Pending[Any] | None:
        self._sent.discard(id)
        self._builds_cancelled.pop(id, None)
        return self._asked.pop(id, None)
