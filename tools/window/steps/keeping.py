"""What stays: export the hits, save the project, open it again."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from ..journey import Journey, expect
from ..person import Person
from ..scene import Scene
from .searching import HITS, SECONDS_TO_SEARCH, ask, ready_to_search


def export(journey: Journey, person: Person, scene: Scene) -> None:
    """Write the hits to a GeoPackage that others can open."""
    with journey.step(person, "export"):
        person.click("changeseek_export")
        person.click_place("menu", "GeoPackage …")
        person.answer_file_dialog(scene.exported, lambda: journey.picture(person, "export dialog"))
        person.eye.wait("the file is there", lambda: rows_of(scene.exported))
        expect(rows_of(scene.exported) == len(person.eye.items(HITS)), "all listed hits are in the file")


def save(journey: Journey, person: Person, scene: Scene) -> None:
    """Ctrl+S, with a name."""
    with journey.step(person, "save the project"):
        person.attend()
        person.hand.key("ctrl+s")
        person.answer_file_dialog(scene.project)
        person.eye.wait("the project has its name", lambda: person.eye.state().project == str(scene.project))
        expect(scene.project.is_file(), "the project is on the disk")


def open_again(journey: Journey, person: Person, scene: Scene) -> None:
    """A new, empty project; then the saved one: everything is back, and the next question works."""
    before = {layer.name for layer in person.eye.state().layers}
    with journey.step(person, "empty project"):
        person.attend()
        person.hand.key("ctrl+n")
        person.eye.wait("the project is empty", lambda: not person.eye.state().layers)
        person.eye.wait("the panel forgets the hits", lambda: not person.eye.items(HITS))
    open_saved(journey, person, scene)
    expect({layer.name for layer in person.eye.state().layers} == before, "all layers are back")
    with journey.step(person, "search again"):
        ask(person, scene.queries[1])
        person.let_it_settle()


def open_saved(journey: Journey, person: Person, scene: Scene) -> None:
    """Ctrl+O: layers, dates and panel are as they were."""
    with journey.step(person, "open the project"):
        person.attend()
        person.hand.key("ctrl+o")
        person.answer_file_dialog(scene.project)
        journey.opened = time.monotonic()
        person.eye.wait("the layers are back", lambda: person.eye.state().layers)
        layers = person.eye.state().layers
        expect(all(layer.valid for layer in layers), "every layer is found")
        expect(sum(layer.dated for layer in layers if layer.features is None) >= 2, "the dates are back")
        person.eye.wait("the panel knows the index", lambda: ready_to_search(person), SECONDS_TO_SEARCH)
        person.let_it_settle()


def rows_of(path: Path) -> int:
    """Features of a GeoPackage, as another program reads it; 0 while it is not there."""
    if not path.is_file():
        return 0
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        tables = database.execute("SELECT table_name FROM gpkg_contents WHERE data_type = 'features'")
        (name,) = tables.fetchone() or ("",)
        if not name:
            return 0
        (number,) = database.execute(f'SELECT count(*) FROM "{name}"').fetchone()
    return int(number)
