"""What can be said of two tiles, and by which keys: one list for keys and buttons."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeyEvent

from ....core.engine.messages.refinement import DISSIMILAR, SIMILAR, SKIPPED
from ...translation import tr

UNDO, FLICKER = "undo", "flicker"
COMMANDS = (SIMILAR, DISSIMILAR, SKIPPED, UNDO, FLICKER)
_KEYS = {SIMILAR: "Y", DISSIMILAR: "N", SKIPPED: "S", UNDO: "Z", FLICKER: "F"}
_BY_CODE = {ord(key): command for command, key in _KEYS.items()}
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
)


def command_of(event: QKeyEvent, *, held: bool = False) -> str:
    """The command of a pressed key, empty where it has none or is pressed with Control.

    Args:
        event: Of the keyboard.
        held: Whether a key that is held down has a command, too.
    """
    if (event.isAutoRepeat() and not held) or any(
        bool(event.modifiers() & modifier) for modifier in _MODIFIERS
    ):
        return ""
    return _BY_CODE.get(int(event.key()), "")


def key_of(command: str) -> str:
    """The key of a command, as it stands on the keyboard."""
    return _KEYS[command]


def in_words(command: str) -> str:
    """What stands on the button of a command."""
    return {
        SIMILAR: tr("Similar"),
        DISSIMILAR: tr("Not similar"),
        SKIPPED: tr("Skip"),
        UNDO: tr("Undo"),
        FLICKER: tr("Flicker"),
    }[command]


def tip_of(command: str) -> str:
    """What a command does."""
    return {
        SIMILAR: tr("Yes, the same kind of change is seen in both, or none in either"),
        DISSIMILAR: tr("No, another kind of change, or one in one of them only"),
        SKIPPED: tr("Cannot tell: go on to the next two"),
        UNDO: tr("Take the last answer back"),
        FLICKER: tr("Let the two dates alternate in one place: what changed catches the eye"),
    }[command]
