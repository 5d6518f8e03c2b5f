"""The last stage: every wording of a meaning learns to say the same."""

from __future__ import annotations

import shutil
from dataclasses import asdict, replace
from pathlib import Path

from changeseek.core.captions.grammar import all_meanings
from changeseek.core.errors import TrainingConfigError
from changeseek.core.model.card import REFERENCE_FILE, TOKENIZER_FILE, WEIGHTS_FILE, read_card
from changeseek.core.model.storage import save_weights
from changeseek.core.training.beginning import begin
from changeseek.core.training.config import WordingTrainingConfig
from changeseek.core.training.loop import Lesson
from changeseek.core.training.pair_stage import NO_RECIPE
from changeseek.core.training.run_folder import RunFolder
from changeseek.core.training.samples import CONCEPT_KEYS
from changeseek.core.training.text_corpus import about_anything, whole_words
from changeseek.core.training.wording_targets import ChangeTargets
from changeseek.core.training.wording_task import WORDING_WEIGHTS, WordingStep, WordingSupply, WordingTask

# What is drawn of them keeps what the text encoder knows beside the grammar.
_SENTENCES = 8000


class WordingStage:
    """Reads the model when it is made.

    Args:
        config: What the training is told.
        out: Folder for the run.

    Raises:
        TrainingConfigError: No model to go on from was named, or it is what the run itself will write; or a
            concept that is to be left out is none, or fewer than two are left.
        TrainingDataError: The model's tokenizer is missing.
        UnknownModelError: What was named holds no model.
    """

    def __init__(self, config: WordingTrainingConfig, out: Path) -> None:
        if config.start is None:
            raise TrainingConfigError("no model is named to go on from", "Name its folder by --start")
        if config.start.resolve() == RunFolder(out).model.resolve():
            raise TrainingConfigError(f"{config.start} is what this run writes", "Name another folder by -o")
        self._concepts = [key for key in CONCEPT_KEYS if key not in config.leave_out]
        if len(self._concepts) < 2:
            raise TrainingConfigError(
                "too few concepts are left to change into each other", "Leave out fewer"
            )
        self._config, self._start = config, config.start
        self._card = read_card(config.start)
        self._model, self._tokenizer = begin(replace(config, text_tower=config.start), self._card.network)

    def lesson(self, folder: RunFolder) -> Lesson[WordingStep]:
        """What is learned."""
        config, left_out = self._config, set(self._config.leave_out)
        meanings = [one for one in all_meanings() if not left_out & {one.before, one.after}]
        targets = ChangeTargets(self._model, self._tokenizer, meanings, config.wordings, config.seed)
        anything = about_anything(whole_words(self._tokenizer.vocabulary), _SENTENCES, config.seed)
        supply = WordingSupply(meanings, self._concepts, anything, config.batch, config.seed)
        task = WordingTask(self._model, self._tokenizer, targets)
        return Lesson(task, WORDING_WEIGHTS, supply, "transitions")

    def export(self, folder: RunFolder) -> None:
        """Write the model's folder into the run's; what its images were compared with stays."""
        folder.model.mkdir(parents=True, exist_ok=True)
        save_weights(self._model.state_dict(), folder.model / WEIGHTS_FILE)
        for name in (TOKENIZER_FILE, REFERENCE_FILE):
            if (self._start / name).is_file():
                shutil.copyfile(self._start / name, folder.model / name)
        said = {name: value for name, value in asdict(self._config).items() if name not in NO_RECIPE}
        recipe = {"before": self._card.recipe, "wordings": said}
        replace(self._card, recipe=recipe, figures={}).write(folder.model)
