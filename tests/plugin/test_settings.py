"""What the plugin remembers between sessions, in a profile of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QSettings

from changeseek.plugin.settings import Settings

Store = Callable[[], Any]


@pytest.fixture
def store(tmp_path: Path, qgis_app: Any) -> Store:
    return lambda: QgsSettings(str(tmp_path / "profile.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def settings(store: Store) -> Settings:
    return Settings(store)


def test_a_new_profile_has_the_command_lines_defaults(settings: Settings) -> None:
    assert (settings.python, settings.model, settings.last_folder) == ("", "", "")
    assert (settings.device, settings.mode, settings.tile, settings.k) == ("auto", "change", 128, 100)
    assert settings.stride is None
    assert settings.queries == settings.recent_indexes == []


def test_values_outlive_the_session_with_their_types(settings: Settings, store: Store) -> None:
    settings.python, settings.k, settings.stride, settings.flicker_seconds = "/x/bin/python", 7, 32, 0.25
    settings.add_query("houses built, on forest")
    later = Settings(store)
    assert (later.python, later.k, later.stride, later.flicker_seconds) == ("/x/bin/python", 7, 32, 0.25)
    assert later.queries == ["houses built, on forest"]


def test_a_stride_can_be_the_tile_size_again(settings: Settings) -> None:
    settings.stride = 32
    settings.stride = None
    assert settings.stride is None


def test_queries_come_newest_first_and_once(settings: Settings) -> None:
    for text in ("a lake", "forest -> houses", "  ", " a lake "):
        settings.add_query(text)
    assert settings.queries == ["a lake", "forest -> houses"]
    settings.forget_queries()
    assert settings.queries == []


def test_of_many_queries_the_newest_fifty_stay(settings: Settings) -> None:
    for number in range(60):
        settings.add_query(f"query {number}")
    assert settings.queries == [f"query {number}" for number in range(59, 9, -1)]


def test_recent_indexes_can_be_dropped(settings: Settings) -> None:
    for folder in ("/a b/ä.csx", "/c.csx"):
        settings.add_recent(folder)
    settings.drop_recent("/c.csx")
    assert settings.recent_indexes == ["/a b/ä.csx"]


@pytest.mark.parametrize("broken", ["{", "7", '["a", 3]'])
def test_a_value_that_was_edited_by_hand_does_no_harm(settings: Settings, store: Store, broken: str) -> None:
    store().setValue("changeseek/queries", broken)
    store().setValue("changeseek/k", "many")
    assert settings.queries in ([], ["a"])
    assert settings.k == 100


def test_any_thread_may_ask(settings: Settings) -> None:
    settings.python = "/x/bin/python"
    seen: list[str] = []
    thread = Thread(target=lambda: seen.append(settings.python))
    thread.start()
    thread.join()
    assert seen == ["/x/bin/python"]
