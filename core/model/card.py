"""Model cards: what a model is, how it was trained, what it may be used for."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from changeseek.core.errors import UnknownModelError
from changeseek.core.model.text_encoder import TextEncoderConfig
from changeseek.core.model.text_itsr import TextItsrConfig

CARD_FILE = "card.json"
WEIGHTS_FILE = "weights.safetensors"
TOKENIZER_FILE = "tokenizer.json"
REFERENCE_FILE = "reference.safetensors"


@dataclass(frozen=True, slots=True)
class ModelCard:
    """The JSON card beside a model's weights.

    Attributes:
        name: By which users ask for it: the name of its folder.
        summary: One sentence.
        licence: Of the weights.
        network: Sizes of the network.
        ground_sample_distance: Metres a pixel that the model has seen, smallest and largest.
        data: What it was trained on, with licences.
        recipe: How it was trained.
        figures: Measured results by name, each beside the command that measured it.
        limits: What it cannot do.
    """

    name: str
    summary: str
    licence: str
    network: TextItsrConfig
    ground_sample_distance: tuple[float, float]
    data: tuple[str, ...] = ()
    recipe: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)
    limits: tuple[str, ...] = ()

    def write(self, folder: Path) -> None:
        """Write `card.json` into the model's folder."""
        fields = asdict(self)
        del fields["name"]
        text = json.dumps(fields, indent=2, ensure_ascii=False)
        (folder / CARD_FILE).write_text(text + "\n", encoding="utf-8")


def read_card(folder: Path) -> ModelCard:
    """The card of the model in `folder`.

    Raises:
        UnknownModelError: There is no card, or it is not one that this version understands.
    """
    file = folder / CARD_FILE
    try:
        fields = json.loads(file.read_text(encoding="utf-8"))
        network = fields.pop("network")
        text = TextEncoderConfig(**network.pop("text"))
        network["image_widths"] = tuple(network["image_widths"])
        distances = tuple(fields.pop("ground_sample_distance"))
        data, limits = tuple(fields.pop("data")), tuple(fields.pop("limits"))
        sizes = TextItsrConfig(text=text, **network)
        return ModelCard(
            folder.name, network=sizes, ground_sample_distance=distances, data=data, limits=limits, **fields
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        advice = "Run `changeseek models` to see the models at hand"
        raise UnknownModelError(f"{folder} holds no model: its {CARD_FILE} cannot be read", advice) from error


def model_sha256(folder: Path, card: ModelCard) -> str:
    """Hash of all that its vectors depend on: sizes, weights and tokenizer; hexadecimal.

    Raises:
        UnknownModelError: One of its files cannot be read.
    """
    digest = hashlib.sha256(json.dumps(asdict(card.network), sort_keys=True).encode())
    for name in (WEIGHTS_FILE, TOKENIZER_FILE):
        try:
            digest.update((folder / name).read_bytes())
        except OSError as error:
            raise UnknownModelError(
                f"{folder} holds no whole model: its {name} cannot be read",
                "Restore the model's folder, or name another model",
            ) from error
    return digest.hexdigest()
