"""Steps one after the other, each with its time and its picture; a failure says where it happened."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .person import Person
from .seen import NotSeenError


class JourneyError(Exception):
    """A step did not end as a person would expect."""


@dataclass(frozen=True)
class Step:
    """A step that was done: what, how long, its pictures."""

    title: str
    seconds: float
    pictures: tuple[Path, ...]


class Journey:
    """Records the steps that a person does.

    Args:
        folder: For the pictures.

    Attributes:
        opened: When a project was opened last, in seconds of the monotonic clock.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.steps: list[Step] = []
        self.measured: list[tuple[str, str]] = []
        self.opened = 0.0
        self._taken: list[Path] = []

    @contextmanager
    def step(self, person: Person, title: str, *, pictured: bool = True) -> Iterator[None]:
        """Everything within belongs to one step; afterwards a picture is taken, where there is a window left.

        Raises:
            JourneyError: Something was not seen; the picture `failed.png` shows what was there instead.
        """
        number = len(self.steps) + 1
        sys.stdout.write(f"{number:2d} {title}\n")
        sys.stdout.flush()
        begin = time.monotonic()
        self._taken = []
        try:
            yield
            if pictured:
                messages = person.eye.state().messages
                expect(
                    not any("Python error" in message for message in messages), "QGIS shows no Python error"
                )
        except NotSeenError as error:
            failed = person.picture(self.folder / "failed.png")
            raise JourneyError(f"step {number}, {title}: {error}; see {failed}") from error
        if pictured:
            self.picture(person, title)
        self.steps.append(Step(title, time.monotonic() - begin, tuple(self._taken)))

    def picture(self, person: Person, title: str) -> None:
        """Take a picture in the middle of a step."""
        name = f"{len(self.steps) + 1:02d}-{title.lower().replace(' ', '-')}.png"
        self._taken.append(person.picture(self.folder / name))

    def measure(self, what: str, value: str) -> None:
        """Keep a figure for the table."""
        self.measured.append((what, value))


def expect(seen: object, what: str) -> None:
    """Hold something that is on the screen to what a person expects.

    Raises:
        NotSeenError: It is otherwise.
    """
    if not seen:
        raise NotSeenError(f"it is not so that {what}")


def table(journey: Journey) -> str:
    """The steps with seconds and pictures, then what was measured."""
    lines = [f"{'step':<44} {'s':>6}  picture"]
    for number, step in enumerate(journey.steps, 1):
        names = ", ".join(path.name for path in step.pictures)
        lines.append(f"{number:2d} {step.title:<41} {step.seconds:6.1f}  {names}")
    return "\n".join([*lines, *(f"{what}: {value}" for what, value in journey.measured)]) + "\n"
