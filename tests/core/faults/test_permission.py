"""A folder that may not be read or written any more, before and while an index is written."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from changeseek.tests.core.faults.command import Undisturbed, end_of, identity, parts, wait_for

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="takes rights away as Linux knows them"),
    pytest.mark.timeout(1200),
]


@pytest.fixture
def like_anybody(undisturbed: Undisturbed) -> Undisturbed:
    """Commands without root's right to read and write everything."""
    if os.geteuid() != 0:
        return undisturbed
    if not shutil.which("setpriv"):
        pytest.skip("root may write everywhere, and there is no setpriv to take that away")
    without = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    return undisturbed._replace(scene=undisturbed.scene._replace(prefix=without))


def test_rights_lost_in_the_middle_keep_whole_parts_and_the_run_goes_on(
    like_anybody: Undisturbed, tmp_path: Path
) -> None:
    tiles = tmp_path / "i.csx" / "tiles"
    with like_anybody.scene.started(tmp_path / "i.csx") as process:
        assert wait_for((tiles / "part-00000.parquet").exists, process)
        tiles.chmod(0o555)
        end = end_of(process)
    assert end.code == 1
    assert "could not be written: Permission denied. Check the disk and your rights on it" in end.said
    tiles.chmod(0o755)
    assert 1 <= len(parts(tmp_path / "i.csx")) < 4
    assert parts(tmp_path / "i.csx").items() <= like_anybody.files.items()
    assert like_anybody.scene.run(tmp_path / "i.csx").code == 0
    assert identity(tmp_path / "i.csx") == like_anybody.files


@pytest.mark.long
def test_a_folder_that_may_not_be_written_or_read_is_bad_input(
    like_anybody: Undisturbed, tmp_path: Path
) -> None:
    tmp_path.chmod(0o555)
    end = like_anybody.scene.run(tmp_path / "i.csx")
    assert (end.code, "no right to write into" in end.said) == (2, True)
    tmp_path.chmod(0o755)
    (tmp_path / "i.csx").mkdir(mode=0o000)
    end = like_anybody.scene.run(tmp_path / "i.csx")
    (tmp_path / "i.csx").chmod(0o755)
    assert (end.code, "cannot be read" in end.said) == (2, True)
    assert list((tmp_path / "i.csx").iterdir()) == []
