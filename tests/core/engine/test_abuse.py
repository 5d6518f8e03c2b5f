"""Clients that do not behave: too much, too long, too early, never reading, gone."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from changeseek.core.engine.lines import MOST_BYTES
from changeseek.core.engine.messages import BuildIndex, Hello, IndexAnswer, Info, Search, Similar, Vocabulary
from changeseek.core.engine.protocol import (
    CANCELLED,
    NOT_A_REQUEST,
    NOT_JSON,
    Answer,
    Call,
    Failure,
    decode,
    encode,
)
from changeseek.core.index.store import read_record
from changeseek.tests.core.engine.rasters import Rasters
from changeseek.tests.core.engine.talking import LAUNCH, PATIENCE, Engine, StartEngine


def failure_of(engine: Engine, id: int | None, words: str) -> Failure:
    found = engine.until(lambda one: isinstance(one, Failure) and one.id == id and words in one.message)
    assert isinstance(found, Failure)
    return found


def test_a_line_that_is_too_long_is_refused_and_the_next_is_answered(engine: Engine) -> None:
    engine.write(b"x" * (2 * MOST_BYTES) + b"\n")
    assert failure_of(engine, None, "too long").code == NOT_A_REQUEST
    assert engine.ask(Hello()).pid == engine.process.pid


def test_whoever_sends_too_long_a_request_is_told(engine: Engine, index: str) -> None:
    failure = engine.failure(Search(index, "x" * MOST_BYTES))
    assert (failure.code, failure.message) == (NOT_A_REQUEST, "the line is too long")


def test_a_long_line_is_a_line(engine: Engine, index: str) -> None:
    ids = ("r000c000",) * 100_000
    failure = engine.result(engine.send("caption", {"index": index, "tile_ids": ids, "k": 0}))
    assert isinstance(failure, Failure)
    assert failure.kind == "QueryError"


@pytest.mark.parametrize("request_of", [Search, Similar])
def test_a_histogram_is_as_fine_as_can_be_seen(
    engine: Engine, index: str, request_of: type[Search | Similar]
) -> None:
    failure = engine.failure(request_of(index, "r000c000", bins=2**40))
    assert (failure.kind, failure.message) == ("QueryError", f"a histogram cannot have {2**40} bins")


def test_whoever_sends_half_a_request_is_told(engine: Engine, index: str) -> None:
    line = encode(Call(Search.method, {"index": index, "text": "a lake"}, 424242))
    engine.write(line[:-20] + b"\n")
    assert failure_of(engine, 424242, "not JSON").code == NOT_JSON


def test_the_answer_to_a_request_is_not_given_to_half_another_one(
    engine: Engine, rasters: Rasters, tmp_path: Path
) -> None:
    build = engine.start(BuildIndex(*rasters, str(tmp_path / "i.csx"), tile=16, device="cpu"))
    engine.write(encode(Call(Hello.method, {}, build))[:-2] + b"\n")
    failure_of(engine, None, "not JSON")
    engine.notify("cancel", id=build)
    assert engine.result(build) == Failure(
        build, CANCELLED, "stopped", "What was finished is kept", "JobCancelledError"
    )


@pytest.mark.parametrize("rest", [b"", b'{"jsonrpc":"2.0","id":5,"meth', b"x" * (MOST_BYTES + 1)])
def test_it_ends_in_the_middle_of_a_line(start_engine: StartEngine, rest: bytes) -> None:
    with start_engine() as engine:
        assert engine.process.stdin is not None
        engine.write(rest)
        engine.process.stdin.close()
        assert engine.ended() == 0


def test_many_at_once_get_the_answers_of_one(engine: Engine, index: str) -> None:
    alone = engine.ask(Search(index, "a lake appeared"))
    ids = [engine.start(Search(index, "a lake appeared")) for _ in range(50)]
    answers = [engine.result(id) for id in ids]
    assert [one.result["hits"] for one in answers if isinstance(one, Answer)] == [
        [{**vars(hit), "bounds": list(hit.bounds)} for hit in alone.hits]
    ] * 50


def test_two_builds_of_one_folder_at_once_make_one_index(
    engine: Engine, rasters: Rasters, tmp_path: Path
) -> None:
    request = BuildIndex(*rasters, str(tmp_path / "i.csx"), tile=64, device="cpu")
    both = [engine.result(id) for id in (engine.start(request), engine.start(request))]
    assert [one.result["tiles"] for one in both if isinstance(one, Answer)] == [25, 25]


def test_two_engines_do_not_write_one_folder(
    engine: Engine, start_engine: StartEngine, rasters: Rasters, tmp_path: Path
) -> None:
    request = BuildIndex(*rasters, str(tmp_path / "i.csx"), tile=8, device="cpu")
    build = engine.start(request)
    engine.until(lambda one: isinstance(one, Call) and one.params.get("id") == build)
    with start_engine() as second:
        refused = second.failure(request)
    assert refused.kind == "IndexBusyError"
    assert str(engine.process.pid) in refused.message
    engine.notify("cancel", id=build)
    assert isinstance(engine.result(build), Failure)


@pytest.fixture
def deaf(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """An engine whose answers nobody reads."""
    command = [sys.executable, str(LAUNCH)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def ask_much(process: subprocess.Popen[bytes]) -> int:
    """Far more answers than a pipe holds; returns how many."""
    assert process.stdin is not None
    for id in range(100, 400):
        process.stdin.write(encode(Call(Vocabulary.method, {}, id)))
    process.stdin.flush()
    return 300


def test_a_client_that_never_reads_keeps_no_engine_alive(deaf: subprocess.Popen[bytes]) -> None:
    ask_much(deaf)
    assert deaf.stdin is not None
    deaf.stdin.close()
    assert deaf.wait(PATIENCE) == 0


def test_a_build_goes_on_to_its_end_while_nobody_reads(
    deaf: subprocess.Popen[bytes], rasters: Rasters, tmp_path: Path
) -> None:
    assert deaf.stdin is not None
    assert deaf.stdout is not None
    count = ask_much(deaf)
    request = BuildIndex(*rasters, str(tmp_path / "i.csx"), tile=32, device="cpu")
    deaf.stdin.write(encode(Call(request.method, vars(request), 1)))
    deaf.stdin.flush()
    last = time.monotonic() + PATIENCE
    while not is_complete(tmp_path / "i.csx"):
        assert time.monotonic() < last
        time.sleep(0.1)
    # Whoever reads late still finds every answer.
    unanswered = {1, *range(100, 100 + count)}
    while unanswered:
        message = decode(deaf.stdout.readline())
        if not isinstance(message, Call):
            assert isinstance(message, Answer)
            unanswered.remove(message.id)


def is_complete(folder: Path) -> bool:
    return (folder / "index.json").exists() and read_record(folder).state == "complete"


# The n-th time that a job asks whether it is still wanted, it is not; n stands in the folder's name.
STAGES = """
from collections import Counter
from pathlib import Path
from changeseek.core.engine import job, process

