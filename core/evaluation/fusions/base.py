"""The trained model whose image encoder, scene heads and text parts every fusion shares."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import torch

from changeseek.core.model.card import TOKENIZER_FILE, WEIGHTS_FILE, model_sha256, read_card
from changeseek.core.model.device import choose_device
from changeseek.core.model.loading import DEFAULT_MODEL, find_model
from changeseek.core.model.storage import load_into
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr

# What is learned anew for each fusion, the trained one too, so that none has a start before the others.
_FRESH = ("fusion.", "change_head.", "text_change_head.")


@dataclass(frozen=True, slots=True)
class Base:
    """A trained network that stays as it is.

    Attributes:
        name: Of the model.
        sha256: Of its weights.
        network: Frozen, on the device where all is computed.
        tokenizer: Of its text encoder.
    """

    name: str
    sha256: str
    network: TextItsr
    tokenizer: SentenceTokenizer

    @property
    def device(self) -> torch.device:
        """Where the network lies."""
        return self.network.difference_weight.device


def load_base(name_or_path: str | Path | None, device: str) -> Base:
    """Load and freeze a model.

    Raises:
        UnknownModelError: No model goes by that name and no model lies at that path.
        UnknownDeviceError: The device that was named is not there.
    """
    folder = find_model(name_or_path or DEFAULT_MODEL)
    card = read_card(folder)
    network = TextItsr(card.network)
    load_into(network, folder / WEIGHTS_FILE)
    network.eval().requires_grad_(False).to(choose_device(device))
    tokenizer = SentenceTokenizer(folder / TOKENIZER_FILE, card.network.text.longest)
    return Base(card.name, model_sha256(folder, card), network, tokenizer)


def with_fusion(base: Base, fusion: str, seed: int) -> TextItsr:
    """The base with another fusion, whose weights and heads are fresh and learn; all else stays frozen.

    The weight of the second half learns as well, for it says how much the first half is worth.

    Raises:
        UnknownModelError: There is no fusion of that name.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = TextItsr(replace(base.network.config, fusion=fusion))
    trained = {k: v for k, v in base.network.state_dict().items() if not k.startswith(_FRESH)}
    network.load_state_dict(trained, strict=False)
    for name, value in network.named_parameters():
        value.requires_grad_(name.startswith(_FRESH) or name == "difference_weight")
    return network.eval().to(base.device)
