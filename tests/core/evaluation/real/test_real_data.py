"""The public scenes, where they are at hand: every truth has right answers, and not too many."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from changeseek.core.evaluation.real import real_cases, real_checks
from changeseek.core.model.interface import PairModel

DATA = os.environ.get("CHANGESEEK_DATA")
pytestmark = pytest.mark.skipif(
    not DATA, reason="CHANGESEEK_DATA does not name the folder with the real data"
)


def test_no_question_can_be_answered_by_chance() -> None:
    asked = [
        (question.name, float(question.positive.mean()))
        for case in real_cases(Path(DATA or ""), lambda _: None)
        for question in case.questions
        if question.positive.sum() >= case.least_positive
    ]
    assert {name.split()[0] for name, _ in asked} >= {"OSCD", "NAIP", "Landsat", "Forest"}
    assert all(0 < floor < 0.35 for _, floor in asked)


def test_a_city_is_checked_from_its_files(tmp_path: Path, colour_model: PairModel) -> None:
    (tmp_path / "oscd").mkdir()
    (tmp_path / "oscd" / "paris").symlink_to(Path(DATA or "") / "oscd" / "paris")
    (check,) = real_checks(tmp_path, colour_model, lambda _: None)
    assert check.tiles == 169
    assert 0.03 < check.floor < 0.1
    assert check.floor < check.baselines["pixels"]
