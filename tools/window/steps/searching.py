"""From a question to answers: type, look at the hits, click a tile, read captions, review."""

from __future__ import annotations

import re
import time

from PIL import Image, ImageChops, ImageStat

from ..journey import Journey, expect
from ..person import Person
from ..pictures import colours
from ..scene import Scene

HITS = "changeseek_hits"
SECONDS_TO_SEARCH = 60.0
# A picture of the ground has more colours than a placeholder and the letters beside it.
COLOURS_OF_A_PICTURE = 1500
CAPTIONS = 5
# Of 255 levels of grey, on average.
LEAST_DIFFERENCE = 4.0


def search(journey: Journey, person: Person, scene: Scene) -> None:
    """Type a question, press Enter: tiles light up on the map, and a list shows both dates of each."""
    with journey.step(person, "search"):
        ask(person, scene.queries[0])
        person.eye.wait("the hits have pictures", lambda: _has_pictures(person), SECONDS_TO_SEARCH)
        person.let_it_settle()
        shown = person.eye.map().shown
        expect(person.eye.hits(), "hits lie on the map")
        expect(len(shown) >= 3, "hits and both dates are drawn")
    measure_query(journey, person, scene)


def measure_query(journey: Journey, person: Person, scene: Scene) -> None:
    """From the Enter key to the map that shows the hits, once the engine is warm."""
    for text in (scene.queries[1], scene.queries[0]):
        person.type_into("changeseek_query", text)
        with person.eye.watching():
            begin = time.monotonic()
            person.hand.key("Return")
            person.eye.wait("the map is drawn", lambda: person.eye.watched().maps_drawn, SECONDS_TO_SEARCH)
            person.let_it_settle()
            watched = person.eye.watched()
        milliseconds = (watched.maps_drawn[0] - begin) * 1000
        freeze = f"longest freeze {watched.longest_gap():.0f} ms"
        journey.measure(f"“{text}”, Enter to drawn map", f"{milliseconds:.0f} ms, {freeze}")
    person.eye.wait("the hits have pictures", lambda: _has_pictures(person), SECONDS_TO_SEARCH)


def read_captions(journey: Journey, person: Person) -> None:
    """Click a tile on the map: captions say what changed there, and the list of hits has followed."""
    with journey.step(person, "read captions"):
        tile_id = listed_tile(person, 1)
        open_tab(person, "Caption")
        person.click("changeseek_pick")
        person.hand.click(person.eye.tile_place(tile_id))
        person.eye.wait("the clicked tile is chosen", lambda: tile_id in person.text("changeseek_tile_id"))
        for rank in range(1, CAPTIONS + 1):
            person.look_for(f"changeseek_caption_{rank}", SECONDS_TO_SEARCH)
        person.let_it_settle()
    with journey.step(person, "the list follows the map"):
        open_tab(person, "Search")
        person.eye.wait("the clicked tile is chosen in the list", lambda: chosen_tile(person) == tile_id)


def drag_the_threshold(journey: Journey, person: Person) -> None:
    """Fewer hits the further the handle goes; the map and the list agree."""
    with journey.step(person, "drag the threshold"):
        before = len(person.eye.items(HITS))
        slider = person.look_for("changeseek_threshold").seen
        person.hand.drag(slider.at(0.5, 0.4), slider.at(0.82, 0.4))
        person.eye.wait("fewer hits are listed", lambda: 0 < len(person.eye.items(HITS)) < before)
        person.eye.wait(
            "the map agrees with the list",
            lambda: len(person.eye.hits()) == len(person.eye.items(HITS)),
        )
        person.let_it_settle()


def review_by_keyboard(journey: Journey, person: Person) -> None:
    """A keeps and X rejects, each going on to the next hit; J goes on, F shows the other date."""
    with journey.step(person, "review by keyboard"):
        person.hand.click(person.item(HITS, 0))
        person.hand.key("a")
        person.eye.wait("the first hit is kept", lambda: "kept" in item_text(person, 0))
        person.eye.wait("the second is chosen", lambda: chosen_tile(person) == listed_tile(person, 1))
        person.hand.key("x")
        person.eye.wait("the second hit is rejected", lambda: "rejected" in item_text(person, 1))
        person.eye.wait("the third is chosen", lambda: chosen_tile(person) == listed_tile(person, 2))
        person.hand.key("j")
        person.eye.wait("the fourth is chosen", lambda: chosen_tile(person) == listed_tile(person, 3))
        person.let_it_settle()
        later, shown = map_picture(person), person.eye.map().shown
        person.hand.key("f")
        person.eye.wait("the other date is shown", lambda: person.eye.map().shown != shown)
        person.let_it_settle()
        journey.picture(person, "flicker")
        expect(differ(later, map_picture(person)), "the two dates look different")
        person.hand.key("f")
        person.eye.wait("the later date is back", lambda: person.eye.map().shown == shown)
        person.let_it_settle()


def more_like_this(journey: Journey, person: Person) -> None:
    """M asks for tiles like the chosen one."""
    with journey.step(person, "more like this"):
        tile_id = chosen_tile(person)
        before = item_text(person, 0)
        person.hand.key("m")
        person.eye.wait(
            "other hits are listed", lambda: item_text(person, 0) not in ("", before), SECONDS_TO_SEARCH
        )
        person.eye.wait("the hits have pictures", lambda: _has_pictures(person), SECONDS_TO_SEARCH)
        expect(tile_id not in item_text(person, 0), "a tile is not listed as like itself")
        person.let_it_settle()


def map_picture(person: Person) -> Image.Image:
    """The map as it is on the screen."""
    place = person.eye.map().place
    return person.screen().crop((place.x, place.y, place.x + place.width, place.y + place.height))


def differ(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures of the map show different ground, not only other outlines."""
    mean = ImageStat.Stat(ImageChops.difference(one.convert("L"), other.convert("L"))).mean
    return bool(mean[0] > LEAST_DIFFERENCE)


def ask(person: Person, text: str) -> None:
    """Type a question and press Enter; returns when the list has hits."""
    open_tab(person, "Search")
    person.type_into("changeseek_query", text)
    # Enter would take the completion that is offered.
    person.hand.key("Escape", "Return")
    person.eye.wait("hits are listed", lambda: person.eye.items(HITS), SECONDS_TO_SEARCH)


def open_tab(person: Person, text: str) -> None:
    """Click a tab of the panel."""
    person.click_place("tab", text)


def ready_to_search(person: Person) -> bool:
    """Whether the search tab takes a question."""
    widget = person.eye.widget("changeseek_query")
    return widget is not None and widget.on_show and widget.enabled


def item_text(person: Person, number: int) -> str:
    """What a row of the list says; empty where there is none."""
    items = person.eye.items(HITS)
    return items[number].texts[0] if number < len(items) else ""


def listed_tile(person: Person, number: int) -> str:
    """The tile id of a row."""
    return _tile_in(item_text(person, number))


def chosen_tile(person: Person) -> str:
    """The tile id of the chosen row; empty where none is."""
    return next((_tile_in(item.texts[0]) for item in person.eye.items(HITS) if item.selected), "")


def _tile_in(text: str) -> str:
    found = re.search(r"r\d+c\d+", text)
    return found.group() if found else ""


def _has_pictures(person: Person) -> bool:
    """Whether the first rows show pictures of the ground."""
    places = [item.place for item in person.eye.items(HITS)[:3] if item.seen]
    return bool(places) and all(colours(person.screen(), place) > COLOURS_OF_A_PICTURE for place in places)
