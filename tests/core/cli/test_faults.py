"""What the machine does to a build: one line, exit code 1, whole parts, the same bytes later."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from changeseek.core.index import build, plan
from changeseek.core.tiling.reader import read_patches

Cli = Callable[..., Any]
FULL_MEMORY = "changeseek: the memory is full. End other programs and run the same command again"


class Half(NamedTuple):
    """A build of four parts that can be harmed once its first part is written."""

    command: tuple[object, ...]
    directory: Path
    rasters: tuple[Path, Path]
    undisturbed: dict[str, bytes]

    def parts(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.directory / "tiles").iterdir()}


def contents(index: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in [index / "index.json", *(index / "tiles").iterdir()]}


@pytest.fixture
def half(cli: Cli, rasters: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Half:
    monkeypatch.setattr(plan, "TILES_A_PART", 5)
    own = Path(shutil.copy2(rasters[0], tmp_path)), Path(shutil.copy2(rasters[1], tmp_path))
    command = ("index", *own, "--tile", 16)
    assert cli(*command, "-o", tmp_path / "whole.csx").code == 0
    directory = tmp_path / "i.csx"
    return Half((*command, "-o", directory), directory, own, contents(tmp_path / "whole.csx"))


def goes_on(cli: Cli, half: Half) -> None:
    """The first part is kept, and the same command ends with the bytes of an undisturbed build."""
    assert half.parts() == {"part-00000.parquet": half.undisturbed["part-00000.parquet"]}
    assert cli(*half.command).code == 0
    assert contents(half.directory) == half.undisturbed


@pytest.mark.parametrize(
    "error",
    [MemoryError(), RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: 9 bytes")],
    ids=["numpy", "torch"],
)
def test_a_full_memory(cli: Cli, half: Half, colour_model: Any, error: Exception) -> None:
    def starved(*patches: Any) -> Any:
        if any((half.directory / "tiles").glob("part-*")):
            raise error
        return embed(*patches)

    embed, colour_model.embed_pairs = colour_model.embed_pairs, starved
    outcome = cli(*half.command)
    colour_model.embed_pairs = embed
    assert (outcome.code, outcome.err.splitlines()[-1]) == (1, FULL_MEMORY)
    goes_on(cli, half)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (Path.unlink, "has gone"),
        (lambda path: path.write_bytes(path.read_bytes()[:2000]), "could not be read"),
    ],
    ids=["vanishes", "is cut short"],
)
def test_a_raster_that_is_lost_in_the_middle(
    cli: Cli,
    half: Half,
    colour_model: Any,
    monkeypatch: pytest.MonkeyPatch,
    harm: Callable[[Path], object],
    words: str,
) -> None:
    interrupt_after_a_part(cli, half, colour_model)
    raster = half.rasters[1]
    kept = shutil.copy2(raster, raster.with_suffix(".kept"))

    def lost(*arguments: Any, **options: Any) -> Any:
        harm(raster)
        return read_patches(*arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr(build, "read_patches", lost)
        outcome = cli(*half.command)
    assert outcome.code == 1
    assert words in outcome.err.splitlines()[-1]
    assert "run the same again to go on" in outcome.err.splitlines()[-1]
    shutil.copy2(kept, raster)
    goes_on(cli, half)


def interrupt_after_a_part(cli: Cli, half: Half, colour_model: Any) -> None:
    def interrupted(*patches: Any) -> Any:
        if any((half.directory / "tiles").glob("part-*")):
            raise KeyboardInterrupt
        return embed(*patches)

    embed, colour_model.embed_pairs = colour_model.embed_pairs, interrupted
    assert cli(*half.command).code == 130
    colour_model.embed_pairs = embed
