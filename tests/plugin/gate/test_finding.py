"""Which Python runs the engine, and what people are told where there is none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from changeseek.plugin.errors import EngineMissingError
from changeseek.plugin.gate import finding
from changeseek.plugin.gate.finding import find_interpreter


@pytest.fixture(autouse=True)
def nothing_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHANGESEEK_PYTHON", raising=False)


def interpreter(folder: Path, name: str = "bin/python") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True)
    path.symlink_to(sys.executable)
    return path


def test_the_variable_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANGESEEK_PYTHON", str(interpreter(tmp_path / "a")))
    assert find_interpreter(str(interpreter(tmp_path / "b"))) == tmp_path / "a" / "bin" / "python"


def test_then_the_setting(tmp_path: Path) -> None:
    assert find_interpreter(str(interpreter(tmp_path))) == tmp_path / "bin" / "python"


@pytest.mark.parametrize("name", ["bin/python", "Scripts/python.exe"])
def test_then_the_environment_beside_the_plugin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(finding, "PLUGIN_FOLDER", tmp_path)
    beside = interpreter(tmp_path / ".venv", name)
    # The link itself: what it points to knows nothing of the environment's packages.
    assert find_interpreter("  ") == beside != beside.resolve()


def test_an_environments_folder_stands_for_its_python(tmp_path: Path) -> None:
    interpreter(tmp_path / "my venv")
    assert find_interpreter(f'"{tmp_path / "my venv"}"') == tmp_path / "my venv" / "bin" / "python"


def test_a_named_path_that_is_missing_is_named_with_an_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = tmp_path / "no" / "python"
    with pytest.raises(EngineMissingError) as raised:
        find_interpreter(str(missing))
    assert str(missing) in raised.value.message
    assert "CHANGESEEK_PYTHON" in raised.value.advice
    monkeypatch.setenv("CHANGESEEK_PYTHON", str(missing))
    with pytest.raises(EngineMissingError, match="variable CHANGESEEK_PYTHON names"):
        find_interpreter(str(interpreter(tmp_path / "b")))


def test_a_folder_without_a_python_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(EngineMissingError, match=str(tmp_path)):
        find_interpreter(str(tmp_path))


def test_without_any_the_advice_is_make_setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "PLUGIN_FOLDER", tmp_path)
    with pytest.raises(EngineMissingError, match="make setup") as raised:
        find_interpreter("")
    assert str(tmp_path / ".venv") in raised.value.message


def test_qgis_itself_is_never_started(tmp_path: Path) -> None:
    path = interpreter(tmp_path, "bin/qgis-ltr-bin.exe")
    with pytest.raises(EngineMissingError, match="QGIS itself"):
        find_interpreter(str(path))
