"""`changeseek evaluate anneal` beside `changeseek evaluate DATA`."""

from __future__ import annotations

from pathlib import Path

import pytest

from changeseek.core.cli.main import run


def test_both_commands_are_named_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "--help"]) == 0
    printed = capsys.readouterr().out
    assert "anneal" in printed
    assert "model" in printed


def test_what_is_no_command_is_the_folder_of_a_model_s_evaluation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", "--seeds", "0", str(tmp_path)]) == 2
    assert "--seeds" in capsys.readouterr().err

    assert run(["evaluate", str(tmp_path)]) == 2
    assert "test images" in capsys.readouterr().err


def test_a_folder_without_the_images_is_bad_input_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", "anneal", str(tmp_path), "-o", str(tmp_path / "report")]) == 2
    assert "ucmerced" in capsys.readouterr().err
    assert not (tmp_path / "report").exists()
