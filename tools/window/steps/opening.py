"""From an empty QGIS to an index: open the panel, choose two rasters, read the plan, build."""

from __future__ import annotations

import re

from ..journey import Journey, expect
from ..person import Person
from ..scene import Scene

SECONDS_TO_SETTLE_IN = 2.5
SECONDS_TO_PLAN = 60.0
SECONDS_TO_BUILD = 600.0
SHARE_IN_THE_PICTURE = 0.3
# A layer is known to the project a moment after the work of adding it has begun.
BEFORE_THE_LAYERS = 0.1


def open_the_panel(journey: Journey, person: Person) -> None:
    """The button in the toolbar opens the panel, on its Images tab."""
    with journey.step(person, "open the panel"):
        person.click_place("action", "changeseek_open", SECONDS_TO_SETTLE_IN + 20)
        person.look_for("changeseek_panel")
        person.look_for("changeseek_build")
        expect(not person.eye.state().messages, "nothing complains at the start")


def choose_two_rasters(journey: Journey, person: Person, scene: Scene) -> None:
    """Files that are not in the project yet, by the file dialogs."""
    with journey.step(person, "choose two rasters"):
        person.click("changeseek_before_file")
        person.answer_file_dialog(scene.before, lambda: journey.picture(person, "file dialog"))
        person.click("changeseek_after_file")
        person.answer_file_dialog(scene.after)
        for name, path in (("changeseek_before", scene.before), ("changeseek_after", scene.after)):
            person.eye.wait(f"{name} shows the raster", lambda: path.stem in person.text(name))  # noqa: B023


def read_the_plan(journey: Journey, person: Person, scene: Scene) -> None:
    """The plan follows what is typed into the tile size."""
    with journey.step(person, "read the plan"):
        person.eye.wait("the plan is shown", lambda: person.text("changeseek_plan_tiles"), SECONDS_TO_PLAN)
        first = person.text("changeseek_plan_tiles")
        person.type_into("changeseek_tile", str(scene.tile // 2))
        person.hand.key("Tab")
        person.eye.wait("the plan follows", lambda: person.text("changeseek_plan_tiles") != first)
        person.type_into("changeseek_tile", str(scene.tile))
        person.hand.key("Tab")
        person.type_into("changeseek_overlap", "0")
        person.hand.key("Tab")
        wanted = f"{scene.tile} px = "
        person.eye.wait("the plan is of these tiles", lambda: wanted in person.text("changeseek_ground"))
        person.wait_until_enabled("changeseek_build")


def build(journey: Journey, person: Person) -> None:
    """Build, see the progress, end with the Search tab and both dates on the map."""
    with journey.step(person, "build the index"):
        with person.eye.watching():
            person.click("changeseek_build")
            person.look_for("changeseek_progress", SECONDS_TO_PLAN)
            person.eye.wait(
                "progress is made", lambda: _share(person) >= SHARE_IN_THE_PICTURE, SECONDS_TO_BUILD
            )
            journey.picture(person, "building")
            person.look_for("changeseek_query", SECONDS_TO_BUILD)
            person.let_it_settle()
            watched = person.eye.watched()
        built = min(watched.layers_added, default=float("inf")) - BEFORE_THE_LAYERS
        journey.measure("longest freeze while building", f"{watched.longest_gap(end=built):.0f} ms")
        journey.measure("longest freeze while the map comes", f"{watched.longest_gap(built):.0f} ms")
        rasters = [layer for layer in person.eye.state().layers if layer.features is None]
        expect(len(rasters) >= 2 and all(layer.valid for layer in rasters), "both dates are layers")


def _share(person: Person) -> float:
    """How far the progress bar is by its own words, 0 to 1; 0 while it is busy only."""
    numbers = [re.sub(r"\D", "", part) for part in person.text("changeseek_progress").split(" of ")]
    return int(numbers[0]) / int(numbers[1]) if len(numbers) == 2 and all(numbers) else 0.0
