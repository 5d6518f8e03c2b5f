"""The questions that are answered. None of them does anything: what happens, mouse and keyboard do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .hits import hits, tile_place
from .items import item_places
from .map_facts import map_place, map_state
from .start_times import start_times
from .state import state
from .watching import start_watching, stop_watching, watched
from .widgets import action_place, all_widgets, button_place, menu_place, tab_place, widget, windows

ANSWERS: dict[str, Callable[..., Any]] = {
    "widget": widget,
    "widgets": all_widgets,
    "windows": windows,
    "action": action_place,
    "menu": menu_place,
    "tab": tab_place,
    "button": button_place,
    "items": item_places,
    "map_place": map_place,
    "map": map_state,
    "hits": hits,
    "tile_place": tile_place,
    "state": state,
    "start_times": start_times,
    "start_watching": start_watching,
    "stop_watching": stop_watching,
    "watched": watched,
}
