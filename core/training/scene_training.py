"""Teaches the image encoder what lies on the ground, from classified single images and the classes' names.

Pairs of dates come later: an encoder that knows an overpass from a crossing needs less change to learn from.
The loss compares an image with one random wording of each class of its own data set, so that classes of two
data sets that overlap ("river", "sea or lake") never push each other away.
"""

from __future__ import annotations

import copy
import json
import logging
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from changeseek.core.ahead import run_ahead
from changeseek.core.model.heads import ProjectionHead
from changeseek.core.model.text_encoder import SentenceTokenizer, sentence_mean
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.scene_augment import augment_scenes
from changeseek.core.training.scene_images import UNKNOWN, SceneImages
from changeseek.core.training.scene_phrases import FRAMES, LABEL_NAMES
from changeseek.core.training.train import one_cycle, save_checkpoint

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SceneTrainingConfig:
    """How long and how hard.

    Attributes:
        steps: Batches at most.
        minutes: End after so long; None for no limit. Only a run without a limit is repeatable to the bit.
        batch: Images in a batch.
        learning_rate: Peak of the one-cycle schedule.
        weight_decay: AdamW's.
        smoothing: Of the class targets.
        average: Decay of the averaged weights, which are what is kept.
        leave_out: Keys of concepts that are not learned, to see later how the model does without.
        seed: Everything random follows from it.
    """

    steps: int = 20000
    minutes: float | None = None
    batch: int = 96
    learning_rate: float = 2e-3
    weight_decay: float = 0.05
    smoothing: float = 0.1
    average: float = 0.998
    leave_out: tuple[str, ...] = ()
    seed: int = 0


class SceneBatch(NamedTuple):
    """Images (B, 3, P, P) float32, their classes (B,), labels (B, L) int8 and the rows of each data set."""

    images: Tensor
    classes: Tensor
    labels: Tensor
    rows: tuple[slice, ...]


class PhraseMeans:
    """Sentence means of all wordings, (V, W) for each name, read once by the frozen text encoder."""

    def __init__(self, model: TextItsr, tokenizer: SentenceTokenizer, names: list[tuple[str, ...]]) -> None:
        self._means = [self._read(model, tokenizer, wordings) for wordings in names]

    @staticmethod
    @torch.no_grad()
    def _read(model: TextItsr, tokenizer: SentenceTokenizer, wordings: tuple[str, ...]) -> Tensor:
        texts = [frame.format(wording) for wording in wordings for frame in dict.fromkeys(FRAMES)]
        ids, mask = tokenizer(texts)
        return sentence_mean(model.text_states(ids, mask), mask).float()

    def draw(self, chance: random.Random) -> Tensor:
        """One wording of each name, (C, W)."""
        return torch.stack([means[chance.randrange(len(means))] for means in self._means])

    def usual(self) -> Tensor:
        """The first wording of each name, (C, W)."""
        return torch.stack([means[0] for means in self._means])


def scene_batches(sets: list[SceneImages], size: int, config: SceneTrainingConfig) -> Iterator[SceneBatch]:
    """Augmented batches with a fixed share of each data set, drawn ahead by a thread."""
    chance = np.random.default_rng(config.seed)
    light = torch.Generator().manual_seed(config.seed)
    total = sum(one.share for one in sets)
    counts = [max(1, round(config.batch * one.share / total)) for one in sets]
    return run_ahead(
        lambda: (_scene_batch(sets, counts, size, chance, light) for _ in range(config.steps)), ahead=3
    )


def _scene_batch(
    sets: list[SceneImages], counts: list[int], size: int, chance: np.random.Generator, light: torch.Generator
) -> SceneBatch:
    images, classes, labels, rows, start = [], [], [], [], 0
    for one, count in zip(sets, counts, strict=True):
        chosen = chance.integers(len(one.images), size=count)
        images.append(augment_scenes(one.images[chosen], size, light))
        classes.append(one.classes[chosen])
        labels.append(one.labels[chosen])
        rows.append(slice(start, start + count))
        start += count
    return SceneBatch(
        torch.cat(images),
        torch.from_numpy(np.concatenate(classes)),
        torch.from_numpy(np.concatenate(labels)),
        tuple(rows),
    )


class SceneLosses(nn.Module):
    """Class by name and labels by name, with their learned scales."""

    def __init__(self, smoothing: float) -> None:
        super().__init__()
        self._smoothing = smoothing
        self.class_scale = nn.Parameter(torch.tensor(2.7))
        self.label_scale = nn.Parameter(torch.tensor(2.3))
        self.label_bias = nn.Parameter(torch.tensor(-3.0))

    def forward(
        self, scenes: Tensor, batch: SceneBatch, names: list[Tensor], labels: Tensor
    ) -> dict[str, Tensor]:
        """Losses by name; `scenes` (B, D), `names` (C, D) for each data set, `labels` (L, D), unit length."""
        scale = self.class_scale.exp().clamp(max=60)
        classes = [
            F.cross_entropy(
                scenes[rows] @ known.T * scale, batch.classes[rows], label_smoothing=self._smoothing
            )
            * (rows.stop - rows.start)
            for rows, known in zip(batch.rows, names, strict=True)
        ]
        logits = scenes @ labels.T * self.label_scale.exp() + self.label_bias
        known = batch.labels != UNKNOWN
        wrong = F.binary_cross_entropy_with_logits(
            logits, batch.labels.clamp(min=0).float(), reduction="none"
        )
        return {
            "class": torch.stack(classes).sum() / len(scenes),
            "label": (wrong * known).sum() / known.sum().clamp(min=1),
        }


