from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from changeseek.core.errors import IndexBusyError, MachineFaultError
from changeseek.core.index.layout import LOCK
from changeseek.core.index.lock import writer_lock, writer_of

HOLD = """
import sys, time
from pathlib import Path
from changeseek.core.index.lock import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    with (
        writer_lock(tmp_path),
        pytest.raises(IndexBusyError, match=f"process {os.getpid()} on "),
        writer_lock(tmp_path),
    ):
        pass


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    with writer_lock(tmp_path):
        pass
    with writer_lock(tmp_path):
        pass


@pytest.mark.skipif(os.name != "posix", reason="kills a process as POSIX does")
def test_the_lock_of_a_killed_writer_is_free(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(IndexBusyError, match=f"process {holder.pid} on "), writer_lock(tmp_path):
            pass
        assert str(writer_of(tmp_path)).startswith(f"process {holder.pid} on ")
        holder.send_signal(signal.SIGKILL)
    assert writer_of(tmp_path) is None
    with writer_lock(tmp_path):
        pass


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / LOCK).mkdir()
    with pytest.raises(MachineFaultError, match="could not be written"), writer_lock(tmp_path):
        pass
