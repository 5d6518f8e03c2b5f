from __future__ import annotations

import json
import multiprocessing
import os
import random
import resource
import signal
import sys
from pathlib import Path

import pytest

from changeseek.core.anneal.entries import PAIR, Entry
from changeseek.core.anneal.log import AnswerLog, annotator_here, in_effect, read_lines
from changeseek.core.errors import MachineFaultError


@pytest.fixture
def log(tmp_path: Path) -> AnswerLog:
    return AnswerLog(tmp_path)


def say(log: AnswerLog, first: str, second: str, verdict: str = "similar", annotator: str = "ada") -> Entry:
    return log.add(PAIR, (first, second), verdict, annotator)


def test_an_answer_is_a_line_with_who_when_and_what(log: AnswerLog) -> None:
    entry = say(log, "a", "b", "dissimilar")
    line = json.loads(log.path.read_text(encoding="utf-8"))
    assert (line["annotator"], line["tiles"], line["verdict"]) == ("ada", ["a", "b"], "dissimilar")
    assert log.read().entries == (entry,)


def test_no_file_is_an_empty_log(log: AnswerLog) -> None:
    assert log.read().count == 0


def test_undoing_adds_a_line_and_takes_back_answer_after_answer(log: AnswerLog) -> None:
    first, second = say(log, "a", "b"), say(log, "c", "d")
    assert log.undo("ada") == second
    assert log.undo("ada") == first
    assert log.undo("ada") is None
    assert log.read().count == 4
    assert in_effect(log.read().entries) == []


def test_undoing_leaves_what_others_said(log: AnswerLog) -> None:
    say(log, "a", "b")
    theirs = say(log, "c", "d", annotator="bob")
    log.undo("ada")
    assert in_effect(log.read().entries) == [theirs]


def test_a_name_is_one_line_and_a_blank_one_is_none(log: AnswerLog) -> None:
    assert say(log, "a", "b", annotator=" Åda\n Lovelace ").annotator == "Åda Lovelace"
    assert say(log, "a", "b", annotator=" ").annotator == annotator_here()
    assert log.undo("Åda  Lovelace\n") == log.read().entries[0]


@pytest.mark.parametrize(
    "damage",
    [
        b"not json",
        b'{"id": 1}',
        b"[]",
        b"\xff\xfe",
        b'{"id":"x","time":"yesterday","annotator":"a","kind":"pair","tiles":["a","b"],"verdict":"similar"}',
        b'{"id":"x","time":"2026-01-01T00:00:00+00:00","annotator":"a","kind":"pair","tiles":["a"],'
        b'"verdict":"similar"}',
        b'{"id":"x","time":"2026-01-01T00:00:00+00:00","annotator":"a","kind":"pair","tiles":["a","b"],'
        b'"verdict":"perhaps"}',
        b'{"id":"x","time":"9999-12-31T23:59:59.999999+00:00","annotator":"a","kind":"pair",'
        b'"tiles":["a","b"],"verdict":"similar"}',
    ],
)
def test_a_damaged_line_is_named_and_the_rest_is_used(log: AnswerLog, damage: bytes) -> None:
    before = say(log, "a", "b")
    with log.path.open("ab") as stream:
        stream.write(damage + b"\n")
    after = say(log, "c", "d")
    assert (log.read().entries, log.read().damaged) == ((before, after), (2,))


def test_half_a_line_of_a_killed_process_does_not_spoil_the_next(log: AnswerLog) -> None:
    whole = say(log, "a", "b")
    half = log.path.read_bytes()[:40]
    with log.path.open("ab") as stream:
        stream.write(half)
    after = say(log, "c", "d")
    assert (log.read().entries, log.read().damaged) == ((whole, after), (2,))


def _answer_until_killed(folder: str, told: str) -> None:
    log = AnswerLog(Path(folder))
    with open(told, "a", buffering=1, encoding="utf-8") as stream:
        for number in range(10_000):
            stream.write(say(log, "a", f"b{number}").id + "\n")


def test_a_killed_process_loses_no_answer(log: AnswerLog, tmp_path: Path) -> None:
    told = tmp_path / "told"
    told.touch()
    process = multiprocessing.get_context("fork").Process(
        target=_answer_until_killed, args=(str(tmp_path), str(told))
    )
    process.start()
    while told.read_text(encoding="utf-8").count("\n") < 5:
        assert process.is_alive()
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    promised = set(told.read_text(encoding="utf-8").split("\n")[:-1])
    assert promised <= {entry.id for entry in log.read().entries}


def _answer_with_room_for_half_a_line(folder: str) -> None:
    log = AnswerLog(Path(folder))
    room = log.path.stat().st_size * 3 // 2
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    try:
        say(log, "c", "d")
    except MachineFaultError:
        sys.exit(3)


def test_an_answer_that_finds_room_for_half_of_it_is_told_as_not_written(
    log: AnswerLog, tmp_path: Path
) -> None:
    whole = say(log, "a", "b")
    process = multiprocessing.get_context("fork").Process(
        target=_answer_with_room_for_half_a_line, args=(str(tmp_path),)
    )
    process.start()
    process.join()
    assert process.exitcode == 3
    after = say(log, "e", "f")
    assert (log.read().entries, log.read().damaged) == ((whole, after), (2,))


def test_a_clock_that_is_put_back_does_not_change_the_order(log: AnswerLog) -> None:
    later = Entry("x", "2999-01-01T00:00:00+00:00", "ada", PAIR, ("a", "b"), "similar")
    log.merge([later])
    last = say(log, "a", "b", "dissimilar")
    assert in_effect(log.read().entries) == [later, last]


def test_merging_is_a_union_by_id_whatever_comes_first(tmp_path: Path) -> None:
    logs = [AnswerLog(tmp_path / name) for name in ("one", "two")]
    for number, log in enumerate(logs):
        log.path.parent.mkdir()
        for tile in range(3):
            say(log, "a", f"b{tile}", annotator=f"person {number}")
    logs[1].undo("person 1")
    mine, theirs = (log.read().entries for log in logs)
    assert logs[0].merge(theirs) == 4
    assert logs[1].merge(mine) == 3
    assert in_effect(logs[0].read().entries) == in_effect(logs[1].read().entries)
    assert logs[0].merge(random.Random(0).sample(theirs, len(theirs))) == 0


def test_an_earlier_revision_is_what_the_file_was(log: AnswerLog) -> None:
    first = say(log, "a", "b")
    revision = log.read().count
    say(log, "c", "d")
    assert log.read().until(revision).entries == (first,)


def test_reading_needs_no_line_end_at_the_end(tmp_path: Path, log: AnswerLog) -> None:
    say(log, "a", "b")
    copy = tmp_path / "copy"
    copy.write_bytes(log.path.read_bytes().rstrip(b"\n"))
    assert read_lines(copy) == log.read()
