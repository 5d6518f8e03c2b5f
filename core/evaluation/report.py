"""The figures of several galleries: JSON for programs, Markdown for people."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from changeseek.core.evaluation.measure import GalleryFigures, NamedFigures
from changeseek.core.evaluation.scenes import SceneAccuracy
from changeseek.core.evaluation.speed import Speed
from changeseek.core.evaluation.summary import summary

if TYPE_CHECKING:
    from changeseek.core.evaluation.real import RealCheck


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """What `changeseek evaluate` found.

    Attributes:
        model: Name of the model.
        sha256: Hash of its weights.
        command: The command that found it, with words for the paths.
        seeds: Of the galleries.
        galleries: One for each seed.
        accuracy: From the names of classes, by data set.
        speed: Time a pair.
        only: Keys of concepts, changes to or from which were looked at by themselves.
        named: One for each seed, where there are such concepts.
        real: Checks on real pairs of dates, where their folder was named.
    """

    model: str
    sha256: str
    command: str
    seeds: tuple[int, ...]
    galleries: tuple[GalleryFigures, ...]
    accuracy: dict[str, SceneAccuracy]
    speed: Speed
    only: tuple[str, ...] = ()
    named: tuple[NamedFigures, ...] = ()
    real: tuple[RealCheck, ...] = ()

    @property
    def title(self) -> str:
        """The model's name; of a folder that a user named, its last two parts."""
        return "/".join(Path(self.model).parts[-2:])

    def as_json(self) -> dict[str, Any]:
        """All figures of every gallery and their `summary`, mean and spread of each; JSON values only."""
        found = asdict(self) | {"model": self.title}
        over_seeds = {name: summary(found[name]) for name in ("galleries", "named") if found[name]}
        return found | {"summary": over_seeds}

    def as_markdown(self) -> str:
        """The figures that people compare, as tables, each with what it measures and where it is weak."""
        from changeseek.core.evaluation.sections import sections

        return "\n".join(sections(self)) + "\n"
