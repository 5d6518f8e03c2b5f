"""The first stage: the image encoder learns what lies on the ground."""

from __future__ import annotations

import logging

from changeseek.core.errors import TrainingConfigError, TrainingDataError
from changeseek.core.model.storage import save_weights
from changeseek.core.model.text_itsr import TextItsrConfig
from changeseek.core.training.beginning import begin
from changeseek.core.training.config import SceneTrainingConfig
from changeseek.core.training.encoder_task import ENCODER_WEIGHTS, EncoderStep, EncoderSupply, EncoderTask
from changeseek.core.training.joint_validation import JointValidation
from changeseek.core.training.loop import Lesson
from changeseek.core.training.run_folder import RunFolder
from changeseek.core.training.scene_batches import SceneBatches
from changeseek.core.training.scene_images import SceneImages, load_scene_images
from changeseek.core.training.scene_lesson import SceneLesson
from changeseek.core.training.scene_validation import SceneValidation
from changeseek.core.training.splits import Split

log = logging.getLogger(__name__)


class EncoderStage:
    """Reads everything when it is made.

    Args:
        config: What the training is told.
        network: Sizes; None for the usual ones.

    Raises:
        TrainingConfigError: No data were named.
        TrainingDataError: No classified images or no text tower where they were named.
        UnknownModelError: The weights to go on from are not there, or of another network.
    """

    def __init__(self, config: SceneTrainingConfig, network: TextItsrConfig | None = None) -> None:
        if config.data is None:
            raise TrainingConfigError("no data are named", "Name their folder, or set `data` in the config")
        self._config = config
        self._model, self._tokenizer = begin(config, network)
        split: Split = "learn" if config.validate_every else "train"
        self._sets = load_scene_images(config.data, split, config.leave_out)
        self._kept_back = self._read_kept_back() if config.validate_every else []

    def lesson(self, folder: RunFolder) -> Lesson[EncoderStep]:
        """What is learned."""
        config, size = self._config, self._model.config.patch_size
        scenes = SceneLesson(self._model, self._tokenizer, self._sets, config.smoothing)
        names = {one.title: known for one, known in zip(self._sets, scenes.names, strict=True)}
        batches = SceneBatches(self._sets, size, config.batch, config.seed)
        return Lesson(
            EncoderTask(self._model, scenes),
            ENCODER_WEIGHTS,
            EncoderSupply(batches, config.seed),
            "images",
            JointValidation([SceneValidation(self._model, names, self._kept_back)])
            if self._kept_back
            else None,
        )

    def export(self, folder: RunFolder) -> None:
        """Write the weights, for `train --start` to go on from."""
        save_weights(self._model.state_dict(), folder.weights)

    def _read_kept_back(self) -> list[SceneImages]:
        data = self._config.data
        try:
            return [] if data is None else load_scene_images(data, "validate", self._config.leave_out)
        except TrainingDataError:
            log.warning("too few training images to keep any back: nothing is validated")
            return []
