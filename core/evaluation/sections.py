"""The report's sections: a sentence on what is measured and where it is weak, then a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from changeseek.core.evaluation.captioning import REFERENCES, TOP, CaptionFigures
from changeseek.core.evaluation.measure import GalleryFigures, MethodFigures
from changeseek.core.evaluation.methods import LEARNED
from changeseek.core.evaluation.retrieval import Retrieval
from changeseek.core.evaluation.scenes import SceneAccuracy
from changeseek.core.evaluation.similarity import Similarity
from changeseek.core.evaluation.summary import spread
from changeseek.core.evaluation.tables import (
    RECALLS,
    floor_rank_and_precision,
    floors,
    rank_and_precision,
    recalls,
    table,
)

if TYPE_CHECKING:
    from changeseek.core.evaluation.report import EvaluationReport

_WAYS = {
    "text to pair, semantic": "to_pairs",
    "text to pair, strict": "to_pairs_strict",
    "text to pair, semantic, quiet pairs too": "to_all",
    "text to pair, strict, quiet pairs too": "to_all_strict",
    "pair to text, semantic": "to_texts",
    "pair to text, strict": "to_texts_strict",
    "pair to text, semantic, quiet pairs too": "all_to_texts",
    "pair to text, strict, quiet pairs too": "all_to_texts_strict",
}


def sections(report: EvaluationReport) -> Iterator[str]:
    """All lines of the report."""
    yield from _head(report)
    yield from _methods(report.galleries)
    yield from _ways(report.galleries)
    yield from _wordings(report.galleries)
    yield from _detection(report.galleries)
    yield from _captions([one.captions for one in report.galleries])
    if report.named:
        yield from _named(report)
    yield from _accuracy(report.accuracy)
    yield from _speed(report)
    if report.real:
        yield from _real(report)


def _head(report: EvaluationReport) -> Iterator[str]:
    of = report.galleries
    count = f"{len(of)} galleries, each" if len(of) > 1 else "1 gallery"
    yield f"`{report.command}`"
    yield ""
    yield (
        f"Model {report.title} ({report.sha256[:12]}) on {count} of {_counted(one.pairs for one in of)} "
        f"changed pairs with {_counted(one.meanings for one in of)} meanings, at most "
        f"{max(one.most_of_a_meaning for one in of)} pairs of a meaning, and "
        f"{_counted(one.quiet for one in of)} quiet pairs. Values are mean ± standard deviation over the "
        "galleries; chance is what a random ranking reaches. The pairs are composed of single images that no "
        "training saw, by the procedure that composes the training pairs: they say how much was learned, not "
        "how much of it holds for two real dates."
    )
    yield ""


def _methods(galleries: Sequence[GalleryFigures]) -> Iterator[str]:
    yield "### Text to pair"
    yield ""
    yield (
        "A sentence of the grammar for each meaning ranks the changed pairs; every pair of the meaning is "
        "right. Direction is the share of pairs that fit their sentence better than with the dates swapped. "
        "The baselines are not trained on change: “after only” and “delta” compare the sentence with the "
        "later scene, and with later less earlier; “pixel difference” matches mean and spread of the dates "
        "within each pair (a composed pair belongs to no larger scene) and ranks alike for every sentence. "
        "Weak in that training heard the same grammar."
    )
    yield ""
    rows = []
    for name in galleries[0].methods:
        of_method = [one.methods[name] for one in galleries]
        found = [one.to_pairs for one in of_method]
        direction = spread([one.direction for one in of_method]) or "none"
        rows.append([name, *recalls(found), *rank_and_precision(found), direction])
    found = _of(galleries, "to_pairs")
    rows.append(["chance", *floors(found), *floor_rank_and_precision(found), "0.500"])
    yield from table(["method", *RECALLS, "mean rank", "mAP", "direction"], rows)


def _ways(galleries: Sequence[GalleryFigures]) -> Iterator[str]:
    yield "### Both ways, semantic and strict"
    yield ""
    yield (
        "Semantic: every pair (or sentence) of the meaning is right. Strict: only the very one, though "
        "others mean the same, so that no model can reach 1. Where quiet pairs ask too, a "
        "sentence that nothing has changed is theirs; strict, they share ten of those."
    )
    yield ""
    rows = []
    for name, field in _WAYS.items():
        found = _of(galleries, field)
        chance = spread([one.floor[-1] for one in found])
        rows.append([name, *recalls(found), *rank_and_precision(found), chance])
    yield from table(["change vectors", *RECALLS, "mean rank", "mAP", f"chance {RECALLS[-1]}"], rows)


def _wordings(galleries: Sequence[GalleryFigures]) -> Iterator[str]:
    yield "### Text to pair, by the way of asking"
    yield ""
    yield (
        "The same changes asked for as people may type them. A sentence that tells half of a change is right "
        "for more pairs, so compare each row with its own chance. Weak in that a handful of templates stands "
        "for all other wordings."
    )
    yield ""
    rows = []
    for name in galleries[0].wordings:
        found = [one.wordings[name] for one in galleries]
        chance = spread([one.floor[-1] for one in found])
        rows.append([name, *recalls(found), *rank_and_precision(found), chance])
    yield from table(["asked", *RECALLS, "mean rank", "mAP", f"chance {RECALLS[-1]}"], rows)


def _detection(galleries: Sequence[GalleryFigures]) -> Iterator[str]:
    if not galleries[0].detection:
        return
    yield "### Changed or not"
    yield ""
    yield (
        "Whether changed pairs rank before quiet ones, without any sentence about what changed: area under "
        "the ROC curve, and average precision. Weak in that only light, haze and a small shift differ "
        "in the quiet pairs: no cars, shadows or seasons of crops."
    )
    yield ""
    rows = []
    for name in galleries[0].detection:
        found = [one.detection[name] for one in galleries]
        rows.append([name, spread([one.area for one in found]), spread([one.ap for one in found])])
    chance = spread([next(iter(one.detection.values())).floor for one in galleries])
    yield from table(["score", "area", "AP"], [*rows, ["chance", "0.500", chance]])


def _captions(found: Sequence[CaptionFigures]) -> Iterator[str]:
    yield "### Captions"
    yield ""
    yield (
        "The captions that `changeseek caption` gives the changed pairs from its own bank. A caption is true "
        "if what it names went or came; it is whole if it names both. Weak in that bank and truth come from "
        "one grammar."
    )
    yield ""
    whose = ["first true", f"one of {TOP} true", "first true and whole"]
    told = [[one.first, one.first_five, one.first_whole] for one in found]
    rows = [
        ["model", *(spread(column) for column in zip(*told, strict=True))],
        ["chance", *(spread(column) for column in zip(*(one.floor for one in found), strict=True))],
    ]
    yield from table(["captions", *whose], rows)
    quiet = spread([one.quiet for one in found])
    said = f"{quiet} of the quiet pairs (right) and for " if quiet else ""
    yield (
        f"The first caption says that nothing has changed for {said}"
        f"{spread([one.missed for one in found])} of the changed ones (wrong)."
    )
    yield ""
    yield (
        f"Likeness of the first caption to {REFERENCES} sentences drawn from the grammar's for the true "
        "change: BLEU by sacrebleu (0 to 100), ROUGE-L (0 to 1), CIDEr-D, which papers report as CIDEr (0 to "
        "10). Between a sentence of the bank drawn by chance and a true one lies what can be reached; values "
        "of other corpora do not compare. METEOR is not computed: it needs WordNet and a Java program, which "
        "cannot be had offline."
    )
    yield ""
    rows = [
        _likeness("model", [one.similarity for one in found]),
        _likeness("a sentence by chance", [one.of_chance for one in found]),
        _likeness("a true sentence", [one.of_truth for one in found]),
    ]
    yield from table(["caption", *(f"BLEU-{n}" for n in range(1, 5)), "ROUGE-L", "CIDEr-D"], rows)


def _likeness(name: str, found: Sequence[Similarity]) -> list[str]:
    bleus = [spread(column, 1) for column in zip(*(one.bleu for one in found), strict=True)]
    return [name, *bleus, spread([one.rouge_l for one in found]), spread([one.cider_d for one in found], 2)]


def _named(report: EvaluationReport) -> Iterator[str]:
    concepts = " or ".join(report.only)
    yield f"### Changes to or from {concepts}"
    yield ""
    yield (
        f"Galleries of {_counted(one.pairs for one in report.named)} pairs with "
        f"{_counted(one.meanings for one in report.named)} meanings, each of which names {concepts}; then "
        "the same questions among all changed pairs. For a model that was trained with `--leave-out` these "
        "classes are new in the imagery, though its text encoder may know the words."
    )
    yield ""
    rows = []
    for name in report.named[0].to_pairs:
        found = [one.to_pairs[name] for one in report.named]
        direction = spread([one.direction[name] for one in report.named]) or "none"
        rows.append([name, *recalls(found), *rank_and_precision(found), direction])
    found = [one.to_pairs[LEARNED] for one in report.named]
    rows.append(["chance", *floors(found), *floor_rank_and_precision(found), "0.500"])
    among = [one.named[LEARNED] for one in report.galleries if one.named]
    if among:
        rows.append([f"{LEARNED}, among all changes", *recalls(among), *rank_and_precision(among), ""])
        rows.append(["chance among all changes", *floors(among), *floor_rank_and_precision(among), ""])
    yield from table(["method", *RECALLS, "mean rank", "mAP", "direction"], rows)


def _accuracy(accuracy: dict[str, SceneAccuracy]) -> Iterator[str]:
    yield "### Classes by their names"
    yield ""
    yield (
        "Share of all test images to which the text of their own class is the nearest, by the class's usual "
        "name and by the mean of its wordings; nothing is drawn by chance. Weak in that training saw other "
        "images of these data sets and heard these wordings."
    )
    yield ""
    rows = [
        [
            name,
            str(one.images),
            f"{one.usual_name:.3f}",
            f"{one.mean_of_wordings:.3f}",
            f"{one.floor:.3f}",
            _worst(one),
        ]
        for name, one in accuracy.items()
    ]
    header = ["data set", "images", "usual name", "mean of wordings", "chance", "most often mistaken"]
    yield from table(header, rows)


def _worst(accuracy: SceneAccuracy) -> str:
    mistakes = [
        (share, f"{name} for {other}")
        for name, one in accuracy.classes.items()
        for other, share in one.taken_for.items()
    ]
    return "{1} ({0:.2f})".format(*max(mistakes)) if mistakes else ""


def _speed(report: EvaluationReport) -> Iterator[str]:
    speed = report.speed
    threads = f" with {speed.threads} thread{'s' * (speed.threads > 1)}" if speed.device == "cpu" else ""
    yield "### Speed"
    yield ""
    yield (
        f"{speed.milliseconds:.1f} ms a pair of {speed.tile} px tiles on {speed.device}{threads}, of which "
        f"processors computed {speed.processor_milliseconds:.1f} ms in all (medians of batches of "
        f"{speed.batch}). Whatever else the machine does makes the first longer, the second hardly."
    )
    yield ""


def _real(report: EvaluationReport) -> Iterator[str]:
    from changeseek.core.evaluation.real import as_markdown

    yield "### Real pairs of dates"
    yield ""
    yield as_markdown(report.real).rstrip()
    yield ""


def _of(galleries: Sequence[GalleryFigures], field: str) -> list[Retrieval]:
    methods: list[MethodFigures] = [one.methods[LEARNED] for one in galleries]
    return [getattr(one, field) for one in methods]


def _counted(counts: Iterable[int]) -> str:
    counts = sorted(set(counts))
    return f"{counts[0]}" if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
