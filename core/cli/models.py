"""Which model a command uses, and where it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changeseek.core.cli.output import say
from changeseek.core.errors import UnknownModelError
from changeseek.core.index.manifest import ModelRecord

if TYPE_CHECKING:
    from changeseek.core.model.interface import PairModel

# Texts are embedded in milliseconds; waking a GPU for them would take seconds.
_TEXT_DEVICE = "cpu"


def say_device(model: PairModel, wished: str) -> None:
    """Say what a model runs on; a fall-back to the CPU aloud."""
    fell_back = wished == "auto" and model.device == "cpu"
    why = ": no GPU that torch can use was found" if fell_back else ""
    say(f"model {model.name} runs on {model.device}{why}")


def model_of_index(record: ModelRecord) -> PairModel:
    """The model that an index was built with, for its texts.

    Raises:
        UnknownModelError: It is not here, or has other weights or sizes by now.
    """
    from changeseek.core.model.loading import load_model

    model = load_model(record.name, _TEXT_DEVICE)
    if not record.is_same_model(ModelRecord.of(model)):
        raise UnknownModelError(
            f"model {record.name} has other weights or sizes than when the index was built",
            "Bring the old model back, or build the index again",
        )
    return model
