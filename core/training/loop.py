"""The one training loop: batches in, averaged weights out; what is learned is the lesson's affair."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import torch
from accelerate import Accelerator
from accelerate.utils import broadcast, broadcast_object_list
from safetensors.torch import load_file
from torch import Tensor, nn

from changeseek.core.errors import TrainingDivergedError
from changeseek.core.training.averaged import AveragedWeights, learned_tensors, put
from changeseek.core.training.checkpoint import Reached, load_checkpoint, save_checkpoint, save_tensors
from changeseek.core.training.config import RunConfig
from changeseek.core.training.curves import draw_curves
from changeseek.core.training.device import supply_threads
from changeseek.core.training.early_stop import BestSoFar
from changeseek.core.training.metrics import MetricsFile, Row
from changeseek.core.training.run_folder import RunFolder
from changeseek.core.training.schedule import Clock, one_cycle
from changeseek.core.training.supply import drawn_ahead

log = logging.getLogger(__name__)

Given = TypeVar("Given")
Watch = Callable[[Row], None]

# The figure of a validation that says which is the best; higher is better.
SCORE = "score"
_STEPS_A_ROW = 20
_LONGEST_GRADIENT = 2.0


@dataclass(frozen=True, slots=True)
class Lesson(Generic[Given]):
    """What is learned.

    Attributes:
        task: Called with what `supply` gives, returns losses by name. It learns the parameters that require a
            gradient.
        weights: Of the losses in their sum, by name.
        supply: The batch of a step (from 1) and a process; the same whenever it is asked for.
        units: What a batch is counted in, such as "pairs".
        validate: Figures of the task as it is, one of them `SCORE`; None where nothing was kept back.
    """

    task: nn.Module
    weights: Mapping[str, float]
    supply: Callable[[int, int], Given]
    units: str
    validate: Callable[[], dict[str, float]] | None = None


def learn(
    lesson: Lesson[Any],
    config: RunConfig,
    folder: RunFolder,
    accelerator: Accelerator,
    watch: Watch | None = None,
) -> dict[str, Any]:
    """Train the lesson's task in place, from the folder's checkpoint where there is one.

    At the end the task has the averaged weights of the best validation, or of the last step where none was.

    Args:
        lesson: What is learned.
        config: How long and how hard.
        folder: Gets metrics, curves, checkpoints and the best weights.
        accelerator: Where it computes.
        watch: Told each row of the metrics.

    Returns:
        How it ended: last step, seconds, best step and score.

    Raises:
        OtherRunError: The checkpoint is of another network.
        TrainingDivergedError: A loss is no number any more.
        MachineFaultError: The disk is full or faulty.
    """
    run = _Run(lesson, config, folder, accelerator, watch)
    if not run.reached.ended:
        run.go_on()
    return run.leave()


class _Run:
    def __init__(
        self,
        lesson: Lesson[Any],
        config: RunConfig,
        folder: RunFolder,
        accelerator: Accelerator,
        watch: Watch | None,
    ) -> None:
        self._lesson, self._config, self._folder = lesson, config, folder
        self._accelerator, self._watch = accelerator, watch
        self._task = lesson.task.to(accelerator.device)
        self._learned = [value for value in self._task.parameters() if value.requires_grad]
        self._averaged = AveragedWeights(self._task, config.average)
        self._own_optimizer = torch.optim.AdamW(
            self._learned, config.learning_rate, weight_decay=config.weight_decay
        )
        self._model, self._optimizer = accelerator.prepare(self._task, self._own_optimizer)
        self._clock = Clock(config.steps, config.minutes)
        self.reached = self._found()
        self._first, self._seconds_before = self.reached.step + 1, self.reached.seconds
        self._metrics = (
            MetricsFile(folder.metrics, self.reached.step) if accelerator.is_main_process else None
        )

    def _found(self) -> Reached:
        if not self._folder.checkpoint.is_file():
            return Reached(0, 0.0, BestSoFar(self._config.patience))
        found = load_checkpoint(
            self._folder.checkpoint, self._task, self._averaged.values, self._own_optimizer
        )
        if self._accelerator.scaler is not None and found.scaler:
            self._accelerator.scaler.load_state_dict(found.scaler)
        self._clock.set(found.seconds)
        log.info("going on after step %d", found.step)
        return found

    def go_on(self) -> None:
        """Take steps until the training is at its end."""
        process = self._accelerator.process_index
        steps = range(self._first, self._config.steps + 1)
        supply = drawn_ahead(
            lambda step: self._lesson.supply(step, process), steps, supply_threads(self._accelerator)
        )
        with closing(supply):
            for step, given in zip(steps, supply, strict=True):
                self._take(step, given)
                if self.reached.ended:
                    return

    def leave(self) -> dict[str, Any]:
        """Give the task the weights to keep, on the CPU; says how the training ended."""
        self._accelerator.wait_for_everyone()
        reached = self.reached
        validated = reached.best.score is not None and self._folder.best.is_file()
        put(load_file(self._folder.best) if validated else self._averaged.values, learned_tensors(self._task))
        self._accelerator.unwrap_model(self._model, keep_fp32_wrapper=False)
        self._accelerator.free_memory()
        self._task.cpu().eval()
        return {
            "steps": reached.step,
            "seconds": round(reached.seconds, 1),
            "kept_step": reached.best.step if validated else reached.step,
            SCORE: reached.best.score,
        }

    def _take(self, step: int, given: Any) -> None:
        self._task.train()
        parts = self._model(given)
        loss = torch.stack([self._lesson.weights[name] * part for name, part in parts.items()]).sum()
        self._optimizer.zero_grad(set_to_none=True)
        self._accelerator.backward(loss)
        self._accelerator.clip_grad_norm_(self._learned, _LONGEST_GRADIENT)
        share = self._share(step)
        rate = self._config.learning_rate * one_cycle(share)
        self._own_optimizer.param_groups[0]["lr"] = rate
        self._optimizer.step()
        self._averaged.follow(step)
        self.reached.step, self.reached.ended = step, share >= 1
        self._keep_record(step, parts, rate)

    def _keep_record(self, step: int, parts: Mapping[str, Tensor], rate: float) -> None:
        every, ended = self._config.validate_every, self.reached.ended
        if step % _STEPS_A_ROW == 0 or ended:
            self._note(self._row(step, parts, rate))
        judged = self._lesson.validate is not None and every > 0 and (step % every == 0 or ended)
        if judged:
            self._validate(step)
        if self._metrics is not None and (judged or self.reached.ended):
            draw_curves(self._folder.metrics, self._folder.curves)
        if judged or step % self._config.checkpoint_every == 0 or self.reached.ended:
            self._save()

    def _share(self, step: int) -> float:
        share = self._clock.share(step)
        if self._accelerator.num_processes > 1 and self._config.minutes is not None:
            # Clocks differ, but all processes must end with the same step.
            share = float(broadcast(torch.tensor([share], device=self._accelerator.device))[0])
        return share

    def _row(self, step: int, parts: Mapping[str, Tensor], rate: float) -> Row:
        values = {name: round(part.item(), 4) for name, part in parts.items()}
        if not all(map(math.isfinite, values.values())):
            raise TrainingDivergedError(
                f"the losses are no numbers any more at step {step}",
                "Train with a smaller --learning-rate, or with --precision no",
            )
        done = (step - self._first + 1) * self._config.batch * self._accelerator.num_processes
        speed = done / (self._clock.elapsed - self._seconds_before)
        return {
            "step": step,
            f"{self._lesson.units}_per_second": round(speed, 1),
            "learning_rate": float(f"{rate:.4g}"),
            **values,
        }

    def _validate(self, step: int) -> None:
        figures: list[dict[str, float] | None] = [None]
        if self._accelerator.is_main_process and self._lesson.validate is not None:
            self._task.eval()
            with self._averaged.in_place():
                figures[0] = self._lesson.validate()
        (found,) = broadcast_object_list(figures)
        best = self.reached.best.take(found[SCORE], step)
        self.reached.ended |= self.reached.best.exhausted
        if best and self._accelerator.is_main_process:
            save_tensors(self._averaged.values, self._folder.best)
        self._note({"step": step, "validation": found, "best": best})

    def _note(self, row: Row) -> None:
        if self._metrics is not None:
            self._metrics.add(row)
            log.info("%s", row)
            if self._watch is not None:
                self._watch(row)

    def _save(self) -> None:
        self.reached.seconds = self._clock.elapsed
        if not self._accelerator.is_main_process:
            return
        scaler = self._accelerator.scaler
        self.reached.scaler = scaler.state_dict() if scaler is not None else {}
        save_checkpoint(
            self._folder.checkpoint, self.reached, self._task, self._averaged.values, self._own_optimizer
        )
