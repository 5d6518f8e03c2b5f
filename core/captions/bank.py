"""The sentences among which a tile finds its caption: the project's own or a user's."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from changeseek.core.errors import CaptionBankError

OWN_BANK = Path(__file__).parents[2] / "resources" / "captions" / "bank.tsv"
NOTHING_MEANING = "nothing"
_TABLES = (".tsv", ".csv")
_HEADER = "text"
_COMMENT = "#"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One candidate caption.

    Attributes:
        text: What is shown to the user.
        meaning: Sentences of one meaning are paraphrases; only the best of them is shown.
    """

    text: str
    meaning: str


@dataclass(frozen=True)
class CaptionBank:
    """All candidate captions; never empty, every text once."""

    sentences: tuple[Sentence, ...]

    def __post_init__(self) -> None:
        if not self.sentences:
            raise CaptionBankError("the caption bank holds no sentence", "Write one sentence a line")

    @property
    def texts(self) -> list[str]:
        """The sentences as they are shown, in the order of the bank."""
        return [sentence.text for sentence in self.sentences]

    @cached_property
    def sha256(self) -> str:
        """Hash of the texts in their order, hexadecimal; names what was derived from them."""
        return hashlib.sha256("\n".join(self.texts).encode()).hexdigest()


def read_bank(path: Path | None = None) -> CaptionBank:
    """Read a caption bank.

    Args:
        path: `.tsv` or `.csv` with the columns text and meaning (meaning may be missing), or any other
            text file with one sentence a line; None for the project's own bank. A first line that starts
            with the word `text` as its first column is a header, lines that start with `#` are comments.

    Raises:
        CaptionBankError: The file cannot be read as text, or holds no sentence.
    """
    source = OWN_BANK if path is None else path
    rows = _rows(_read_text(source), source.suffix.lower())
    sentences: dict[str, Sentence] = {}
    for text, meaning in rows:
        sentences.setdefault(text, Sentence(text, meaning or text))
    if not sentences:
        raise CaptionBankError(f"the caption bank {source} holds no sentence", "Write one sentence a line")
    return CaptionBank(tuple(sentences.values()))


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaptionBankError(
            f"the caption bank {path} is not a text file", "Save it as UTF-8 text"
        ) from error
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise CaptionBankError(f"no caption bank at {path}: {reason}", "Check the path") from error


def _rows(text: str, suffix: str) -> list[tuple[str, str]]:
    """Pairs of text and meaning, stripped; the meaning is empty where the file gives none."""
    cells = _cells(text, suffix)
    if suffix in _TABLES and cells and cells[0] and cells[0][0].strip().lower() == _HEADER:
        cells = cells[1:]
    rows = [(row[0].strip(), row[1].strip() if len(row) > 1 else "") for row in cells if row]
    return [row for row in rows if row[0] and not row[0].startswith(_COMMENT)]


def _cells(text: str, suffix: str) -> list[list[str]]:
    if suffix == ".csv":
        return list(csv.reader(io.StringIO(text)))
    separator = "\t" if suffix == ".tsv" else None
    return [line.split(separator) if separator else [line] for line in text.splitlines()]
