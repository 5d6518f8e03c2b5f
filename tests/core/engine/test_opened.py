"""What is kept open between two questions."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import numpy as np

from changeseek.core.engine.opened import Opened
from changeseek.core.index.layout import TILES
from changeseek.core.model.interface import PairEmbeddings
from changeseek.tests.core.index.conftest import write_index


def some_index(directory: Path) -> str:
    vectors = np.eye(4, dtype=np.float32)
    write_index(directory, PairEmbeddings(vectors, vectors, vectors))
    return str(directory)


def prepared() -> None:
    """Wait for what prepares."""
    for thread in threading.enumerate():
        if thread.name == "changeseek-preparing":
            thread.join()


def test_an_index_is_prepared_each_time_that_it_is_opened(tmp_path: Path) -> None:
    opened, folders = Opened(), [some_index(tmp_path / f"{name}.csx") for name in "abc"]
    # The last look opens the first anew: more than two are not kept.
    for folder in (*folders, folders[0]):
        index = opened.index(folder)
        opened.prepare(index)
        prepared()
    shutil.rmtree(Path(folders[0]) / TILES)
    assert len(index.vectors("before")) == len(index.vectors("after")) == 4
