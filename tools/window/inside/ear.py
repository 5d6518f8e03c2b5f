"""Hears questions over a local socket and answers them, a JSON object a line, also while a dialog is open."""

from __future__ import annotations

import json
from time import monotonic
from typing import Any

from qgis.PyQt.QtNetwork import QLocalServer, QLocalSocket

from .answers import ANSWERS
from .watching import excuse


class Ear:
    """Listens as long as it lives.

    Args:
        path: Of the socket.
    """

    def __init__(self, path: str) -> None:
        self._server = QLocalServer()
        # PyQt forgets what nobody holds, and calls it all the same.
        self._conversations: list[Conversation] = []
        self._server.newConnection.connect(self._welcome)
        if not self._server.listen(path):
            raise OSError(self._server.errorString())

    def _welcome(self) -> None:
        self._conversations.append(Conversation(self._server.nextPendingConnection()))


class Conversation:
    """Answers one that asks, line by line."""

    def __init__(self, socket: QLocalSocket) -> None:
        self._socket = socket
        socket.readyRead.connect(self._answer_lines)

    def _answer_lines(self) -> None:
        while self._socket.canReadLine():
            begin = monotonic()
            line = bytes(self._socket.readLine())
            self._socket.write(json.dumps(_answer(line)).encode() + b"\n")
            self._socket.flush()
            excuse(monotonic() - begin)


def _answer(line: bytes) -> dict[str, Any]:
    question = json.loads(line)
    try:
        return {"answer": ANSWERS[question["ask"]](**question["with"])}
    # What is asked for may be gone at any moment, its C++ side first.
    except (LookupError, TypeError, ValueError, RuntimeError, AttributeError) as error:
        return {"error": f"{type(error).__name__}: {error}"}
