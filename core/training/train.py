"""Trains Text-ITSR on pairs of dates and sentences of the grammar.

The text encoder stays as it was distilled; image encoder, fusion and all heads learn together. Every pair
also stands in the batch with its dates swapped and the reversed caption, which costs no second look at the
images and leaves the model no way but to read the direction.
"""

from __future__ import annotations

import json
import logging
import math
import random
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import torch
from torch import Tensor, nn

from changeseek.core.captions.grammar import Meaning
from changeseek.core.captions.placement import Placement
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.training.batches import Batch
from changeseek.core.training.losses import info_nce, phrase_loss, positives, presence_loss
from changeseek.core.training.texts import Captions, captions_of, concept_phrases, phrase_targets, read

if TYPE_CHECKING:
    from changeseek.core.training.scene_training import SceneLessons

log = logging.getLogger(__name__)

_WEIGHTS = {"change": 1.0, "scene": 1.0, "phrase": 0.5, "class": 0.5, "label": 0.5}


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """How long and how hard to train.

    Attributes:
        steps: Batches at most.
        minutes: End after so long even if batches are left; None for no limit. Only a run without a limit is
            repeatable to the bit.
        batch: Pairs in a batch.
        learning_rate: Peak of the one-cycle schedule.
        weight_decay: AdamW's.
        drawn_share: Share of pairs from drawn scenes.
        unchanged_share: Share of composed pairs in which nothing happens.
        scene_batch: Classified single images beside each batch of pairs; 0 for none.
        leave_out: Keys of concepts that are not learned, to see later how the model does without.
        seed: Everything random follows from it.
    """

    steps: int = 5000
    minutes: float | None = None
    batch: int = 64
    learning_rate: float = 1.5e-3
    weight_decay: float = 0.05
    drawn_share: float = 0.5
    unchanged_share: float = 0.3
    scene_batch: int = 32
    leave_out: tuple[str, ...] = ()
    seed: int = 0


class Losses(nn.Module):
    """The three losses with their learned scales; added to the optimiser beside the network."""

    def __init__(self) -> None:
        super().__init__()
        self.change_scale = nn.Parameter(torch.tensor(2.7))
        self.scene_scale = nn.Parameter(torch.tensor(2.3))
        self.scene_bias = nn.Parameter(torch.tensor(-4.0))

    def forward(
        self, model: TextItsr, tokenizer: SentenceTokenizer, batch: Batch, chance: random.Random
    ) -> dict[str, Tensor]:
        """Loss by name for one batch."""
        tokens = model.tokens(batch.pairs.flatten(0, 1).contiguous(memory_format=torch.channels_last))
        before, after = tokens[0::2], tokens[1::2]
        reverse = [tuple(meaning.reversed() for meaning in pair) for pair in batch.truths]
        truths = batch.truths + reverse
        where = batch.where * 2
        said = captions_of(truths, chance, where)
        states, mask = read(model, tokenizer, said.sentences + concept_phrases(chance))
        count = len(said.sentences)
        changes = model.change(torch.cat((before, after)), torch.cat((after, before)))
        concepts = model.text_scene(states[count:], mask[count:])
        return {
            "change": self._change(model, states[:count], mask[:count], changes, said, truths, where),
            "scene": self._scene(model.scene(tokens), concepts, batch.presence.flatten(0, 1)),
            "phrase": phrase_loss(
                model.phrases(states[:count], mask[:count]), phrase_targets(said.meanings, concepts.detach())
            ),
        }

    def _change(
        self, model: TextItsr, states: Tensor, mask: Tensor, changes: Tensor, said: Captions,
        truths: list[tuple[Meaning, ...]], where: list[Placement | None],
    ) -> Tensor:  # fmt: skip
        similar = _similarity(model.text_change(states, mask), changes)
        scale = self.change_scale.exp().clamp(max=50)
        positive = positives(said.meanings, truths, said.claims, where)
        return info_nce(similar * scale, positive.to(similar.device))

    def _scene(self, scenes: Tensor, concepts: Tensor, presence: Tensor) -> Tensor:
        similar = _similarity(scenes, concepts)
        logits = similar * self.scene_scale.exp() + self.scene_bias
        return presence_loss(logits, presence.to(logits.device))


def _similarity(one: Tensor, other: Tensor) -> Tensor:
    # Rounded to bfloat16, similarities of near-equal vectors fall together and nothing is learned.
    with torch.autocast(one.device.type, enabled=False):
        return one.float() @ other.float().T


def train(
    model: TextItsr,
    tokenizer: SentenceTokenizer,
    supply: Iterable[Batch],
    config: TrainingConfig,
    folder: Path,
    lessons: SceneLessons | None = None,
) -> None:
    """Train `model` in place; writes `metrics.jsonl` and at times `checkpoint.safetensors` into `folder`.

    With `lessons` every step also looks at classified single images, so that the encoder keeps what it knows.
    """
    losses = Losses()
    chance = random.Random(config.seed)
    model.text_encoder.eval().requires_grad_(False)
    modules = nn.ModuleList([model, losses] if lessons is None else [model, losses, lessons])
    learned = [value for value in modules.parameters() if value.requires_grad]
    optimizer = torch.optim.AdamW(learned, config.learning_rate, weight_decay=config.weight_decay)
    model.image_encoder.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    (folder / "config.json").write_text(json.dumps(asdict(config), indent=1), encoding="utf-8")
    started = time.monotonic()
    with (folder / "metrics.jsonl").open("w", encoding="utf-8") as metrics:
        for step, batch in enumerate(supply, 1):
            with torch.autocast(batch.pairs.device.type, torch.bfloat16):
                parts = losses(model, tokenizer, batch, chance)
            if lessons is not None:
                parts |= lessons(model)
            loss = sum((_WEIGHTS[name] * part for name, part in parts.items()), torch.zeros(()))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(learned, 2.0)
            elapsed = time.monotonic() - started
            share = max(step / config.steps, elapsed / (60 * config.minutes) if config.minutes else 0.0)
            optimizer.param_groups[0]["lr"] = config.learning_rate * one_cycle(share)
            optimizer.step()
            if step % 20 == 0 or share >= 1:
                _note(metrics, step, parts, config.batch * step / elapsed)
            if step % 500 == 0 or share >= 1:
                save_checkpoint(model, folder / "checkpoint.safetensors")
            if share >= 1:
                return


def one_cycle(share: float, warm_up: float = 0.06) -> float:
    """Learning rate as a share of its peak when `share` (0..1) of the training is done."""
    if share < warm_up:
        return max(share / warm_up, 0.01)
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (share - warm_up) / (1 - warm_up))))


def _note(metrics: TextIO, step: int, parts: dict[str, Tensor], rate: float) -> None:
    row = {"step": step, "pairs_per_second": round(rate, 1)} | {
        k: round(v.item(), 4) for k, v in parts.items()
    }
    metrics.write(json.dumps(row) + "\n")
    metrics.flush()
    log.info("%s", row)


def save_checkpoint(model: TextItsr, file: Path) -> None:
    """Write all weights in float16 under a temporary name, then rename."""
    from safetensors.torch import save_file

    part = file.with_suffix(".part")
    save_file({name: value.detach().half().contiguous() for name, value in model.state_dict().items()}, part)
    part.replace(file)
