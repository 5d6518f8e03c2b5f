from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]
RED_TILE, QUIET_TILE = "r002c003", "r000c000"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "bank.tsv"
    path.write_text(
        "red came\t-> red\nred is here now\t-> red\nblue came\t-> blue\ngreen came\t-> green\n"
        "nothing has changed\tnothing\n"
    )
    return path


def test_captions_are_ranked_as_the_contract_has_them(cli: Cli, indexed: Path, bank: Path) -> None:
    found = cli("caption", indexed, RED_TILE, "--bank", bank, "-k", 3, "--json").json
    assert found["tile_id"] == RED_TILE
    assert [caption.keys() for caption in found["captions"]] == [{"rank", "caption", "score"}] * 3
    assert [caption["rank"] for caption in found["captions"]] == [1, 2, 3]
    assert found["captions"][0]["caption"].startswith("red")
    assert len([caption for caption in found["captions"] if caption["caption"].startswith("red")]) == 1


def test_a_tile_where_nothing_happened_says_so(cli: Cli, indexed: Path, bank: Path) -> None:
    outcome = cli("caption", indexed, QUIET_TILE, "--bank", bank)
    assert outcome.out.splitlines()[1].split(maxsplit=2)[2].strip() == "nothing has changed"
