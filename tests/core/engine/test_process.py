"""The process from its start to its end, whatever happens around it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from changeseek.core.engine.messages import BuildIndex, Hello, Info, Models, Search, Shutdown
from changeseek.core.engine.protocol import (
    BAD_INPUT,
    BAD_PARAMETERS,
    CANCELLED,
    FAULT,
    NO_SUCH_METHOD,
    NOT_A_REQUEST,
    NOT_JSON,
    UNEXPECTED,
    Answer,
    Call,
    Failure,
)
from changeseek.core.index.store import read_record
from changeseek.tests.core.engine.rasters import Rasters
from changeseek.tests.core.engine.talking import PATIENCE, ROOT, Engine, StartEngine


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"what?\n", NOT_JSON),
        (b"\xff\xff\n", NOT_JSON),
        (b'{"jsonrpc": "2.0", "method": "hello", "id": "one"}\n', NOT_A_REQUEST),
    ],
)
def test_a_bad_line_is_answered_and_the_next_is_too(engine: Engine, line: bytes, code: int) -> None:
    engine.write(line)
    engine.until(lambda one: isinstance(one, Failure) and (one.id, one.code) == (None, code))
    assert engine.ask(Hello()).pid == engine.process.pid


def test_an_unknown_request_is_said_to_be_unknown(engine: Engine) -> None:
    failure = engine.result(engine.send("levitate", {}))
    assert isinstance(failure, Failure)
    assert (failure.code, failure.kind) == (NO_SUCH_METHOD, "UnknownMethodError")
    assert "levitate" in failure.message


def test_an_unknown_parameter_is_told(engine: Engine) -> None:
    failure = engine.result(engine.send("info", {"index": "a.csx", "colour": "blue"}))
    assert isinstance(failure, Failure)
    assert failure.code == BAD_PARAMETERS
    assert "colour" in failure.message


def test_an_id_that_is_in_use_is_refused(engine: Engine, rasters: Rasters, tmp_path: Path) -> None:
    build = engine.start(BuildIndex(*rasters, str(tmp_path / "i.csx"), tile=16))
    engine.write(b'{"jsonrpc": "2.0", "method": "hello", "id": %d}\n' % build)
    engine.until(lambda one: isinstance(one, Failure) and "already" in one.message)
    engine.notify("cancel", id=build)
    assert isinstance(engine.result(build), Failure)


NOISY = """
import ctypes, os, sys, time
from changeseek.core.engine import dispatch, process
from changeseek.core.engine.messages import Models, ModelsAnswer, Info

def noisy(request, opened, job):
    os.write(1, b"out of C\\n")
    os.write(2, b"wrong in C\\n")
    ctypes.CDLL(None).puts(b"by printf")
    ctypes.CDLL(None).fflush(None)
    print("of Python")
    return ModelsAnswer()

def broken(request, opened, job):
    raise ERRORS[request.index]

class PanicError(BaseException):
    pass

ERRORS = {
    "division": ZeroDivisionError("nobody thought of this"),
    "full": OSError(28, "No space left on device"),
    "panic": PanicError("as Rust raises it"),
}
dispatch.HANDLERS[Models] = noisy
dispatch.HANDLERS[Info] = broken
process.main([])
"""


@pytest.fixture
def disturbed(start_engine: StartEngine, tmp_path: Path, log: Path) -> object:
    script = tmp_path / "noisy.py"
    script.write_text(NOISY)
    with start_engine(script=script) as engine:
        yield engine


@pytest.mark.skipif(sys.platform == "win32", reason="asks the C library by the name that Unix knows")
def test_what_libraries_print_goes_to_the_log(disturbed: Engine, log: Path) -> None:
    assert disturbed.ask(Models()).models == ()
    assert disturbed.ask(Models()).models == ()
    written = log.read_text()
    for words in ("out of C", "wrong in C", "by printf", "of Python"):
        assert words in written


def test_what_nobody_expected_is_told_with_the_log(disturbed: Engine, log: Path) -> None:
    failure = disturbed.failure(Info("division"))
    assert (failure.code, failure.kind) == (UNEXPECTED, "ZeroDivisionError")
    assert failure.message == "unexpected ZeroDivisionError: nobody thought of this"
    assert str(log) in failure.advice
    assert "Traceback" in log.read_text()


def test_even_a_panic_ends_no_lane(disturbed: Engine) -> None:
    assert disturbed.failure(Info("panic")).code == UNEXPECTED
    assert disturbed.failure(Info("panic")).code == UNEXPECTED


def test_a_full_disk_is_a_fault_of_the_machine(disturbed: Engine) -> None:
    failure = disturbed.failure(Info("full"))
    assert (failure.code, failure.message) == (FAULT, "the disk is full")
    assert failure.advice


def test_it_ends_when_the_questions_end(start_engine: StartEngine) -> None:
    with start_engine() as engine:
        engine.ask(Hello())
        assert engine.process.stdin is not None
        engine.process.stdin.close()
        assert engine.ended() == 0


def test_it_ends_in_the_middle_of_a_build(
    start_engine: StartEngine, rasters: Rasters, tmp_path: Path
) -> None:
    with start_engine() as engine:
        build = engine.start(BuildIndex(*rasters, str(tmp_path / "i.csx"), tile=8))
        engine.until(lambda one: isinstance(one, Call) and one.params.get("id") == build)
        assert engine.process.stdin is not None
        engine.process.stdin.close()
        assert engine.ended() == 0
    # Where the machine is so busy that the build cannot stop in time, the next one goes on with it.
    folder = tmp_path / "i.csx"
    assert not folder.exists() or read_record(folder).state == "building"


def test_shutdown_stops_a_build_and_is_answered(
    start_engine: StartEngine, rasters: Rasters, tmp_path: Path
) -> None:
    with start_engine() as engine:
        build = engine.start(BuildIndex(*rasters, str(tmp_path / "i.csx"), tile=8))
        engine.until(lambda one: isinstance(one, Call) and one.params.get("id") == build)
        end = engine.start(Shutdown())
        failure = engine.result(build)
        assert isinstance(failure, Failure)
        assert failure.code == CANCELLED
        assert isinstance(engine.result(end), Answer)
        assert engine.ended() == 0


def test_it_ends_when_nobody_asks(start_engine: StartEngine) -> None:
    with start_engine("--idle-seconds", "2") as engine:
        engine.ask(Hello())
        assert engine.ended() == 0


def test_a_question_keeps_it_alive(start_engine: StartEngine) -> None:
    with start_engine("--idle-seconds", "5") as engine:
        for _ in range(12):
            engine.ask(Models())
            time.sleep(0.5)
        assert engine.process.poll() is None


PARENT = """
import os, subprocess, sys, time
engine = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
engine.stdin.write(b'{"jsonrpc": "2.0", "method": "hello", "id": 1}\\n')
engine.stdin.flush()
engine.stdout.readline()
# A fork that keeps the pipe open, so that the engine never sees its end.
fork = os.fork()
if fork == 0:
    time.sleep(600)
    os._exit(0)
