"""The second stage: the whole network learns from pairs of dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from changeseek.core.model.card import TOKENIZER_FILE, ModelCard
from changeseek.core.model.text_itsr import TextItsrConfig
from changeseek.core.training.batches import PairMixer
from changeseek.core.training.beginning import begin, tower_of
from changeseek.core.training.captioned_validation import CaptionedValidation, validation_pairs
from changeseek.core.training.config import TrainingConfig
from changeseek.core.training.export import balanced, export_model
from changeseek.core.training.joint_validation import JointValidation
from changeseek.core.training.library import data_sets
from changeseek.core.training.loop import Lesson
from changeseek.core.training.pair_sources import drawn_pairs, read_sources
from changeseek.core.training.pair_task import PAIR_WEIGHTS, PairSupply, PairTask
from changeseek.core.training.pair_validation import PairValidation
from changeseek.core.training.run_folder import RunFolder
from changeseek.core.training.samples import PairSample
from changeseek.core.training.scene_batches import SceneBatches
from changeseek.core.training.scene_images import SceneImages, load_scene_images
from changeseek.core.training.scene_lesson import SceneLesson
from changeseek.core.training.splits import Split

Validation = Callable[[], dict[str, float]]

_OWN_DATA = (
    "Two-date scenes drawn by this project, training textures",
    "Text encoder distilled from all-MiniLM-L6-v2: Apache-2.0",
)
_OWN_SUMMARY = "Text-ITSR trained by this project on open images and drawn scenes"
_OWN_LICENCE = "GPL-2.0-or-later"
_OTHERS_SUMMARY = "Text-ITSR trained on captioned pairs of the user's choice"
_OTHERS_LICENCE = "as the captioned pairs allow"
_LIMITS = (
    "Knows about twenty things on the ground; words far from them are matched to the nearest.",
    "Small and cloud-covered changes, and changes under a sixteenth of a tile, are missed.",
)
_NO_REAL_CHANGE = ("Trained on pairs made from single images and drawn scenes, not on real change.",)
# What says where files lay and what the machine was, not how the model was made.
NO_RECIPE = ("data", "captioned", "text_tower", "start", "device", "checkpoint_every")
_REFERENCES, _REFERENCES_OF_A_MEANING = 1500, 4
_SMOOTHING = 0.1


class PairStage:
    """Reads everything when it is made, and writes nothing until it is asked for its lesson.

    Args:
        config: What the training is told.
        network: Sizes; None for the usual ones. The fusion is the config's.

    Raises:
        TrainingConfigError: No data were named.
        TrainingDataError: No training data or no text tower where they were named.
        UnknownModelError: The weights to go on from are not there, or of another network.
    """

    def __init__(self, config: TrainingConfig, network: TextItsrConfig | None = None) -> None:
        self._config = config
        self._model, self._tokenizer = begin(config, network)
        self._sources = read_sources(self._model.config.patch_size, config)
        self._drawn: list[PairSample] = []

    def lesson(self, folder: RunFolder) -> Lesson[Any]:
        """What is learned; drawn pairs are kept in the folder."""
        config, size = self._config, self._model.config.patch_size
        self._drawn = drawn_pairs(folder.path, size, config)
        sets = self._scene_images()
        beside = SceneLesson(self._model, self._tokenizer, sets, _SMOOTHING) if sets else None
        scenes = SceneBatches(sets, size, config.scene_batch, config.seed) if sets else None
        return self._lesson(
            PairTask(self._model, self._tokenizer, beside),
            self._sources.mixer(self._drawn, config),
            scenes,
            self._validation(),
        )

    def _lesson(
        self, task: PairTask, mixer: PairMixer, scenes: SceneBatches | None, validate: Validation | None
    ) -> Lesson[Any]:
        supply = PairSupply(mixer, scenes, self._config.batch, self._config.seed)
        return Lesson(task, PAIR_WEIGHTS, supply, "pairs", validate)

    def export(self, folder: RunFolder) -> None:
        """Write the model's folder into the run's."""
        samples = self._drawn + self._sources.reference(_REFERENCES)
        reference = balanced(samples, _REFERENCES_OF_A_MEANING)
        tokenizer = tower_of(self._config) / TOKENIZER_FILE
        export_model(self._model, self._card(), tokenizer, reference, folder.model)

    def _scene_images(self) -> list[SceneImages]:
        if self._config.data is None or not self._config.scene_batch:
            return []
        split: Split = "learn" if self._config.validate_every else "train"
        return load_scene_images(self._config.data, split, self._config.leave_out)

    def _validation(self) -> Validation | None:
        config, known = self._config, (self._model, self._tokenizer)
        if not config.validate_every:
            return None
        gallery = self._sources.gallery(config)
        captioned = validation_pairs(config.captioned, config.validation_pairs)
        judges: list[Validation] = []
        if gallery is not None:
            judges.append(PairValidation(*known, gallery, config.seed))
        if captioned:
            judges.append(CaptionedValidation(*known, captioned))
        return JointValidation(judges) if judges else None

    def _card(self) -> ModelCard:
        start = self._config.start
        recipe = {name: value for name, value in asdict(self._config).items() if name not in NO_RECIPE}
        return ModelCard(
            name="model",
            summary=_OTHERS_SUMMARY if self._config.captioned else _OWN_SUMMARY,
            licence=_OTHERS_LICENCE if self._config.captioned else _OWN_LICENCE,
            network=self._model.config,
            ground_sample_distance=(0.3, 10.0),
            data=self._data_sets() + _OWN_DATA,
            recipe=recipe | {"started_from": start.name if start else "the text tower"},
            limits=_LIMITS if self._config.captioned else _NO_REAL_CHANGE + _LIMITS,
        )

    def _data_sets(self) -> tuple[str, ...]:
        captioned = tuple(f"Captioned pairs: {place.stem}" for place in self._config.captioned)
        return captioned if self._config.data is None else data_sets(self._config.data) + captioned
