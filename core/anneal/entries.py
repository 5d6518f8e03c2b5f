"""One line of the answer log: what a person said of a pair, of a hit, or took back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from changeseek.core.anneal.question import Question

PAIR, JUDGEMENT, UNDO = "pair", "judgement", "undo"
# No clock is as wrong as this, and what is said after it must still find a later time.
_TOO_LATE = datetime(9000, 1, 1, tzinfo=UTC)
VERDICTS = {PAIR: ("similar", "dissimilar", "skipped"), JUDGEMENT: ("kept", "rejected", "withdrawn")}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line.

    Attributes:
        id: Unique among all logs.
        time: ISO 8601 in UTC, microseconds, so that text order is time's order.
        annotator: Who said it.
        kind: pair, judgement or undo.
        tiles: The two of a pair, the one that was judged, none of an undo.
        verdict: One of VERDICTS of the kind; for an undo the id of what is taken back.
        question: That a judgement answers.
    """

    id: str
    time: str
    annotator: str
    kind: str
    tiles: tuple[str, ...]
    verdict: str
    question: Question = Question()  # noqa: RUF009 - frozen

    def line(self) -> str:
        """As JSON, without a line end."""
        document = asdict(self) | {"tiles": list(self.tiles)}
        if self.kind != JUDGEMENT:
            del document["question"]
        return json.dumps(document, ensure_ascii=True, separators=(",", ":"))


def read_entry(line: bytes) -> Entry | None:
    """The entry of a line, None where the line is damaged or says what cannot be."""
    try:
        document = json.loads(line.decode("utf-8"))
        question = document.pop("question", None)
        document["tiles"] = tuple(document["tiles"])
        entry = Entry(**document, question=Question(**question) if question else Question())
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return entry if _is_sound(entry) else None


def _is_sound(entry: Entry) -> bool:
    texts: list[Any] = [entry.id, entry.time, entry.annotator, entry.kind, entry.verdict, *entry.tiles]
    texts += asdict(entry.question).values()
    if not all(isinstance(text, str) for text in texts) or not entry.id or not _is_time(entry.time):
        return False
    if entry.kind == UNDO:
        return not entry.tiles and bool(entry.verdict)
    if entry.verdict not in VERDICTS.get(entry.kind, ()):
        return False
    if entry.kind == PAIR:
        return len(entry.tiles) == 2 and entry.tiles[0] != entry.tiles[1]
    return len(entry.tiles) == 1 and bool(entry.question)


def _is_time(text: str) -> bool:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return False
    return time.utcoffset() is not None and time < _TOO_LATE