print(engine.pid, fork, flush=True)
time.sleep(600)
"""


def runs(pid: int) -> bool:
    """Whether a process is there, and no zombie that nobody has buried yet."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes as Linux shows them")
def test_it_ends_when_its_parent_is_killed(environment: dict[str, str]) -> None:
    launch = [sys.executable, str(ROOT / "core" / "engine" / "launch.py")]
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, *launch], stdout=subprocess.PIPE, env=environment
    ) as parent:
        assert parent.stdout is not None
        engine, fork = map(int, parent.stdout.readline().split())
        assert runs(engine)
        parent.kill()
        try:
            last = time.monotonic() + PATIENCE
            while runs(engine) and time.monotonic() < last:
                time.sleep(0.1)
            assert not runs(engine)
        finally:
            os.kill(fork, signal.SIGKILL)


@pytest.fixture(scope="module")
def odd_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plugin's folder under another name, of another version, beside one that is installed."""
    folder = tmp_path_factory.mktemp("plugins") / "my-plugin 2"
    shutil.copytree(ROOT / "core", folder / "core", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "resources").symlink_to(ROOT / "resources", target_is_directory=True)
    shutil.copy(ROOT / "__init__.py", folder)
    (folder / "metadata.txt").write_text("[general]\nname=ChangeSeek\nversion=9.8.7\n")
    return folder


def test_it_is_of_the_folder_in_which_it_lies(
    start_engine: StartEngine, odd_folder: Path, index: str
) -> None:
    with start_engine(script=odd_folder / "core" / "engine" / "launch.py") as engine:
        assert engine.ask(Hello()).version == "9.8.7"
        assert len(engine.ask(Search(index, "a lake", k=3)).hits) == 3


def test_a_python_without_packages_says_what_it_lacks(start_engine: StartEngine) -> None:
    with start_engine(python=(sys.executable, "-S")) as engine:
        for request in (Hello(), Models()):
            failure = engine.failure(request)
            assert (failure.code, failure.kind) == (FAULT, "EngineIncompleteError")
            assert "torch" in failure.message
            assert "numpy" in failure.message
            assert "make setup" in failure.advice
        assert isinstance(engine.result(engine.start(Shutdown())), Answer)
        assert engine.ended() == 0


@pytest.mark.parametrize("package", ["numpy", "torch"])
def test_a_package_that_cannot_be_loaded_is_named(
    start_engine: StartEngine, tmp_path: Path, package: str
) -> None:
    broken = tmp_path / package
    broken.mkdir()
    (broken / "__init__.py").write_text('raise ImportError("libbroken.so: cannot open shared object file")')
    script = tmp_path / "launch.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from changeseek.core.engine import process\nprocess.main([])"
    )
    with start_engine(script=script) as engine:
        failure = engine.failure(Hello())
        assert (failure.code, failure.kind) == (FAULT, "EngineIncompleteError")
        assert "libbroken.so" in failure.message


def test_unwritable_log_folders_do_not_stop_it(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    with StartEngine(environment | {"XDG_STATE_HOME": str(tmp_path / "state")})() as engine:
        assert engine.ask(Hello()).pid == engine.process.pid


def test_bad_input_is_no_fault(engine: Engine) -> None:
    assert engine.failure(Info("nowhere")).code == BAD_INPUT
