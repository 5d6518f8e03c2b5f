"""Mouse and keyboard, the only way in which anything happens."""

from __future__ import annotations

import os
import subprocess
import time

from .seen import Rect

# As fast as Qt can follow; a person is slower.
MILLISECONDS_BETWEEN_KEYS = 12
SECONDS_OF_A_DRAG = 0.4
STEPS_OF_A_DRAG = 12


class Hand:
    """Moves, clicks, drags and types on one screen.

    Args:
        display: The screen's name.
    """

    def __init__(self, display: str) -> None:
        self._environment = {**os.environ, "DISPLAY": display}

    def click(self, place: Rect | tuple[int, int], *, button: int = 1, times: int = 1) -> None:
        """Click in the middle of a rectangle, or at a pixel."""
        x, y = place.centre if isinstance(place, Rect) else place
        self._do("mousemove", str(x), str(y))
        # Qt must have seen the mouse arrive, or it takes the click for the widget beneath an old tooltip.
        time.sleep(0.05)
        self._do("click", "--repeat", str(times), "--delay", "60", str(button))

    def rest(self, place: tuple[int, int]) -> None:
        """Let the mouse lie where it does no harm."""
        self._do("mousemove", str(place[0]), str(place[1]))

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press at one pixel, move, let go at another."""
        self._do("mousemove", str(start[0]), str(start[1]), "mousedown", "1")
        for step in range(1, STEPS_OF_A_DRAG + 1):
            x, y = (round(a + (b - a) * step / STEPS_OF_A_DRAG) for a, b in zip(start, end, strict=True))
            self._do("mousemove", str(x), str(y))
            time.sleep(SECONDS_OF_A_DRAG / STEPS_OF_A_DRAG)
        self._do("mouseup", "1")

    def scroll(self, place: tuple[int, int], clicks: int) -> None:
        """Turn the wheel over a pixel; downwards where positive."""
        button = "5" if clicks > 0 else "4"
        self._do("mousemove", str(place[0]), str(place[1]), "click", "--repeat", str(abs(clicks)), button)

    def key(self, *keys: str) -> None:
        """Press keys or chords one after the other, such as `ctrl+s`, `Return`, `j`."""
        self._do("key", "--delay", str(MILLISECONDS_BETWEEN_KEYS), *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", str(MILLISECONDS_BETWEEN_KEYS), "--", text)

    def retype(self, text: str) -> None:
        """Type a text in place of what stands there."""
        self.key("ctrl+a")
        self.type(text)

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environment, check=True, stdout=subprocess.DEVNULL)
