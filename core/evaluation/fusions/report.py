"""The six fusions side by side: JSON for programs, Markdown for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from changeseek.core.evaluation.fusions.measure import VectorFigures
from changeseek.core.evaluation.summary import spread, summary
from changeseek.core.evaluation.tables import RECALLS, floors, recalls, table

_HEADER = ("fusion", *RECALLS, "mAP", "strict R@10", "quiet too R@10", "pair to text R@10", "direction")


@dataclass(frozen=True, slots=True)
class FusionRun:
    """One fusion trained with one seed.

    Attributes:
        learned: By the learned half of the vectors alone.
        whole: By whole vectors, learned half and difference of scene vectors.
        milliseconds: Time of the fusion alone for one pair.
    """

    learned: VectorFigures
    whole: VectorFigures
    milliseconds: float


@dataclass(frozen=True, slots=True)
class FusionReport:
    """What `changeseek compare-fusions` found.

    Attributes:
        model: Name of the model whose frozen parts all fusions share.
        sha256: Hash of its weights.
        command: The command that found it, with words for the paths.
        seeds: Of the trainings.
        pairs: Training pairs.
        tokens: (T, C) of one date.
        steps: Batches that each fusion learned from.
        changed: Changed pairs of the gallery.
        quiet: Quiet ones.
        meanings: Distinct ones of the changed pairs.
        trained_fusion: The one that the model was trained with.
        as_trained: The model as it is, on the same gallery.
        no_fusion: The difference of scene vectors alone.
        runs: By fusion, one for each seed.
    """

    model: str
    sha256: str
    command: str
    seeds: tuple[int, ...]
    pairs: int
    tokens: tuple[int, int]
    steps: int
    changed: int
    quiet: int
    meanings: int
    trained_fusion: str
    as_trained: FusionRun
    no_fusion: VectorFigures
    runs: dict[str, tuple[FusionRun, ...]]

    @property
    def best(self) -> str:
        """The fusion whose whole vectors have the highest mean average precision."""
        return max(self.runs, key=lambda name: sum(run.whole.to_pairs.mean_ap for run in self.runs[name]))

    def as_json(self) -> dict[str, Any]:
        """All figures and their `summary` over the seeds; JSON values only."""
        found = asdict(self)
        return found | {
            "best": self.best,
            "summary": {name: summary(of) for name, of in found["runs"].items()},
        }

    def as_markdown(self) -> str:
        """The figures that people compare, as tables."""
        return "\n".join(_sections(self)) + "\n"


def _sections(report: FusionReport) -> Iterator[str]:
    tokens, width = report.tokens
    yield f"`{report.command}`"
    yield ""
    yield (
        f"Each fusion and its heads, trained from fresh weights for {report.steps} steps on {report.pairs:,} "
        f"composed pairs ({tokens} tokens of {width} numbers a date, cached), all else frozen as in model "
        f"{report.model} ({report.sha256[:12]}), which was trained with {report.trained_fusion}: its tokens "
        f"may suit that fusion best. Measured on {report.changed:,} changed pairs of held-out images with "
        f"{report.meanings} meanings, and {report.quiet:,} quiet pairs; mean ± standard deviation over "
        f"{len(report.seeds)} seeds. Direction: none where the order of the dates makes no difference."
    )
    yield ""
    yield "### Whole vectors: learned half and difference of scene vectors"
    yield ""
    scenes = _row("no fusion", [report.no_fusion])
    yield from table(_HEADER, [*_rows(report, lambda run: run.whole), scenes, _chance(report.no_fusion)])
    yield "### The learned half alone"
    yield ""
    yield from table(_HEADER, [*_rows(report, lambda run: run.learned), _chance(report.no_fusion)])
    yield "### Time of the fusion alone"
    yield ""
    times = [[name, spread([run.milliseconds for run in of], 4)] for name, of in report.runs.items()]
    yield from table(("fusion", "ms a pair"), times)
    yield f"Best by mAP of whole vectors: **{report.best}**."


def _rows(report: FusionReport, part: Callable[[FusionRun], VectorFigures]) -> list[list[str]]:
    rows = [_row(name, [part(run) for run in of]) for name, of in report.runs.items()]
    rows.append(_row(f"{report.trained_fusion}, as the model was trained", [part(report.as_trained)]))
    return rows


def _row(name: str, found: Sequence[VectorFigures]) -> list[str]:
    return [
        name,
        *recalls([one.to_pairs for one in found]),
        spread([one.to_pairs.mean_ap for one in found]),
        *(spread([value[-1] for value in values]) for values in _last_recalls(found)),
        spread([one.direction for one in found]) or "none",
    ]


def _last_recalls(found: Sequence[VectorFigures]) -> Iterator[list[tuple[float, ...]]]:
    yield [one.to_pairs_strict.recall for one in found]
    yield [one.to_all.recall for one in found]
    yield [one.to_texts.recall for one in found]


def _chance(one: VectorFigures) -> list[str]:
    others = (one.to_pairs_strict, one.to_all, one.to_texts)
    return [
        "chance",
        *floors([one.to_pairs]),
        spread([one.to_pairs.floor_ap]),
        *(spread([other.floor[-1]]) for other in others),
        "0.500",
    ]
