"""Looks at the driven QGIS: asks the ear inside it, and waits until something is to be seen."""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from .seen import Item, Layer, MapState, NotSeenError, Rect, State, Watched, Widget, Window

SECONDS_TO_START = 90.0
SECONDS_TO_ANSWER = 60.0
SECONDS_TO_DIE = 5.0
SECONDS_BETWEEN_LOOKS = 0.05

S = TypeVar("S")

_log = logging.getLogger(__name__)


class Eye:
    """Looks, never touches.

    Args:
        path: Of the socket that the ear listens on.
        process: QGIS, so that its end is noticed.

    Attributes:
        seconds_to_answer: From the look's begin to the first answer.
    """

    def __init__(self, path: Path, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(SECONDS_TO_ANSWER)
        begin = time.monotonic()
        self.wait("QGIS answers", lambda: self._connect(path), SECONDS_TO_START)
        self.seconds_to_answer = time.monotonic() - begin
        self._lines = self._socket.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lines.close()
        self._socket.close()

    def wait(self, what: str, look: Callable[[], S | None], seconds: float = 20.0) -> S:
        """Look until there is something to see.

        Args:
            what: Said where it never comes, such as "the list has items".
            look: Gives something true once it is there.
            seconds: How long to wait at most.

        Raises:
            NotSeenError: It did not come, or QGIS ended.
        """
        limit = time.monotonic() + seconds
        while True:
            if sight := look():
                return sight
            if self._process.poll() is not None:
                raise NotSeenError(f"QGIS ended with {self._process.returncode} before {what}")
            if time.monotonic() > limit:
                raise NotSeenError(f"in {seconds:.0f} s it was not seen that {what}")
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def widget(self, name: str) -> Widget | None:
        """The widget of that object name."""
        answer = self._ask("widget", name=name)
        return Widget.read(answer) if answer else None

    def widgets(self, prefix: str = "changeseek_") -> list[Widget]:
        """All widgets whose object name begins so."""
        return [Widget.read(one) for one in self._ask("widgets", prefix=prefix)]

    def windows(self) -> list[Window]:
        """Windows, dialogs and menus that are open."""
        return [Window.read(one) for one in self._ask("windows")]

    def place(self, kind: str, text: str) -> Rect | None:
        """Where a thing is that has no object name of its own.

        Args:
            kind: `action` (a tool button, by its action's object name), `menu` (an entry of an open menu),
                `tab` or `button`, by their text.
            text: What it is called.
        """
        argument = {"name": text} if kind == "action" else {"text": text}
        answer = self._ask(kind, **argument)
        return Rect(**answer) if answer else None

    def items(self, name: str) -> list[Item]:
        """Items of a list, a tree or a combo box."""
        return [Item.read(one) for one in self._ask("items", name=name)]

    def map(self) -> MapState:
        """The map canvas."""
        return MapState.read(self._ask("map"))

    def map_place(self, x: float, y: float, crs: str) -> Rect:
        """Where a point of the ground is on the screen."""
        return Rect(**self._ask("map_place", x=x, y=y, crs=crs))

    def tile_place(self, tile_id: str) -> Rect:
        """Where the middle of a hit's tile is on the screen."""
        return Rect(**self._ask("tile_place", tile_id=tile_id))

    def hits(self, layer: str = "") -> list[dict[str, Any]]:
        """Values of the hits that a layer shows, best first; the first layer whose name holds the text."""
        found: list[dict[str, Any]] = self._ask("hits", layer=layer)
        return found

    def state(self) -> State:
        """Layers, project and messages."""
        return State.read(self._ask("state"))

    def layer(self, name: str) -> Layer | None:
        """The first layer whose name holds that text."""
        return next((layer for layer in self.state().layers if name in layer.name), None)

    def start_times(self) -> dict[str, float]:
        """Seconds that QGIS measured at its start, by name."""
        times: dict[str, float] = self._ask("start_times")
        return times

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Note when the map changes, and how long the window stands still; ask `watched` within."""
        self._ask("start_watching")
        try:
            yield
        finally:
            self._ask("stop_watching")

    def watched(self) -> Watched:
        """What was noted since then."""
        return Watched.read(self._ask("watched"))

    def _ending(self) -> str:
        """How QGIS ended."""
        try:
            code = self._process.wait(SECONDS_TO_DIE)
        except subprocess.TimeoutExpired:
            return "it still runs"
        return f"by signal {-code}" if code < 0 else f"with exit code {code}"

    def _connect(self, path: Path) -> bool:
        return path.exists() and self._socket.connect_ex(str(path)) == 0

    def _ask(self, question: str, /, **arguments: Any) -> Any:
        line = b""
        try:
            self._socket.sendall(json.dumps({"ask": question, "with": arguments}).encode() + b"\n")
            line = self._lines.readline()
        except TimeoutError as error:
            raise NotSeenError(f"QGIS has stood still for {SECONDS_TO_ANSWER:.0f} s") from error
        except ConnectionError:
            _log.debug("the connection broke", exc_info=True)
        if not line:
            raise NotSeenError(f"QGIS has ended ({self._ending()}) when it was asked for {question}")
        reply = json.loads(line)
        if "error" in reply:
            raise NotSeenError(f"QGIS could not say {question} {arguments}: {reply['error']}")
        return reply["answer"]
