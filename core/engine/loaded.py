"""The models that the engine keeps loaded, and what it has measured of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from changeseek.core.engine.remembered import Remembered, Stamp, stamp

if TYPE_CHECKING:
    from changeseek.core.index.manifest import ModelRecord
    from changeseek.core.model.card import ModelCard
    from changeseek.core.model.interface import PairModel

_MOST = 4


class LoadedModels:
    """Models by folder and device; for any thread."""

    def __init__(self) -> None:
        self._models: Remembered[PairModel] = Remembered(_MOST)
        self._records: Remembered[ModelRecord] = Remembered(_MOST)
        self._seconds: Remembered[float] = Remembered(16 * _MOST)

    def get(self, name: str, device: str) -> PairModel:
        """A model on a device; an empty name means the one that comes with the product.

        Raises:
            UnknownModelError: No model goes by that name or lies at that path.
            UnknownDeviceError: The device that was named is not there.
        """
        from changeseek.core.model.device import choose_device
        from changeseek.core.model.loading import load_model

        folder = _find(name)
        processor = str(choose_device(device))
        key = (folder, _stamp(folder), processor)
        return self._models.get(key, lambda: load_model(name or None, processor))

    def card(self, name: str) -> ModelCard:
        """What a model says of itself.

        Raises:
            UnknownModelError: There is none, or it cannot be read.
        """
        from changeseek.core.model.card import read_card

        return read_card(_find(name))

    def has(self, record: ModelRecord) -> bool:
        """Whether the very model that an index was built with is here, so that texts can be asked."""
        from changeseek.core.errors import UnknownModelError
        from changeseek.core.index.text_model import model_record

        try:
            folder = _find(record.name)
            here = self._records.get((folder, _stamp(folder)), lambda: model_record(folder))
        except UnknownModelError:
            return False
        return here.is_same_model(record)

    def seconds_a_tile(self, model: PairModel, tile: int) -> float:
        """Seconds a tile that a build will take, measured once."""
        return self._seconds.get((model.sha256, model.device, tile), lambda: _measured(model, tile))


def _find(name: str) -> Path:
    from changeseek.core.model.loading import DEFAULT_MODEL, find_model

    return find_model(name or DEFAULT_MODEL).absolute()


def _stamp(folder: Path) -> tuple[Stamp | None, ...]:
    from changeseek.core.model.card import CARD_FILE, WEIGHTS_FILE

    return stamp(folder / CARD_FILE), stamp(folder / WEIGHTS_FILE)


def _measured(model: PairModel, tile: int) -> float:
    """In a thread of its own, which may use all cores as a build does; what the model raises is raised."""
    from changeseek.core.index.estimate import seconds_a_tile
    from changeseek.core.model.threads import use_all_cores

    with ThreadPoolExecutor(1, "changeseek-measuring", initializer=use_all_cores) as thread:
        return thread.submit(seconds_a_tile, model, tile).result()