class SceneLessons(nn.Module):
    """What one step of training may ask about single images; its scales are learned with the network.

    Args:
        model: Has the text encoder that reads the names.
        tokenizer: Its tokenizer.
        sets: Classified images.
        config: Batch, smoothing and seed; `steps` batches are drawn.
    """

    def __init__(
        self,
        model: TextItsr,
        tokenizer: SentenceTokenizer,
        sets: list[SceneImages],
        config: SceneTrainingConfig,
    ) -> None:
        super().__init__()
        self.names = [PhraseMeans(model, tokenizer, list(one.names)) for one in sets]
        self._labels = PhraseMeans(model, tokenizer, list(LABEL_NAMES.values()))
        self._losses = SceneLosses(config.smoothing)
        self._chance = random.Random(config.seed)
        self._supply = scene_batches(sets, model.config.patch_size, config)

    def forward(self, model: TextItsr) -> dict[str, Tensor]:
        """Losses by name of the next batch."""
        batch = next(self._supply)
        with torch.autocast("cpu", torch.bfloat16):
            tokens = model.tokens(batch.images.contiguous(memory_format=torch.channels_last))
            scenes = model.scene(tokens)
        names = [_project(model.text_scene_head, one.draw(self._chance)) for one in self.names]
        labels = _project(model.text_scene_head, self._labels.draw(self._chance))
        found: dict[str, Tensor] = self._losses(scenes.float(), batch, names, labels)
        return found


def hold_out(sets: list[SceneImages]) -> tuple[list[SceneImages], list[SceneImages]]:
    """Keep every tenth image back, to see how the training goes."""
    kept = [np.arange(len(one.images)) % 10 == 7 for one in sets]
    learned = [one.chosen(~rows) for one, rows in zip(sets, kept, strict=True)]
    return learned, [one.chosen(rows) for one, rows in zip(sets, kept, strict=True)]


def train_scenes(
    model: TextItsr,
    lessons: SceneLessons,
    held_out: list[SceneImages],
    config: SceneTrainingConfig,
    folder: Path,
) -> None:
    """Train image encoder and scene heads in place; `metrics.jsonl` and checkpoints go into `folder`."""
    model.text_encoder.eval().requires_grad_(False)
    learned = list(nn.ModuleList([*_taught(model), lessons]).parameters())
    optimizer = torch.optim.AdamW(learned, config.learning_rate, weight_decay=config.weight_decay)
    average = copy.deepcopy(model)
    model.image_encoder.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    started, step, share = time.monotonic(), 0, 0.0
    with (folder / "metrics.jsonl").open("w", encoding="utf-8") as metrics:
        while share < 1:
            step += 1
            model.train()
            found = lessons(model)
            optimizer.zero_grad(set_to_none=True)
            (found["class"] + found["label"]).backward()
            nn.utils.clip_grad_norm_(learned, 2.0)
            elapsed = time.monotonic() - started
            share = max(step / config.steps, elapsed / (60 * config.minutes) if config.minutes else 0.0)
            optimizer.param_groups[0]["lr"] = config.learning_rate * one_cycle(share)
            optimizer.step()
            _follow(average, model, min(config.average, (1 + step) / (10 + step)))
            if step % 50 == 0 or share >= 1:
                row = {name: round(value.item(), 4) for name, value in found.items()}
                row |= {"step": step, "images_per_second": round(config.batch * step / elapsed, 1)}
                if step % 1000 == 0 or share >= 1:
                    row |= {"accuracy": accuracy(average, lessons.names, held_out)}
                    save_checkpoint(average, folder / "checkpoint.safetensors")
                metrics.write(json.dumps(row) + "\n")
                metrics.flush()
    model.load_state_dict(average.state_dict())


def _project(head: ProjectionHead, means: Tensor) -> Tensor:
    return F.normalize(head(means), dim=1)


@torch.no_grad()
def _follow(average: TextItsr, model: TextItsr, decay: float) -> None:
    for kept_part, part in zip(_taught(average), _taught(model), strict=True):
        for kept, value in zip(kept_part.state_dict().values(), part.state_dict().values(), strict=True):
            if kept.dtype.is_floating_point:
                kept.lerp_(value, 1 - decay)
            else:
                kept.copy_(value)


def _taught(model: TextItsr) -> tuple[nn.Module, ...]:
    return model.image_encoder, model.scene_head, model.text_scene_head


@torch.inference_mode()
def accuracy(model: TextItsr, names: list[PhraseMeans], held_out: list[SceneImages]) -> list[float]:
    """Share of images of each data set whose class's usual name is the nearest, 0..1."""
    model.eval()
    found = []
    for known, one in zip(names, held_out, strict=False):
        texts = _project(model.text_scene_head, known.usual())
        size = model.config.patch_size
        right = 0
        for start in range(0, len(one.images), 64):
            pixels = torch.from_numpy(one.images[start : start + 64]).float().div_(255)
            seen = F.interpolate(pixels, (size, size), mode="bilinear", antialias=True)
            nearest = (model.scene(model.tokens(seen)) @ texts.T).argmax(1)
            right += int((nearest.numpy() == one.classes[start : start + 64]).sum())
        found.append(round(right / len(one.images), 4))
    return found
