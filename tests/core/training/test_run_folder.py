"""A run's folder goes on with the same training only, and holds one training at a time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from changeseek.core.errors import OtherRunError
from changeseek.core.training.config import SceneTrainingConfig, TrainingConfig
from changeseek.core.training.run_folder import RunFolder, run_to_go_on

CONFIG = TrainingConfig(steps=9, data=Path("/data"))


@pytest.fixture
def begun(tmp_path: Path) -> RunFolder:
    folder = RunFolder(tmp_path / "run")
    folder.make()
    folder.begin(CONFIG)
    return folder


def test_where_nothing_is_nothing_goes_on(tmp_path: Path) -> None:
    assert run_to_go_on(tmp_path / "run", CONFIG) is None
    assert list(tmp_path.iterdir()) == []


def test_the_same_training_goes_on_wherever_it_computes(begun: RunFolder) -> None:
    found = run_to_go_on(begun.path, replace(CONFIG, device="cpu", checkpoint_every=7))
    assert found == begun
    assert not begun.finished


@pytest.mark.parametrize(
    ("change", "message"),
    [({"batch": 32}, "its batch is 64, not 32"), ({"data": Path("/other")}, "its data is /data, not /other")],
)
def test_another_training_is_told_what_differs(
    begun: RunFolder, change: dict[str, object], message: str
) -> None:
    with pytest.raises(OtherRunError, match=message):
        run_to_go_on(begun.path, replace(CONFIG, **change))  # type: ignore[arg-type]


def test_the_other_stage_is_another_training(begun: RunFolder) -> None:
    with pytest.raises(OtherRunError, match="another command"):
        run_to_go_on(begun.path, SceneTrainingConfig())


def test_a_new_run_removes_what_the_old_one_left(begun: RunFolder) -> None:
    begun.best.write_text("weights")
    begun.checkpoint.write_text("half way")
    begun.finish({"steps": 9})
    assert [begun.summary.exists(), begun.checkpoint.exists(), begun.best.exists()] == [True, False, True]
    assert run_to_go_on(begun.path, CONFIG) == begun
    begun.begin(CONFIG)
    assert [begun.summary.exists(), begun.best.exists()] == [False, False]


def test_two_trainings_do_not_write_one_folder(begun: RunFolder) -> None:
    with begun.alone(), pytest.raises(OtherRunError, match="another training is at work"):  # noqa: SIM117
        with RunFolder(begun.path).alone():
            raise AssertionError("both were let in")
    with begun.alone():
        pass
