"""Writes a model whose weights are the mean of those of others, trained from one another.

Usage: .venv/bin/python tools/mean_of_models.py OUT MODEL MODEL ...     (card and tokenizer of the last)
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from changeseek.core.model.card import REFERENCE_FILE, WEIGHTS_FILE, read_card
from changeseek.core.model.storage import load_weights, save_weights


def main() -> None:
    """Average all weights, and the reference pairs' vectors, which must be of the same pairs."""
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    out, *folders = (Path(argument) for argument in sys.argv[1:])
    weights = _mean([load_weights(folder / WEIGHTS_FILE) for folder in folders])
    changes = _mean([load_weights(folder / REFERENCE_FILE) for folder in folders])["changes"]
    card = read_card(folders[-1])
    shutil.copytree(folders[-1], out)
    save_weights(weights, out / WEIGHTS_FILE)
    save_weights({"changes": F.normalize(changes, dim=1)}, out / REFERENCE_FILE)
    replace(card, recipe={"mean_of": [folder.name for folder in folders]}, figures={}).write(out)


def _mean(models: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """What is a number with a fraction is averaged; counts are the last model's."""
    return {
        name: torch.stack([model[name].float() for model in models]).mean(0)
        if value.is_floating_point()
        else value
        for name, value in models[-1].items()
    }


if __name__ == "__main__":
    main()