asked = Counter()
check = job.Job.check

def check_until(self):
    asked[self.id] += 1
    directory = Path(str(self.call.params.get("directory", "")))
    if directory.stem.isdigit() and asked[self.id] == int(directory.stem):
        self.cancel()
    check(self)

job.Job.check = check_until
process.main([])
"""


def test_a_build_can_be_cancelled_at_every_stage(
    start_engine: StartEngine, rasters: Rasters, tmp_path: Path
) -> None:
    script = tmp_path / "stages.py"
    script.write_text(STAGES)

    def build(name: str) -> Answer | Failure:
        request = BuildIndex(*rasters, str(tmp_path / name), tile=32, stride=24, device="cpu")
        return engine.result(engine.start(request))

    with start_engine(script=script) as engine:
        assert isinstance(build("undisturbed.csx"), Answer)
        stage = 1
        while isinstance(stopped := build(f"{stage}.csx"), Failure):
            assert stopped.code == CANCELLED
            folder = tmp_path / f"{stage}.csx"
            if folder.exists():
                assert engine.ask(Info(str(folder))).state == "building"
                folder.rename(tmp_path / f"again-{stage}.csx")
                assert isinstance(build(f"again-{stage}.csx"), Answer)
                assert contents(tmp_path / f"again-{stage}.csx") == contents(tmp_path / "undisturbed.csx")
            stage += 1
        # Before the model, in it, and as tiles are read.
        assert stage > 5


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in [directory / "index.json", *directory.glob("tiles/*")]}


def test_what_is_over_cannot_be_cancelled(engine: Engine, rasters: Rasters, tmp_path: Path) -> None:
    request = BuildIndex(*rasters, str(tmp_path / "i.csx"), tile=64, device="cpu")
    build = engine.start(request)
    assert isinstance(engine.result(build), Answer)
    engine.notify("cancel", id=build)
    again: IndexAnswer = engine.ask(request)
    assert again.state == "complete"
    assert len([one for one in engine.results() if one.id == build]) == 1
