"""Tests reach no network: blocked, so that nobody has to trust that a test does not try."""

from __future__ import annotations

import socket

import pytest
from pytest_socket import SocketBlockedError

# pytest-socket warns before it raises, and a warning is an error here.
BLOCKED = (SocketBlockedError, UserWarning)


def test_a_tcp_socket_cannot_be_opened() -> None:
    with pytest.raises(BLOCKED, match="tried to use socket"):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def test_a_name_cannot_be_looked_up() -> None:
    with pytest.raises(BLOCKED, match="tried to use socket"):
        socket.create_connection(("localhost", 9), timeout=1)
