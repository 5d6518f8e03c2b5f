"""Turns trained weights into a model folder: weights, card, tokenizer and the reference for hubs."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from changeseek.core.model.card import REFERENCE_FILE, TOKENIZER_FILE, WEIGHTS_FILE, ModelCard
from changeseek.core.model.storage import save_weights
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.samples import PairSample


def export_model(
    model: TextItsr, card: ModelCard, tokenizer_file: Path, reference: list[PairSample], folder: Path
) -> None:
    """Write a model folder.

    Args:
        model: Trained network.
        card: Its card.
        tokenizer_file: `tokenizer.json` of the text encoder.
        reference: Pairs balanced over meanings; their change vectors show which sentences are hubs.
        folder: Created where absent; files of the same names are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    save_weights(model.state_dict(), folder / WEIGHTS_FILE)
    save_weights({"changes": change_vectors(model, reference)}, folder / REFERENCE_FILE)
    shutil.copyfile(tokenizer_file, folder / TOKENIZER_FILE)
    card.write(folder)


@torch.inference_mode()
def change_vectors(model: TextItsr, samples: list[PairSample], batch: int = 64) -> Tensor:
    """Change vectors (N, D) of samples, without augmentation."""
    model.eval()
    found = []
    for start in range(0, len(samples), batch):
        chosen = samples[start : start + batch]
        before = model.tokens(_images([sample.before for sample in chosen]))
        after = model.tokens(_images([sample.after for sample in chosen]))
        found.append(model.change(before, after))
    return torch.cat(found)


def _images(patches: list[NDArray[np.uint8]]) -> Tensor:
    return torch.from_numpy(np.stack(patches)).float().div_(255)


def balanced(samples: list[PairSample], per_meaning: int) -> list[PairSample]:
    """At most so many samples of each meaning, or first caption where free words alone tell; in order.

    Samples with several truths are left out.
    """
    taken: dict[str, int] = {}
    chosen = []
    for sample in samples:
        key = sample.truths[0].key if sample.truths else sample.captions[0]
        if len(sample.truths) < 2 and taken.get(key, 0) < per_meaning:
            taken[key] = taken.get(key, 0) + 1
            chosen.append(sample)
    return chosen
