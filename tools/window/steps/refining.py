"""Twenty pairs answered by keyboard: the hits on the map and in the list are ranked again."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from statistics import median

from ..journey import Journey, expect
from ..person import Person
from ..pictures import colours
from ..scene import Scene
from .searching import COLOURS_OF_A_PICTURE, HITS, SECONDS_TO_SEARCH, ask, listed_tile, open_tab

PAIR = "changeseek_pair"
PAIRS = 20
SIMILAR, DISSIMILAR = "y", "n"
ROUND = 10


def refine(journey: Journey, person: Person, scene: Scene) -> None:
    """Search, then say of pair after pair whether the same change is seen in both."""
    person_says = Answers(scene)
    with journey.step(person, "compare two tiles"):
        ask(person, scene.queries[0])
        before = _ranking(person)
        _look_at_pairs(person)
        person.hand.key("f")
        person.let_it_settle()
        journey.picture(person, "flicker two tiles")
        person.hand.key("f")
    with journey.step(person, "answer twenty pairs"):
        with person.eye.watching():
            waits = [_answer(person, person_says) for _ in range(PAIRS)]
            _wait_for_round(person, PAIRS // ROUND)
            watched = person.eye.watched()
        journey.measure("longest freeze while answering", f"{watched.longest_gap():.0f} ms")
        journey.measure("from a key to the next pair, median", f"{1000 * median(waits):.0f} ms")
        journey.measure("from a key to the next pair, longest", f"{1000 * max(waits):.0f} ms")
        expect(_ranking(person) != before, "the hits on the map have another ranking")
        journey.measure("after twenty pairs", person.text("changeseek_refine_changes").splitlines()[0])
        person.let_it_settle()
    with journey.step(person, "the list is ranked again"):
        open_tab(person, "Search")
        person.eye.wait("hits are listed", lambda: person.eye.items(HITS), SECONDS_TO_SEARCH)
        best = str(person.eye.hits()[0]["tile_id"])
        expect(listed_tile(person, 0) == best, "the list begins with the map's best hit")
        person.let_it_settle()


def refine_again(journey: Journey, person: Person) -> None:
    """Another look at the tab, with the answers of the day before."""
    with journey.step(person, "compare two tiles"):
        _look_at_pairs(person)
        person.eye.wait("earlier answers are told of", lambda: person.text("changeseek_refine_changes"))
        person.let_it_settle()
    open_tab(person, "Search")


class Answers:
    """What a person who knows the ground says of two tiles; of unknown ground yes and no in turn.

    Args:
        scene: Says where what happened is written down.
    """

    def __init__(self, scene: Scene) -> None:
        self._tiles = json.loads(scene.truth.read_text("utf-8"))["tiles"] if scene.truth is not None else {}
        self._number = 0

    def about(self, first: str, second: str) -> str:
        """The key to press."""
        self._number += 1
        if not self._tiles:
            return (DISSIMILAR, SIMILAR)[self._number % 2]
        one, other = (set(self._tiles[tile]["events"]) for tile in (first, second))
        return SIMILAR if one & other or not (one | other) else DISSIMILAR


def _look_at_pairs(person: Person) -> None:
    open_tab(person, "Refine")
    person.eye.wait("two tiles are shown", lambda: _pair(person), SECONDS_TO_SEARCH)
    person.eye.wait("they have pictures", lambda: _has_pictures(person), SECONDS_TO_SEARCH)
    expect(_has_focus(person), "the keys are for the two tiles")
    person.let_it_settle()


def _answer(person: Person, answers: Answers) -> float:
    """Press a key; seconds until another pair is shown."""
    pair = person.eye.wait("two tiles are shown", lambda: _pair(person), SECONDS_TO_SEARCH)
    person.hand.key(answers.about(*pair))
    begin = time.monotonic()
    person.eye.wait("the next two are shown", lambda: _pair(person) not in ((), pair), SECONDS_TO_SEARCH)
    return time.monotonic() - begin


def _wait_for_round(person: Person, number: int) -> None:
    person.eye.wait(
        f"what round {number} did is told",
        lambda: f"Round {number}:" in person.text("changeseek_refine_changes"),
        SECONDS_TO_SEARCH,
    )


def _pair(person: Person) -> tuple[str, ...]:
    """The ids of the two tiles; empty where none are shown."""
    return tuple(person.text(PAIR).split())


def _has_focus(person: Person) -> bool:
    widget = person.eye.widget(PAIR)
    return widget is not None and widget.focused


def _has_pictures(person: Person) -> bool:
    widget, screen = person.eye.widget(PAIR), person.screen()
    if widget is None:
        return False
    half = replace(widget.seen, width=widget.seen.width // 2)
    halves = (half, replace(half, x=half.x + half.width))
    return all(colours(screen, one) > COLOURS_OF_A_PICTURE for one in halves)


def _ranking(person: Person) -> list[tuple[str, float]]:
    """Tiles and scores of the hits on the map, best first."""
    return [(str(hit["tile_id"]), float(hit["score"])) for hit in person.eye.hits()]
