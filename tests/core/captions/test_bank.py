from __future__ import annotations

from pathlib import Path

import pytest

from changeseek.core.captions.bank import CaptionBank, Sentence, read_bank
from changeseek.core.errors import CaptionBankError


def bank_of(tmp_path: Path, name: str, text: str) -> CaptionBank:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_bank(tmp_path / name)


def test_a_table_groups_paraphrases_by_meaning(tmp_path: Path) -> None:
    bank = bank_of(
        tmp_path, "bank.tsv", "text\tmeaning\na lake dried up\tlake ->\nthe pond is gone\tlake ->\n"
    )
    assert bank.sentences == (Sentence("a lake dried up", "lake ->"), Sentence("the pond is gone", "lake ->"))


def test_without_a_meaning_each_sentence_means_itself(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, "bank.txt", "# my sentences\n\na lake, dried up\n  two  \n")
    assert bank.sentences == (Sentence("a lake, dried up", "a lake, dried up"), Sentence("two", "two"))


def test_a_csv_may_quote_commas(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, "bank.csv", '"houses, many of them",-> houses\nnothing has changed,nothing\n')
    assert bank.sentences[0] == Sentence("houses, many of them", "-> houses")


def test_the_same_text_stands_once_and_keeps_its_first_meaning(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, "bank.tsv", "one\ta\ntwo\tb\none\tc\n")
    assert bank.sentences == (Sentence("one", "a"), Sentence("two", "b"))


def test_a_byte_order_mark_is_no_part_of_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "bank.txt").write_bytes(b"\xef\xbb\xbfa lake\r\n")
    assert read_bank(tmp_path / "bank.txt").texts == ["a lake"]


@pytest.mark.parametrize("content", [b"", b"\n  \n", b"# only a comment\n", b"text\tmeaning\n"])
def test_a_bank_without_a_sentence_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bank.tsv").write_bytes(content)
    with pytest.raises(CaptionBankError, match="holds no sentence"):
        read_bank(tmp_path / "bank.tsv")


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaptionBankError, match="no caption bank at"):
        read_bank(tmp_path / "missing.tsv")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(CaptionBankError, match="not a text file"):
        read_bank(tmp_path / "picture.png")


def test_two_banks_with_other_texts_are_told_apart(tmp_path: Path) -> None:
    one = CaptionBank((Sentence("a", "x"), Sentence("b", "x")))
    assert one.sha256 == CaptionBank((Sentence("a", "y"), Sentence("b", "y"))).sha256
    assert one.sha256 != CaptionBank((Sentence("b", "x"), Sentence("a", "x"))).sha256
