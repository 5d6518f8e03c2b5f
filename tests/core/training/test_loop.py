"""The training loop on a line to be fitted: repeatable, resumable to the bit, and ended when it should be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from changeseek.core.errors import OtherRunError, TrainingDivergedError
from changeseek.core.model.threads import one_core
from changeseek.core.training.config import TrainingConfig
from changeseek.core.training.device import make_accelerator
from changeseek.core.training.loop import SCORE, Lesson, learn
from changeseek.core.training.metrics import Row, read_metrics
from changeseek.core.training.run_folder import RunFolder


class Line(nn.Module):
    """Fits the sum of eight numbers, with a statistic and a frozen part as the real networks have them."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(3)
        self.norm = nn.BatchNorm1d(8)
        self.hidden = nn.Linear(8, 16)
        self.out = nn.Linear(16, 1)
        self.frozen = nn.Linear(8, 8).requires_grad_(False)

    def forward(self, given: Tensor) -> dict[str, Tensor]:
        found = self.out(torch.relu(self.hidden(self.norm(given))))[:, 0]
        return {"square": (found - given.sum(1)).square().mean(), "size": found.abs().mean()}


def numbers(step: int, process: int) -> Tensor:
    return torch.randn(16, 8, generator=torch.Generator().manual_seed(1000 * process + step))


def lesson(
    validate: Callable[[], dict[str, float]] | None = None, supply: Callable[[int, int], Tensor] = numbers
) -> Lesson[Tensor]:
    return Lesson(Line(), {"square": 1.0, "size": 0.01}, supply, "lines", validate)


def config(**changes: Any) -> TrainingConfig:
    usual: dict[str, Any] = {
        "steps": 40,
        "batch": 16,
        "learning_rate": 1e-2,
        "checkpoint_every": 8,
        "device": "cpu",
    }
    return TrainingConfig(**usual | changes)


def run(
    path: Path, what: Lesson[Tensor], told: TrainingConfig, watch: Callable[[Row], None] | None = None
) -> dict[str, Any]:
    folder = RunFolder(path)
    folder.make()
    return learn(what, told, folder, make_accelerator(told), watch)


def weights(what: Lesson[Tensor]) -> dict[str, Tensor]:
    return what.task.state_dict()


def same(one: Lesson[Tensor], other: Lesson[Tensor]) -> bool:
    return all(torch.equal(value, weights(other)[name]) for name, value in weights(one).items())


def dies_at(step_of_death: int) -> Callable[[int, int], Tensor]:
    def supply(step: int, process: int) -> Tensor:
        if step == step_of_death:
            raise MemoryError("killed")
        return numbers(step, process)

    return supply


@pytest.fixture(autouse=True)
def single_core() -> Iterator[None]:
    with one_core():
        yield


def test_it_learns_and_says_so(tmp_path: Path) -> None:
    run(tmp_path, lesson(), config(steps=100))
    rows = read_metrics(tmp_path / "metrics.jsonl")
    assert [row["step"] for row in rows] == list(range(20, 101, 20))
    assert rows[-1]["square"] < rows[0]["square"] / 2
    assert rows[-1]["lines_per_second"] > 0
    assert (tmp_path / "curves.png").stat().st_size > 5000


def test_the_same_seed_gives_the_same_weights(tmp_path: Path) -> None:
    one, other = lesson(), lesson()
    run(tmp_path / "one", one, config())
    run(tmp_path / "other", other, config())
    assert same(one, other)


def test_a_killed_run_goes_on_and_ends_with_the_weights_of_an_undisturbed_one(tmp_path: Path) -> None:
    whole, second = lesson(), lesson()
    run(tmp_path / "whole", whole, config())
    with pytest.raises(MemoryError):
        run(tmp_path / "killed", lesson(supply=dies_at(30)), config())
    first_steps = read_metrics(tmp_path / "killed" / "metrics.jsonl")
    assert [row["step"] for row in first_steps] == [20]
    asked: list[int] = []

    def supply(step: int, process: int) -> Tensor:
        asked.append(step)
        return numbers(step, process)

    second = lesson(supply=supply)
    run(tmp_path / "killed", second, config())
    assert asked[0] == 25
    assert same(whole, second)
    assert [row["step"] for row in read_metrics(tmp_path / "killed" / "metrics.jsonl")] == [20, 40]


def test_a_run_of_other_steps_does_not_go_by_chance_to_the_same_weights(tmp_path: Path) -> None:
    one, other = lesson(), lesson()
    run(tmp_path / "one", one, config())
    run(tmp_path / "other", other, config(steps=39))
    assert not same(one, other)


def test_what_is_frozen_stays(tmp_path: Path) -> None:
    before, trained = weights(lesson())["frozen.weight"], lesson()
    run(tmp_path, trained, config())
    assert torch.equal(weights(trained)["frozen.weight"], before)


def falling(scores: list[float]) -> Callable[[], dict[str, float]]:
    left = iter(scores)
    return lambda: {SCORE: next(left)}


def test_patience_ends_the_run_and_the_best_weights_are_kept(tmp_path: Path) -> None:
    seen: list[Row] = []
    told = config(steps=60, validate_every=5, patience=2, checkpoint_every=50)
    stopped = lesson(falling([0.1, 0.5, 0.4, 0.3, 0.9]))
    ended = run(tmp_path / "stopped", stopped, told, seen.append)
    assert (ended["steps"], ended["kept_step"], ended["score"]) == (20, 10, 0.5)
    assert [row["best"] for row in seen if "validation" in row] == [True, True, False, False]

    until_then = lesson()
    with pytest.raises(MemoryError):
        run(tmp_path / "again", lesson(falling([0.1, 0.5]), dies_at(11)), told)
    run(tmp_path / "again", until_then, told)  # goes on with nothing to validate by, and keeps the best
    assert same(stopped, until_then)


def test_time_ends_the_run_too(tmp_path: Path) -> None:
    ended = run(tmp_path, lesson(), config(steps=10**6, minutes=0.01))
    assert ended["steps"] < 10**6
    assert 0.5 < ended["seconds"] < 10


def test_losses_that_are_no_numbers_end_the_run_with_advice(tmp_path: Path) -> None:
    with pytest.raises(TrainingDivergedError, match="learning-rate"):
        run(tmp_path, lesson(supply=lambda step, process: numbers(step, process) * torch.inf), config())


def test_a_checkpoint_of_another_network_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MemoryError):
        run(tmp_path, lesson(supply=dies_at(30)), config())
    other = lesson()
    other.task.out = nn.Linear(16, 2)
    with pytest.raises(OtherRunError, match="another network"):
        run(tmp_path, other, config())


def test_a_damaged_checkpoint_is_refused(tmp_path: Path) -> None:
    (tmp_path / "checkpoint.safetensors").write_bytes(b"no checkpoint")
    with pytest.raises(OtherRunError, match="no checkpoint"):
        run(tmp_path, lesson(), config())
