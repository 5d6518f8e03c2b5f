"""Whatever comes down the pipe: the engine lives, and owes nobody an answer."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from changeseek.core.engine.messages import (
    BuildIndex,
    Captions,
    FeedbackAnswer,
    FeedbackExport,
    FeedbackImport,
    FeedbackJudge,
    FeedbackPropose,
    FeedbackStatus,
    FeedbackUndo,
    Hello,
    Info,
    Models,
    Outlines,
    Plan,
    Request,
    Search,
    Similar,
    Thumbnails,
    Vocabulary,
)
from changeseek.core.engine.protocol import UNEXPECTED, Failure
from changeseek.tests.core.engine.fuzz import FIRST_ID, id_of, is_owed_an_answer, spoilt_lines, told_id
from changeseek.tests.core.engine.rasters import Rasters
from changeseek.tests.core.engine.talking import Engine, StartEngine

AT_ONCE = 200
# No cut or turned digit makes an id of these.
OWN_IDS = 7 * 10**15


@pytest.fixture
def tormented(start_engine: StartEngine, tmp_path: Path) -> Iterator[Engine]:
    """An engine in a folder of its own: what is misspelt may be written there."""
    with start_engine(folder=tmp_path) as engine:
        engine.ask(Hello())
        engine.number_from(OWN_IDS)
        yield engine


@pytest.fixture
def requests(index: str, rasters: Rasters, tmp_path: Path) -> list[Request[Any]]:
    """Of an index of their own, for some write answers into it."""
    index = str(shutil.copytree(index, tmp_path / "own.csx"))
    pair = "r000c001", "r004c002"
    return [
        *(Hello(), Models(), Vocabulary(), Info(index)),
        *(Search(index, "a lake", k=3, bins=4), Search(index, "forest -> houses", without="water")),
        *(Similar(index, "r001c002", k=2), Captions(index, ("r000c000", "r004c004"), k=2)),
        *(Thumbnails(index, ("r003c001",), "pictures", 16), Outlines(index, "tiles.gpkg")),
        *(FeedbackAnswer(index, *pair, "similar", "me"), FeedbackUndo(index, "me")),
        *(FeedbackJudge(index, pair[0], "kept", "a lake"), FeedbackPropose(index, 5, text="a lake")),
        *(FeedbackPropose(index, 5, "uniform"), FeedbackStatus(index, tile_id=pair[1], since=1, hits=5)),
        *(FeedbackExport(index, "answers.jsonl"), FeedbackImport(index, "answers.jsonl")),
        Plan(*rasters, "new.csx", tile=64, stride=32, gsd=2.0, bands="3,2,1", device="cpu"),
        BuildIndex(*rasters, "new.csx", tile=160, device="cpu", dates="2010-05-01,2020-05-01"),
    ]


def test_every_line_is_answered(tormented: Engine, requests: list[Request[Any]]) -> None:
    assert_all_are_answered(tormented, spoilt_lines(1, 2000, requests))


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(2, 6))
def test_each_of_a_hundred_thousand_lines_is_answered(
    tormented: Engine, requests: list[Request[Any]], seed: int
) -> None:
    assert_all_are_answered(tormented, spoilt_lines(seed, 25_000, requests))


def assert_all_are_answered(engine: Engine, lines: Iterable[bytes]) -> None:
    sent, remaining, barriers = [], iter(lines), 0
    while some := list(islice(remaining, AT_ONCE)):
        sent += some
        engine.write(b"".join(line + b"\n" for line in some))
        engine.ask(Hello())
        barriers += 1
    # Builds have a lane of their own; this one is refused when all before it are over.
    engine.failure(BuildIndex("a.tif", "b.tif"))
    assert engine.process.poll() is None
    results = engine.results()
    lines_by_id = {id_of(line): line for line in sent}
    surprises = [
        (one.message, lines_by_id.get(one.id, b"")[:300])
        for one in results
        if isinstance(one, Failure) and one.code == UNEXPECTED
    ]
    assert surprises == []
    told = Counter(one.id for one in results)
    assert [id for id in lines_by_id if id is not None and not told[id]] == []
    # The first hello, those in between, and the refused build are the test's own.
    assert len(results) - barriers - 2 == sum(map(is_owed_an_answer, sent))
    # Where digits were turned, an id may be another request's, and is rightly told for both.
    asked = Counter(map(told_id, sent))
    ours = [id for id in told if id is not None and FIRST_ID <= id < 2 * FIRST_ID]
    assert [id for id in ours if told[id] > max(1, asked[id])] == []
