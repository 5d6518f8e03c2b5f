"""The whole journey in light colours, and a short one in each other look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .display import Screen, display
from .journey import Journey
from .person import Person
from .profile import LIGHT
from .scene import Scene
from .starts import note_start, start_without
from .steps import keeping, leaving, opening, refining, searching
from .window import Start, qgis_window


@dataclass(frozen=True)
class Trip:
    """A look of QGIS: a screen and one of its themes."""

    screen: Screen
    theme: str = LIGHT


def travel(home: Path, scene: Scene, output: Path, trips: Mapping[str, Trip]) -> list[Journey]:
    """Go through everything with the first trip, then look again with the others.

    Args:
        home: Throw-away folder.
        scene: What to work on.
        output: Folder for the pictures; those of a trip go into a folder of its name.
        trips: By name, in order.
    """
    journeys: list[Journey] = []
    for name, trip in trips.items():
        journey = Journey(output / name)
        with display(trip.screen) as screen:
            start = Start(home, screen, trip.screen, trip.theme)
            if not journeys:
                _whole(journey, start, scene)
            else:
                _look_again(journey, start, scene)
        journeys.append(journey)
    return journeys


def _whole(journey: Journey, start: Start, scene: Scene) -> None:
    start_without(journey, start)
    with qgis_window(start) as (process, eye):
        person = Person(start.display, eye)
        note_start(journey, eye, "start with the plugin")
        opening.open_the_panel(journey, person)
        opening.choose_two_rasters(journey, person, scene)
        opening.read_the_plan(journey, person, scene)
        opening.build(journey, person)
        searching.search(journey, person, scene)
        searching.read_captions(journey, person)
        searching.drag_the_threshold(journey, person)
        searching.review_by_keyboard(journey, person)
        searching.more_like_this(journey, person)
        refining.refine(journey, person, scene)
        keeping.export(journey, person, scene)
        keeping.save(journey, person, scene)
        keeping.open_again(journey, person, scene)
        leaving.look_into_processing(journey, person)
        leaving.switch_off(journey, person, process)
        leaving.close_qgis(journey, person, process, engine=False)


def _look_again(journey: Journey, start: Start, scene: Scene) -> None:
    """The saved project in another theme or on a finer screen."""
    with qgis_window(start) as (process, eye):
        person = Person(start.display, eye)
        opening.open_the_panel(journey, person)
        keeping.open_saved(journey, person, scene)
        # The project was saved where the review had ended; the whole of it is a better picture.
        person.attend()
        person.hand.key("ctrl+shift+f")
        person.let_it_settle()
        searching.search(journey, person, scene)
        searching.read_captions(journey, person)
        refining.refine_again(journey, person)
        leaving.close_qgis(journey, person, process, engine=True)
