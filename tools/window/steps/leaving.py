"""The rest of QGIS: the Processing toolbox, the plugin manager, the end; and nothing is left behind."""

from __future__ import annotations

import subprocess
import time

from ..journey import Journey, expect
from ..person import Person
from ..processes import Process, descendants, is_running
from ..seen import NotSeenError, Rect, Window

SECONDS_TO_ASK = 1.0
SECONDS_TO_END = 20.0
# QGIS 3.40, also without plugins, may crash at its end as long as the thread that opened a project is kept.
SECONDS_OF_A_THREAD = 33.0


def look_into_processing(journey: Journey, person: Person) -> None:
    """The toolbox lists the algorithms; a double click opens the search's dialog."""
    with journey.step(person, "processing toolbox"):
        person.attend()
        person.hand.key("ctrl+alt+t")
        person.look_for("ProcessingToolbox")
        person.type_into("searchBox", "changeseek")
        person.eye.wait("the algorithms are listed", lambda: _algorithm(person))
    with journey.step(person, "processing dialog"):
        person.hand.click(person.eye.wait("the search is listed", lambda: _algorithm(person)), times=2)
        person.eye.wait("the dialog is open", lambda: _dialog(person))
    person.click_place("button", "Close")
    person.eye.wait("the dialog is closed", lambda: not _dialog(person))
    person.attend()
    person.hand.key("ctrl+alt+t")


def switch_off(journey: Journey, person: Person, qgis: subprocess.Popen[bytes]) -> None:
    """Switch the plugin off in QGIS's plugin manager: nothing of it is left, nor its engine."""
    with journey.step(person, "switch the plugin off"):
        engines = _engines(qgis)
        expect(engines, "the engine is running until now")
        _toggle_in_manager(person)
        person.eye.wait("no widget is left", lambda: not person.eye.widgets("changeseek_"))
        expect(person.eye.place("action", "changeseek_open") is None, "the button is gone")
        person.eye.wait("the engine ends", lambda: not any(is_running(one.number) for one in engines))
    with journey.step(person, "switch the plugin on again"):
        _toggle_in_manager(person)
        person.eye.wait("the button is back", lambda: person.eye.place("action", "changeseek_open"))


def _toggle_in_manager(person: Person) -> None:
    person.attend()
    person.click_place("menu", "Plugins")
    person.click_place("menu", "Manage and Install Plugins…")
    person.hand.click(
        person.eye.wait("the plugin is listed", lambda: _row(person, "vwPlugins", "ChangeSeek")), times=2
    )
    time.sleep(SECONDS_TO_ASK)
    person.click_place("button", "Close")
    person.eye.wait("the plugin manager is closed", lambda: not person.modal())


def _engines(qgis: subprocess.Popen[bytes]) -> list[Process]:
    return [one for one in descendants(qgis.pid) if "python" in one.command]


def close_qgis(journey: Journey, person: Person, qgis: subprocess.Popen[bytes], *, engine: bool) -> None:
    """Ctrl+Q, and nothing that QGIS has started is left; `engine` says whether one is running until then."""
    with journey.step(person, "close QGIS", pictured=False):
        time.sleep(max(0.0, journey.opened + SECONDS_OF_A_THREAD - time.monotonic()))
        started = descendants(qgis.pid)
        expect(engine == bool(_engines(qgis)), "the engine runs if it was used")
        person.attend()
        person.hand.key("ctrl+q")
        time.sleep(SECONDS_TO_ASK)
        if qgis.poll() is None and _asks_whether_to_save(person):
            person.click_place("button", "Discard")
        wait_for_end(qgis)
        left = [one.command for one in started if is_running(one.number)]
        expect(not left, f"nothing is left of what QGIS started: {left}")


def _asks_whether_to_save(person: Person) -> bool:
    """Whether a dialog holds up the end; QGIS may be gone before it can say so."""
    try:
        return person.eye.place("button", "Discard") is not None
    except NotSeenError:
        return False


def wait_for_end(qgis: subprocess.Popen[bytes]) -> None:
    """Until QGIS is gone.

    Raises:
        NotSeenError: It stays, or ends by a crash.
    """
    try:
        code = qgis.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired as error:
        raise NotSeenError(f"QGIS has not ended within {SECONDS_TO_END:.0f} s") from error
    expect(code == 0, f"QGIS ends well, not with {code}")


def _algorithm(person: Person) -> Rect | None:
    """Where the search stands in the toolbox, once it is in sight."""
    return _row(person, "algorithmTree", "Search for a change")


def _row(person: Person, name: str, text: str) -> Rect | None:
    """Where the row of that text is, once the list is there and the row in sight."""
    if person.eye.widget(name) is None:
        return None
    return next((row.place for row in person.eye.items(name) if row.texts[0] == text and row.seen), None)


def _dialog(person: Person) -> Window | None:
    return next((window for window in person.eye.windows() if "AlgorithmDialog" in window.kind), None)
