"""Finds a model by name or path and puts it on a device."""

from __future__ import annotations

from pathlib import Path

from changeseek.core.errors import UnknownModelError
from changeseek.core.model.card import CARD_FILE, ModelCard, read_card
from changeseek.core.model.device import choose_device
from changeseek.core.model.embedded import EmbeddedModel
from changeseek.core.model.interface import PairModel

MODELS_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "models"
DEFAULT_MODEL = "embedded"


def load_model(name_or_path: str | Path | None = None, device: str = "auto") -> PairModel:
    """Load a model.

    Args:
        name_or_path: A name that `available_models` lists, or a model's folder; None for the embedded model.
        device: `auto` or a torch device.

    Raises:
        UnknownModelError: No model goes by that name and no model lies at that path.
        UnknownDeviceError: The device that was named is not there.
    """
    folder = find_model(name_or_path or DEFAULT_MODEL)
    own = folder.parent == MODELS_FOLDER
    return EmbeddedModel(folder, folder.name if own else str(folder.resolve()), choose_device(device))


def find_model(name_or_path: str | Path) -> Path:
    """Folder of the model of that name or at that path."""
    for folder in (MODELS_FOLDER / str(name_or_path), Path(name_or_path)):
        if (folder / CARD_FILE).is_file():
            return folder
    names = ", ".join(card.name for card in available_models())
    raise UnknownModelError(f"there is no model {str(name_or_path)!r}", f"Known models: {names or 'none'}")


def available_models() -> list[ModelCard]:
    """Cards of the models that come with the product."""
    return [read_card(file.parent) for file in sorted(MODELS_FOLDER.glob(f"*/{CARD_FILE}"))]
