"""`train` and `train-text` refuse bad input in one line and leave nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from changeseek.core.cli.main import run


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--text-tower", "nowhere"], "no text tower"),
        (["--start", "nowhere"], "holds no weights"),
        (["--fusion", "zip"], "no fusion 'zip'"),
        (["--batch", "0"], "batch"),
        (["--steps", "-1"], "steps"),
    ],
)
def test_bad_input_is_refused(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(["train", str(tmp_path), "-o", str(tmp_path / "run"), *arguments])
    error = capsys.readouterr().err
    assert code == 2
    assert message in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_teacher_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train-text", str(tmp_path), "-o", str(tmp_path / "tower")]) == 2
    assert "no sentence encoder" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
