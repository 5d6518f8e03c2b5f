"""The figures of several galleries as mean and spread: JSON for programs, Markdown for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import mean, stdev
from typing import Any

from changeseek.core.evaluation.measure import GalleryFigures
from changeseek.core.evaluation.retrieval import CUTS, Retrieval


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """What `changeseek evaluate` found.

    Attributes:
        model: Name of the model.
        sha256: Hash of its weights.
        galleries: One for each seed.
        seeds: Of the galleries.
        accuracy: From the names of classes, 0..1, by data set.
    """

    model: str
    sha256: str
    galleries: tuple[GalleryFigures, ...]
    seeds: tuple[int, ...]
    accuracy: dict[str, float]

    def as_json(self) -> dict[str, Any]:
        """All figures of every gallery, JSON values only."""
        return asdict(self)

    def as_markdown(self) -> str:
        """The figures that people compare, as tables."""
        first = self.galleries[0]
        lines = [
            f"Model {self.model} ({self.sha256[:12]}); {first.pairs} changed pairs of held-out images with "
            f"{first.meanings} meanings, {len(self.seeds)} galleries, mean ± standard deviation.",
            "",
            "| text to pair | R@1 | R@5 | R@10 | mean rank | mAP | direction |",
            "|---|---|---|---|---|---|---|",
            *(self._row(name) for name in first.methods),
            self._line("change, wordings never heard", [one.unheard for one in self.galleries], ""),
            self._floor(),
            "",
            "| | R@1 | R@5 | R@10 |",
            "|---|---|---|---|",
            self._recalls("text to the very pair", "to_pairs_strict"),
            self._recalls("text to pair, quiet pairs among them", "to_all"),
            self._recalls("pair to text", "to_texts"),
            "",
            "| class by its name | accuracy |",
            "|---|---|",
            *(f"| {name} | {share:.3f} |" for name, share in self.accuracy.items()),
        ]
        return "\n".join(lines) + "\n"

    def _row(self, method: str) -> str:
        of_method = [one.methods[method] for one in self.galleries]
        directions = [one.direction for one in of_method if one.direction is not None]
        return self._line(method, [one.to_pairs for one in of_method], _spread(directions))

    def _line(self, name: str, found: Sequence[Retrieval], direction: str) -> str:
        recalls = [_spread([one.recall[cut] for one in found]) for cut in range(len(CUTS))]
        ranks = _spread([one.mean_rank for one in found], digits=1)
        aps = _spread([one.mean_ap for one in found])
        return f"| {name} | {' | '.join(recalls)} | {ranks} | {aps} | {direction} |"

    def _floor(self) -> str:
        found = [one.methods["change"].to_pairs for one in self.galleries]
        floors = [_spread([one.floor[cut] for one in found]) for cut in range(len(CUTS))]
        return f"| chance | {' | '.join(floors)} | | | 0.500 |"

    def _recalls(self, name: str, which: str) -> str:
        found: list[Retrieval] = [getattr(one.methods["change"], which) for one in self.galleries]
        recalls = [_spread([one.recall[cut] for one in found]) for cut in range(len(CUTS))]
        return f"| {name} | {' | '.join(recalls)} |"


def _spread(values: Sequence[float], digits: int = 3) -> str:
    if not values:
        return ""
    if len(values) == 1:
        return f"{values[0]:.{digits}f}"
    return f"{mean(values):.{digits}f} ± {stdev(values):.{digits}f}"
