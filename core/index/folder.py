"""Getting an index folder ready to be written: a new one, one that goes on, or one that is finished."""

from __future__ import annotations

import errno
import glob
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from changeseek.core.errors import BadInputError, IndexFolderError, OtherIndexError
from changeseek.core.faults import DISK_FULL
from changeseek.core.index.files import disk_fault, write_text_whole
from changeseek.core.index.layout import TILES, manifest_path
from changeseek.core.index.manifest import IndexRecord, differences
from changeseek.core.index.stac import to_json
from changeseek.core.index.store import read_record

_FAULTS_OF_THE_DISK = (*DISK_FULL, errno.EIO)
_HIDDEN_BYTES = 4
_LEFT_FOR_GOOD = 600.0


@dataclass(frozen=True, slots=True)
class PreparedFolder:
    """A folder that holds the wanted index, in whatever state.

    Attributes:
        directory: The folder.
        record: What its index.json says; its plan is the one to follow.
        made: The outermost folder that this run made, None where it found the index there.
    """

    directory: Path
    record: IndexRecord
    made: Path | None


def prepare(directory: Path, wanted: IndexRecord) -> PreparedFolder:
    """Make the folder, or find the same index in it.

    Raises:
        IndexFolderError: Something else is there; it is not touched.
        MachineFaultError: The folder cannot be made.
    """
    found = existing(directory, wanted)
    if found is not None:
        return PreparedFolder(directory, found, made=None)
    try:
        return _make(directory, wanted)
    except OSError as error:
        if error.errno in _FAULTS_OF_THE_DISK:
            raise disk_fault(directory, error) from error
        raise IndexFolderError(
            f"{directory} cannot be made: {error.strerror}", "Name another folder"
        ) from error


@contextmanager
def undone_on_failure(folder: PreparedFolder) -> Iterator[None]:
    """Remove what this run made if the block fails on bad input, or before anything is worth keeping.

    Inside the writer's lock only: whoever does not hold it may not judge what lies in the folder.
    """

    def judge(_kind: object, error: BaseException | None, _trace: object) -> None:
        useless = not any((folder.directory / TILES).glob("part-*.parquet"))
        failed = error is not None and (useless or isinstance(error, BadInputError))
        if failed and folder.made is not None:
            _remove(folder.directory, folder.made)

    with ExitStack() as undo:
        undo.push(judge)
        yield


def existing(directory: Path, wanted: IndexRecord) -> IndexRecord | None:
    """The record of the wanted index if it lies there in whatever state, None where there is nothing.

    Raises:
        OtherIndexError: Another index is there.
        IndexFolderError: Something else is there, or no folder can be made there.
    """
    # Not by Path's own methods, which raise where a name is too long or a folder may not be entered.
    if not os.path.lexists(directory):
        _check_room_for(directory)
        return None
    try:
        found = read_record(directory)
    except IndexFolderError as error:
        raise IndexFolderError(
            f"{directory} exists and {error.message.removeprefix(f'{directory} ')}",
            "Name a folder that does not exist yet; nothing was touched",
        ) from error
    if other := differences(found, wanted):
        raise OtherIndexError(
            f"{directory} holds another index: {' and '.join(other)} differ",
            "Name another folder, or delete this one; nothing was touched",
        )
    return found


def _make(directory: Path, record: IndexRecord) -> PreparedFolder:
    """Make the folder with its index.json under another name first, so that it is an index from the start.

    Where another process makes the same index first, its folder is the one; nothing of it is touched.
    """
    made = _outermost_missing(directory)
    _sweep_beside(directory)
    unfinished = _hidden_beside(directory)
    with ExitStack() as undo:
        undo.callback(_remove_empty_parents, directory, made)
        undo.callback(shutil.rmtree, unfinished, ignore_errors=True)
        try:
            (unfinished / TILES).mkdir(parents=True)
            write_text_whole(manifest_path(unfinished), to_json(record))
            unfinished.rename(directory)
        except OSError:
            if os.path.exists(directory) and (found := existing(directory, record)) is not None:
                return PreparedFolder(directory, found, made=None)
            raise
        undo.pop_all()
    return PreparedFolder(directory, record, made)


def _hidden_beside(directory: Path) -> Path:
    """A name that no other process and no other thread takes."""
    return directory.with_name(f".{directory.name}.{secrets.token_hex(_HIDDEN_BYTES)}")


def _sweep_beside(directory: Path) -> None:
    """Remove what a killed run left under such a name; a living one has its folder for milliseconds."""
    for hidden in directory.parent.glob(f".{glob.escape(directory.name)}.{'[0-9a-f]' * 2 * _HIDDEN_BYTES}"):
        with suppress(OSError):
            if time.time() - hidden.stat().st_mtime > _LEFT_FOR_GOOD:
                shutil.rmtree(hidden, ignore_errors=True)


def _outermost_missing(directory: Path) -> Path:
    """The highest folder on the way to `directory` that does not exist yet."""
    missing = [directory, *(parent for parent in directory.parents if not os.path.exists(parent))]
    return missing[-1]


def _check_room_for(directory: Path) -> None:
    """Whether a folder could be made there, by what lies on the way to it."""
    above = next(parent for parent in directory.absolute().parents if os.path.exists(parent))
    if not above.is_dir():
        raise IndexFolderError(f"{directory} cannot be made: {above} is a file", "Name another folder")
    if not os.access(above, os.W_OK):
        raise IndexFolderError(
            f"{directory} cannot be made: no right to write into {above}", "Name another folder"
        )


def _remove(directory: Path, made: Path) -> None:
    """Remove an index with the folders made for it; at once for other processes, where the system can."""
    doomed = _hidden_beside(directory)
    try:
        directory.rename(doomed)
    except OSError:
        doomed = directory
    shutil.rmtree(doomed, ignore_errors=True)
    _remove_empty_parents(directory, made)


def _remove_empty_parents(directory: Path, made: Path) -> None:
    for folder in directory.parents:
        if not folder.is_relative_to(made):
            return
        with suppress(OSError):
            folder.rmdir()
