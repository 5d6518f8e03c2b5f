"""The third stage: fusion and heads learn from pairs that the image encoder has seen once."""

from __future__ import annotations

import logging
from math import ceil
from typing import Any

import torch

from changeseek.core.model.text_itsr import TextItsrConfig
from changeseek.core.training.batches import PairMixer, batch_at
from changeseek.core.training.caption_pool import CaptionPool
from changeseek.core.training.config import HeadTrainingConfig
from changeseek.core.training.encoded import PAIRS_AT_ONCE, encode_pairs, encode_scenes
from changeseek.core.training.head_task import HeadSupply, HeadTask
from changeseek.core.training.loop import Lesson
from changeseek.core.training.pair_stage import PairStage, Validation
from changeseek.core.training.pair_task import PAIR_WEIGHTS, PairTask
from changeseek.core.training.scene_batches import SceneBatches
from changeseek.core.training.texts import both_orders

log = logging.getLogger(__name__)

_NO_PROCESS = 0


class HeadStage(PairStage):
    """As the stage before, but the image encoder stays as it is and looks at every pair once.

    A run that goes on lets it look again; what it sees follows from the config alone.

    Args:
        config: What the training is told.
        network: Sizes; None for the usual ones. The fusion is the config's.

    Raises:
        TrainingConfigError: No data were named.
        TrainingDataError: No training data or no text tower where they were named.
        UnknownModelError: The weights to go on from are not there, or of another network.
    """

    def __init__(self, config: HeadTrainingConfig, network: TextItsrConfig | None = None) -> None:
        super().__init__(config, network)
        self._heads = config

    def _lesson(
        self, task: PairTask, mixer: PairMixer, scenes: SceneBatches | None, validate: Validation | None
    ) -> Lesson[Any]:
        config, model = self._heads, self._model
        pairs = encode_pairs(
            model, lambda number: batch_at(mixer, PAIRS_AT_ONCE, config.seed, number), config.pairs
        )
        log.info("pairs encoded: %d", len(pairs.told))
        count = ceil(config.images / config.scene_batch) if scenes else 0
        images = encode_scenes(model, lambda number: scenes(number, _NO_PROCESS), count) if scenes else []
        told, _ = both_orders(pairs.told)
        pool = CaptionPool(model, self._tokenizer, told, config.seed)
        log.info("single images encoded: %d batches; captions read: %d", len(images), len(pool))
        torch.manual_seed(config.seed)
        supply = HeadSupply(pairs, images, pool, config.batch, config.seed)
        return Lesson(HeadTask(task), PAIR_WEIGHTS, supply, "pairs", validate)
