"""An eye and a hand that work together, as a person's do: look for a thing, wait for it, click it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from .eye import Eye
from .hand import Hand
from .pictures import look, take_picture
from .seen import NotSeenError, Rect, Widget, Window

SECONDS_OF_REST = 0.3


class Person:
    """Sits before one screen.

    Args:
        display: The screen's name.
        eye: Looks at QGIS.
    """

    def __init__(self, display: str, eye: Eye) -> None:
        self.eye = eye
        self.hand = Hand(display)
        self._display = display

    def look_for(self, name: str, seconds: float = 20.0) -> Widget:
        """Wait until a widget is on the screen."""
        return self.eye.wait(f"{name} is visible", lambda: self._ready(name, enabled=False), seconds)

    def wait_until_enabled(self, name: str, seconds: float = 20.0) -> None:
        """Wait until a widget can be used."""
        self.eye.wait(f"{name} can be used", lambda: self._ready(name, enabled=True), seconds)

    def click(self, name: str, seconds: float = 20.0) -> Widget:
        """Wait until a widget is there and can be used, bring it into sight and click it."""
        self.wait_until_enabled(name, seconds)
        widget = self._bring_into_sight(name)
        self.hand.click(widget.seen)
        return widget

    def attend(self) -> None:
        """Click where the menu bar is empty, so that keys go to the main window.

        After a dialog a window manager would see to that; there is none here.
        """
        window = next(one for one in self.eye.windows() if one.name == "QgisApp")
        # Above the first toolbar, right of the last menu.
        self.hand.click((window.place.at(0.9, 0)[0], window.place.y + window.place.height // 125))
        self.eye.wait("the main window is active", self._main_is_active)

    def type_into(self, name: str, text: str) -> None:
        """Replace what stands in a field."""
        self.click(name)
        self.hand.retype(text)

    def click_place(self, kind: str, text: str, seconds: float = 20.0) -> Rect:
        """Click a tool button, a menu's entry, a tab or a button; see `Eye.place`."""
        place = self.eye.wait(f"{kind} {text} is there", lambda: self.eye.place(kind, text), seconds)
        self.hand.click(place)
        return place

    def text(self, name: str) -> str:
        """What stands in a widget; empty where it is not shown."""
        widget = self.eye.widget(name)
        return widget.text if widget is not None and widget.on_show else ""

    def item(self, name: str, number: int) -> Rect:
        """Where an item of a list is; it must be in sight."""
        items = self.eye.wait(f"{name} has {number + 1} items", lambda: self.eye.items(name)[number:])
        if not items[0].seen:
            raise NotSeenError(f"item {number} of {name} is out of sight")
        return items[0].place

    def answer_file_dialog(self, path: Path, picture: Callable[[], None] | None = None) -> None:
        """Type a path into the file dialog that is open or about to open, and accept it."""
        self.eye.wait("a file dialog is open", self._file_dialog)
        self.hand.retype(str(path))
        if picture is not None:
            picture()
        self.hand.key("Return")
        self.eye.wait("the file dialog has closed", lambda: not self._file_dialog())

    def modal(self) -> Window | None:
        """The dialog that must be answered first."""
        return next((window for window in self.eye.windows() if window.modal), None)

    def let_it_settle(self, seconds: float = 30.0) -> None:
        """Wait until the map has been quiet for a moment."""
        self.eye.wait("the map is drawn", self._quiet, seconds)

    def screen(self) -> Image.Image:
        """What is on the screen, to look at more closely."""
        return look(self._display)

    def picture(self, path: Path) -> Path:
        """What is on the screen, as a PNG file."""
        return take_picture(self._display, path)

    def _ready(self, name: str, *, enabled: bool) -> Widget | None:
        widget = self.eye.widget(name)
        shown = widget is not None and widget.place.width > 0 and (widget.enabled or not enabled)
        return widget if shown and widget is not None and widget.on_show else None

    def _bring_into_sight(self, name: str) -> Widget:
        """Turn the wheel over the panel until a widget can be seen, first down, then up."""
        widget = self.look_for(name)
        panel = self.eye.widget("changeseek_panel")
        for direction in (1,) * 20 + (-1,) * 40:
            if widget.visible or panel is None:
                return widget
            self.hand.scroll(panel.seen.centre, direction)
            widget = self.look_for(name)
        raise NotSeenError(f"{name} cannot be scrolled into sight")

    def _file_dialog(self) -> Window | None:
        return next((one for one in self.eye.windows() if "FileDialog" in one.kind), None)

    def _main_is_active(self) -> bool:
        return any(one.active and one.name == "QgisApp" for one in self.eye.windows())

    def _quiet(self) -> bool:
        until = time.monotonic() + SECONDS_OF_REST
        while time.monotonic() < until:
            if self.eye.map().drawing:
                return False
            time.sleep(SECONDS_OF_REST / 6)
        return True
