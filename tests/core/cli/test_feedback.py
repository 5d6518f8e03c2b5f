from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from changeseek.core.anneal.log import AnswerLog

Cli = Callable[..., Any]
RED_TILE = "r002c003"
TOO_LONG = "x" * 300


def first_hit(cli: Cli, indexed: Path, *options: str) -> str:
    tile_id: str = cli("search", indexed, "red", "-k", 1, "--json", *options).json["hits"][0]["tile_id"]
    return tile_id


def test_a_round_of_answers_is_proposed_given_counted_and_undone(cli: Cli, indexed: Path) -> None:
    proposed = cli("feedback", indexed, "propose", "-n", 2, "--query", "red", "--json").json["proposals"]
    first, second = proposed[0]["first"], proposed[0]["second"]
    assert first["tile_id"] == RED_TILE
    assert (second["crs"], len(second["bounds"])) == ("EPSG:32633", 4)
    said = cli("feedback", indexed, "answer", first["tile_id"], second["tile_id"], "similar", "--json").json
    assert (said["counts"]["similar"], said["counts"]["revision"]) == (1, 1)
    undone = cli("feedback", indexed, "undo", "--json").json
    assert (undone["id"], undone["counts"]["similar"]) == (said["id"], 0)


def test_a_rejected_hit_goes_and_comes_back_with_undo(cli: Cli, indexed: Path) -> None:
    assert first_hit(cli, indexed) == RED_TILE
    assert cli("feedback", indexed, "judge", RED_TILE, "rejected", "--query", "red").code == 0
    assert first_hit(cli, indexed) != RED_TILE
    assert first_hit(cli, indexed, "--plain") == RED_TILE
    cli("feedback", indexed, "undo")
    assert first_hit(cli, indexed) == RED_TILE


def test_status_says_what_answers_did_and_whether_to_go_on(cli: Cli, indexed: Path) -> None:
    cli("feedback", indexed, "judge", RED_TILE, "rejected", "--query", "red")
    status = cli("feedback", indexed, "status", "--query", "red", "--hits", 5, "--json").json
    assert status["counts"]["rejected"] == 1
    assert status["change"]["left"] == [RED_TILE]
    assert len(status["change"]["entered"]) == 1
    assert status["advice"]["stop"] is False
    assert "advice" in cli("feedback", indexed, "status").out


def test_answers_travel_by_file_and_conflicts_are_said(cli: Cli, indexed: Path, tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    cli("feedback", indexed, "answer", "r000c000", "r000c001", "similar", "--annotator", "ada")
    assert cli("feedback", indexed, "export", file, "--json").json["lines"] == 1
    cli("feedback", indexed, "undo", "--annotator", "ada")
    cli("feedback", indexed, "answer", "r000c001", "r000c000", "dissimilar", "--annotator", "bob")
    text = file.read_text(encoding="utf-8").replace('"id":"', '"id":"another')
    file.write_text(text + "half a li", encoding="utf-8")
    merged = cli("feedback", indexed, "import", file)
    assert merged.code == 0
    assert "lines that cannot be read: 2" in merged.err
    assert "conflict: r000c0" in merged.err
    assert cli("feedback", indexed, "import", file, "--json").json["added"] == 0


def test_an_example_tile_is_not_counted_as_kept(cli: Cli, indexed: Path) -> None:
    cli("feedback", indexed, "judge", "r000c000", "rejected", "--tile", RED_TILE)
    counts = cli("feedback", indexed, "status", "--tile", RED_TILE, "--json").json["counts"]
    assert (counts["kept"], counts["rejected"]) == (0, 1)


def test_of_many_conflicts_the_newest_are_named_and_all_are_counted(cli: Cli, indexed: Path) -> None:
    tiles = [f"r00{row}c00{column}" for row in range(4) for column in range(4)]
    said = [
        (who, first, second, verdict)
        for first, second in list(combinations(tiles, 2))[:22]
        for who, verdict in (("ada", "similar"), ("bob", "dissimilar"))
    ]
    log = AnswerLog(indexed)
    for who, first, second, verdict in said:
        log.add("pair", (first, second), verdict, who)
    status = cli("feedback", indexed, "status", "--json").json
    assert (len(status["conflicts"]), status["counts"]["conflicts"]) == (20, 22)
    assert "conflict: 2 more" in cli("feedback", indexed, "status").err


def test_the_log_is_not_exported_onto_itself(cli: Cli, indexed: Path, tmp_path: Path) -> None:
    cli("feedback", indexed, "answer", "r000c000", "r000c001", "similar")
    log = indexed / "feedback.jsonl"
    log.write_bytes(log.read_bytes() + b"half a li")
    before = log.read_bytes()
    (tmp_path / "link").symlink_to(log)
    for name in (log, tmp_path / "link"):
        outcome = cli("feedback", indexed, "export", name)
        assert outcome.code == 2
        assert "itself" in outcome.err
    assert log.read_bytes() == before


def test_a_damaged_line_of_the_log_is_said_with_its_number(cli: Cli, indexed: Path) -> None:
    cli("feedback", indexed, "answer", "r000c000", "r000c001", "similar")
    with (indexed / "feedback.jsonl").open("a", encoding="utf-8") as log:
        log.write("{}\n")
    outcome = cli("feedback", indexed, "status", "--json")
    assert "left out: 2" in outcome.err
    assert (outcome.json["counts"]["similar"], outcome.json["counts"]["damaged_lines"]) == (1, [2])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["answer", "r000c000", "r000c001", "perhaps"], "no answer perhaps"),
        (["answer", "r000c000", "r000c000", "similar"], "compared with itself"),
        (["answer", "r000c000", "r999c999", "similar"], "no tile r999c999"),
        (["judge", "r000c000", "kept"], "which question"),
        (["judge", "r000c000", "kept", "--query", "red", "--mode", "sideways"], "no mode sideways"),
        (["judge", "r000c000", "kept", "--query", "red ->"], "no whole transition"),
        (["propose", "--strategy", "luck"], "no strategy luck"),
        (["propose", "-n", "0"], "0 pairs"),
        (["propose", "-n", "2147483648"], "at most 1000"),
        (["propose", "--query", "red", "--mode", "sideways"], "no mode sideways"),
        (["status", "--tile", "r999c999"], "no tile r999c999"),
        (["import", "none.jsonl"], "no file"),
        (["export", "/nowhere/at/all.jsonl"], "cannot be written"),
        (["import", TOO_LONG], "no file"),
        (["export", f"{TOO_LONG}/all.jsonl"], "cannot be written"),
    ],
    ids=str,
)
def test_bad_input_is_one_line_and_leaves_nothing(
    cli: Cli, indexed: Path, arguments: list[str], says: str
) -> None:
    outcome = cli("feedback", indexed, *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert says in outcome.err
    assert outcome.err.count("\n") == 1
    assert not (indexed / "feedback.jsonl").exists()
