"""All checks whose data lie in a folder, one place after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from changeseek.core.evaluation.real.case import Case, Cases, MakeCases, Question
from changeseek.core.evaluation.real.forest_clearing import forest_clearing_cases
from changeseek.core.evaluation.real.joplin import joplin_cases
from changeseek.core.evaluation.real.judging import RealCheck, judge
from changeseek.core.evaluation.real.landsat import landsat_cases
from changeseek.core.evaluation.real.naip import naip_cases
from changeseek.core.evaluation.real.oscd import oscd_cases
from changeseek.core.evaluation.real.scene import embed_scene
from changeseek.core.model.interface import PairModel

Say = Callable[[str], None]

DATA_SETS: dict[str, MakeCases] = {
    "oscd": oscd_cases,
    "naip": naip_cases,
    "landsat": landsat_cases,
    "forest_clearing": forest_clearing_cases,
    "joplin": joplin_cases,
}
"""By the name of their folder."""


def real_checks(folder: Path, model: PairModel, say: Say) -> tuple[RealCheck, ...]:
    """Ask a model about every real place whose data are there.

    Args:
        folder: Holds some of the folders of `DATA_SETS`; what is missing is skipped.
        model: What to measure.
        say: Told what is looked at, and what is skipped and why.

    Raises:
        BadInputError: A file of a data set is missing or cannot be read.
    """
    return tuple(check for case in real_cases(folder, say) for check in _judged(case, model, say))


def real_cases(folder: Path, say: Say) -> Cases:
    """The cases of every data set that is there; a case's files last until the next is asked for."""
    for name, cases in DATA_SETS.items():
        if (folder / name).is_dir():
            yield from cases(folder / name)
        else:
            say(f"no folder {name}: its checks are skipped")


def _judged(case: Case, model: PairModel, say: Say) -> Iterator[RealCheck]:
    asked = [question for question in case.questions if _is_enough(case, question, say)]
    if not asked:
        return
    say(f"{case.group}, {case.place}, {case.dates}: embedding {len(case.tiles)} tiles both ways")
    scene = embed_scene(case, model)
    for question in asked:
        yield judge(case, question, scene, model)


def _is_enough(case: Case, question: Question, say: Say) -> bool:
    count = int(question.positive.sum())
    if count < case.least_positive:
        say(f'{case.group}, {case.place}, {case.dates}: "{question.query}" has {count} right tiles, skipped')
    return count >= case.least_positive
