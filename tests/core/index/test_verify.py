"""Every part that is not what was written is found, whatever became of it, and can be made anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from changeseek.core.errors import IndexFolderError
from changeseek.core.index.layout import part_path
from changeseek.core.index.problems import verify
from changeseek.core.index.store import Index, open_index
from changeseek.core.index.verify import DamagedPart, damaged_parts, written_part
from changeseek.core.model.interface import PairEmbeddings
from changeseek.tests.core.index.conftest import write_index


@pytest.fixture
def index(random_vectors: PairEmbeddings, tmp_path: Path) -> Index:
    """An index of one part that knows what the part must be."""
    made = write_index(tmp_path / "made.csx", random_vectors)
    made.record = replace(made.record, written=(written_part(part_path(made.directory, 0)),))
    return made


@pytest.fixture
def part(index: Index) -> Path:
    return part_path(index.directory, 0)


def test_a_whole_index_has_no_damage(index: Index) -> None:
    assert damaged_parts(index.directory, index.record) == []


def turn_over_a_bit(part: Path, place: int) -> None:
    content = bytearray(part.read_bytes())
    content[place] ^= 4
    part.write_bytes(content)


def test_a_single_bit_is_noticed_wherever_it_turns_over(index: Index, part: Path) -> None:
    size = part.stat().st_size
    for place in range(0, size, size // 12):
        turn_over_a_bit(part, place)
        assert damaged_parts(index.directory, index.record) == [DamagedPart(part, "damaged")]
        turn_over_a_bit(part, place)
    assert damaged_parts(index.directory, index.record) == []


def test_a_bit_among_the_vectors_is_not_searched_as_if_it_were_one(index: Index, part: Path) -> None:
    columns = pq.read_metadata(part).row_group(0)
    change = columns.column(columns.num_columns - 1)
    turn_over_a_bit(part, change.data_page_offset + change.total_compressed_size - 9)
    damaged = open_index(index.directory)
    with pytest.raises(IndexFolderError, match=r"part-00000\.parquet is damaged\. Run the same"):
        damaged.vectors("change")


def test_a_missing_and_a_shortened_part_are_told_apart(index: Index, part: Path) -> None:
    part.write_bytes(part.read_bytes()[:-1])
    assert damaged_parts(index.directory, index.record) == [DamagedPart(part, "damaged")]
    part.unlink()
    assert damaged_parts(index.directory, index.record) == [DamagedPart(part, "missing")]


def test_of_an_index_without_checksums_it_is_looked_at_whether_its_parts_open(
    index: Index, part: Path
) -> None:
    older = replace(index.record, written=())
    assert verify(index.directory, older).checked == "that each part opens"
    assert damaged_parts(index.directory, older) == []
    part.write_bytes(part.read_bytes()[:-1])
    assert damaged_parts(index.directory, older) == [DamagedPart(part, "damaged")]
