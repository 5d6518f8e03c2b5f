"""The folder of a training run: what lies where, and whether a run begins, goes on or is finished."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from changeseek.core.errors import OtherRunError, TrainingConfigError
from changeseek.core.index.files import disk_fault, write_text_whole
from changeseek.core.model.card import WEIGHTS_FILE
from changeseek.core.training.config import RunConfig
from changeseek.core.training.config_file import load_config, save_config

# May differ when a run goes on: where it computes and how often it saves change nothing that it learns.
_FREE = ("device", "checkpoint_every")
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class RunFolder:
    """A run's files.

    Attributes:
        path: The folder.
    """

    path: Path

    @property
    def config(self) -> Path:
        """All that the run was told, as TOML."""
        return self.path / "config.toml"

    @property
    def metrics(self) -> Path:
        """Losses and validations, JSON lines."""
        return self.path / "metrics.jsonl"

    @property
    def curves(self) -> Path:
        """The same as a picture."""
        return self.path / "curves.png"

    @property
    def checkpoint(self) -> Path:
        """To go on from; gone when the run is finished."""
        return self.path / "checkpoint.safetensors"

    @property
    def best(self) -> Path:
        """Averaged weights of the best validation, in full precision."""
        return self.path / "best.safetensors"

    @property
    def summary(self) -> Path:
        """How the run ended, JSON; there only when it is finished."""
        return self.path / "summary.json"

    @property
    def model(self) -> Path:
        """The model's folder, what training on pairs is for."""
        return self.path / "model"

    @property
    def weights(self) -> Path:
        """The network's weights, what training the encoder is for."""
        return self.path / WEIGHTS_FILE

    @property
    def finished(self) -> bool:
        """Whether all was learned and written."""
        return self.summary.is_file()

    def make(self) -> None:
        """Make the folder.

        Raises:
            TrainingConfigError: It cannot be made there.
            MachineFaultError: The disk is full or faulty.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except (PermissionError, NotADirectoryError, FileExistsError) as error:
            raise TrainingConfigError(
                f"{self.path} cannot be made: {error.strerror}", "Name another folder"
            ) from error
        except OSError as error:
            raise disk_fault(self.path, error) from error

    def begin(self, config: RunConfig) -> None:
        """Remove what an earlier run left, and write the config.

        Raises:
            MachineFaultError: The folder cannot be written.
        """
        try:
            for file in (self.summary, self.checkpoint, self.best, self.metrics, self.curves):
                file.unlink(missing_ok=True)
        except OSError as error:
            raise disk_fault(self.path, error) from error
        save_config(config, self.config)

    def finish(self, summary: dict[str, Any]) -> None:
        """Say how the run ended, and remove what is needed to go on only."""
        write_text_whole(self.summary, json.dumps(summary, indent=1) + "\n")
        self.checkpoint.unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other trainings out of the folder while the block runs.

        Raises:
            OtherRunError: One is at work there.
        """
        lock = FileLock(self.path / _LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise OtherRunError(
                f"another training is at work in {self.path}", "Wait for it, or name another folder"
            ) from None
        try:
            yield
        finally:
            lock.release()


def run_to_go_on(path: Path, config: RunConfig) -> RunFolder | None:
    """The run of that config that lies at `path`, finished or not; None where there is none at all.

    Raises:
        OtherRunError: A run of another config lies there.
    """
    folder = RunFolder(path)
    if not folder.config.is_file():
        return None
    try:
        found = load_config(type(config), folder.config, {})
    except TrainingConfigError as error:
        raise _other(path, error.message) from error
    for one in fields(config):
        was, wanted = getattr(found, one.name), _absolute(getattr(config, one.name))
        if was != wanted and one.name not in _FREE:
            raise _other(path, f"its {one.name} is {was}, not {wanted}")
    return folder


def _absolute(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_absolute(one) for one in value)
    return value.resolve() if isinstance(value, Path) else value


def _other(path: Path, why: str) -> OtherRunError:
    return OtherRunError(
        f"{path} holds another training run: {why}",
        "Name another folder, ask for the same again to go on, or give --fresh to replace it",
    )
