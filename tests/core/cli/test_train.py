"""`train`, `train-encoder` and `train-text` refuse bad input in one line and leave nothing behind."""

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
        (["--batch", "0"], "batch is 0"),
        (["--steps", "-1"], "steps is -1"),
        (["--precision", "fp16", "--device", "cpu"], "does not train in fp16"),
        (["--device", "cuda:7"], "no device 'cuda:7'"),
        (["--config", "nowhere.toml"], "nowhere.toml cannot be read"),
        (["--captioned", "nowhere"], "no captioned pairs"),
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


@pytest.mark.parametrize("command", ["train", "train-encoder"])
def test_an_unknown_key_of_a_config_is_named(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.toml").write_text("learning_rat = 0.1\n")
    code = run([command, "--config", str(tmp_path / "config.toml"), "-o", str(tmp_path / "run")])
    error = capsys.readouterr().err
    assert code == 2
    assert "unknown key 'learning_rat'. Did you mean 'learning_rate'" in error
    assert error.count("\n") == 1
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no model is named to go on from"),
        (["--start", "nowhere"], "nowhere holds no model"),
        (["--wordings", "0"], "wordings is 0"),
    ],
)
def test_wordings_need_a_model(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["train-wordings", "-o", str(tmp_path / "run"), *arguments]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_teacher_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train-text", str(tmp_path), "-o", str(tmp_path / "tower")]) == 2
    assert "no sentence encoder" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
