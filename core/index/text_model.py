"""The model that an index was built with, for the texts that are asked of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from changeseek.core.errors import UnknownModelError
from changeseek.core.index.manifest import ModelRecord
from changeseek.core.model.interface import PairModel

# Texts are embedded in milliseconds; waking a GPU for them would take seconds.
TEXT_DEVICE = "cpu"

Load = Callable[[str, str], PairModel]


def text_model(record: ModelRecord, load: Load | None = None) -> PairModel:
    """The model that an index was built with.

    Args:
        record: What the index says of it.
        load: Gives the model of a name on a device; None loads it anew.

    Raises:
        UnknownModelError: It is not here, or has other weights or sizes by now.
    """
    model = (load or _load)(record.name, TEXT_DEVICE)
    if not record.is_same_model(ModelRecord.of(model)):
        raise UnknownModelError(
            f"model {record.name} has other weights or sizes than when the index was built",
            "Bring the old model back, or build the index again",
        )
    return model


def model_record(folder: Path) -> ModelRecord:
    """What would be recorded of the model in a folder, without loading it.

    Raises:
        UnknownModelError: The folder holds no model.
    """
    from changeseek.core.model.card import model_sha256, read_card

    card = read_card(folder)
    return ModelRecord(
        card.name, model_sha256(folder, card), card.network.dimensions, card.network.patch_size
    )


def _load(name: str, device: str) -> PairModel:
    from changeseek.core.model.loading import load_model

    return load_model(name, device)
