"""What can be done with a hit, and by which keys: one list for keys, buttons and the legend."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeyEvent

from ...translation import tr

_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@dataclass(frozen=True)
class Command:
    """Something to do with the current hit.

    Attributes:
        name: For programs; also the icon's name.
        keys: Qt's key codes.
    """

    name: str
    keys: tuple[int, ...]


_Key = Qt.Key
COMMANDS = (
    Command("next", (_Key.Key_J, _Key.Key_Down)),
    Command("previous", (_Key.Key_K, _Key.Key_Up)),
    Command("flicker", (_Key.Key_Space, _Key.Key_F)),
    Command("keep", (_Key.Key_A,)),
    Command("reject", (_Key.Key_X,)),
    Command("undo", (_Key.Key_U,)),
    Command("captions", (_Key.Key_Return, _Key.Key_Enter)),
    Command("similar", (_Key.Key_M,)),
    Command("query", (_Key.Key_Slash,)),
)
_BY_KEY = {int(key): command for command in COMMANDS for key in command.keys}


def command_of(event: QKeyEvent) -> Command | None:
    """The command of a pressed key, None where it has none or is pressed with Control and its like."""
    if any(bool(event.modifiers() & modifier) for modifier in _MODIFIERS):
        return None
    return _BY_KEY.get(int(event.key()))


def in_words(name: str) -> str:
    """What a command does."""
    return {
        "next": tr("Next hit"),
        "previous": tr("Previous hit"),
        "flicker": tr("Flicker between the dates"),
        "keep": tr("Keep this hit"),
        "reject": tr("Reject this hit"),
        "undo": tr("Take the last mark back"),
        "captions": tr("Captions of this tile"),
        "similar": tr("More like this"),
        "query": tr("Back to the query"),
    }[name]


def keys_in_words(name: str) -> str:
    """The keys of a command, such as `J or Down`."""
    return {
        "next": tr("J or Down"),
        "previous": tr("K or Up"),
        "flicker": tr("Space or F"),
        "keep": "A",
        "reject": "X",
        "undo": "U",
        "captions": tr("Enter"),
        "similar": "M",
        "query": "/",
    }[name]
