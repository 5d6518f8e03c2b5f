"""A run that is killed or interrupted at any moment, and the same command again: the same bytes."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from changeseek.core.index.store import open_index
from changeseek.tests.core.faults.command import Ended, Undisturbed, Watch, end_of, identity, parts, wait_for

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="sends signals as POSIX knows them"),
    pytest.mark.timeout(1200),  # three starts of the real command, on a machine that may be busy
]

KILLS = [*range(5), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(5, 35))]
INTERRUPTS = [100, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(101, 111))]
_MOST_DRAWS = 5


def stopped(undisturbed: Undisturbed, folder: Path, seed: int, number: signal.Signals) -> Ended:
    """Send a signal to a run at a moment that chance chooses: after so many changes of the folder."""
    chance = np.random.default_rng(seed)
    directory = folder / "i.csx"
    for _ in range(_MOST_DRAWS):
        wanted = int(chance.integers(1, undisturbed.changes + 1))
        with undisturbed.scene.started(directory) as process:
            in_time = wait_for(partial(Watch(folder).reached, wanted), process)
            process.send_signal(number)
            end = end_of(process)
        sys.stdout.write(
            f"seed {seed}, {number.name} after change {wanted} of {undisturbed.changes}: {end}\n"
        )
        if in_time and end.code != 0:
            return end
        shutil.rmtree(directory)
    raise AssertionError("every run was over before the signal came")


@pytest.fixture
def heeded() -> Iterator[None]:
    """What a shell starts in the background ignores interrupts, and so would every command that it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("seed", KILLS)
def test_a_killed_run_goes_on_to_the_same_bytes(undisturbed: Undisturbed, tmp_path: Path, seed: int) -> None:
    assert stopped(undisturbed, tmp_path, seed, signal.SIGKILL).code == -signal.SIGKILL
    kept = parts(tmp_path / "i.csx")
    assert kept.items() <= undisturbed.files.items()
    assert undisturbed.scene.run(tmp_path / "i.csx").code == 0
    assert identity(tmp_path / "i.csx") == undisturbed.files
    assert len(open_index(tmp_path / "i.csx")) == 1024


@pytest.mark.usefixtures("heeded")
@pytest.mark.parametrize("seed", INTERRUPTS)
def test_an_interrupted_run_says_so_and_goes_on_to_the_same_bytes(
    undisturbed: Undisturbed, tmp_path: Path, seed: int
) -> None:
    end = stopped(undisturbed, tmp_path, seed, signal.SIGINT)
    assert end == (130, "changeseek: interrupted. Run the same command again: finished parts are kept")
    kept = identity(tmp_path / "i.csx")
    assert {name: kept[name] for name in kept if name != "index.json"}.items() <= undisturbed.files.items()
    assert len(kept) != 1, "a folder without a part is not kept"
    assert undisturbed.scene.run(tmp_path / "i.csx").code == 0
    assert identity(tmp_path / "i.csx") == undisturbed.files
