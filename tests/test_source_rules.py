"""The walls between the rooms, and what a plugin's source may not do, read from the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ENGINE_LIBRARIES = {
    "torch", "transformers", "timm", "rasterio", "faiss", "pyarrow", "shapely",
    "pyogrio", "tokenizers", "safetensors", "pystac", "typer", "scipy", "matplotlib",
}  # fmt: skip
QT = {"qgis", "PyQt5", "PyQt6", "PySide2", "PySide6"}
UNSAFE_MODULES = {"pickle", "cPickle", "dill", "shelve", "marshal", "joblib"}


def sources(folder: Path) -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))}


@pytest.fixture(scope="module")
def core(checkout: Path) -> dict[Path, ast.Module]:
    return sources(checkout / "core")


@pytest.fixture(scope="module")
def plugin(checkout: Path) -> dict[Path, ast.Module]:
    return sources(checkout / "plugin")


def imported_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def files_that_import(trees: dict[Path, ast.Module], tops: set[str]) -> list[str]:
    return [
        f"{path.name}: {name}"
        for path, tree in trees.items()
        for name in imported_names(tree)
        if name.partition(".")[0] in tops
    ]


def unsafe_calls(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in {"eval", "exec"}:
                yield f"{node.func.id}(...) in line {node.lineno}"
            if isinstance(node.func, ast.Attribute) and node.func.attr == "chmod":
                yield f"chmod in line {node.lineno}"
            if any(word.arg == "shell" and ast.unparse(word.value) != "False" for word in node.keywords):
                yield f"shell in line {node.lineno}"


def test_the_core_imports_neither_qt_nor_qgis(core: dict[Path, ast.Module]) -> None:
    assert files_that_import(core, QT) == []


def test_the_core_imports_nothing_of_the_plugin(core: dict[Path, ast.Module]) -> None:
    names = [(path.name, name) for path, tree in core.items() for name in imported_names(tree)]
    assert [pair for pair in names if pair[1].startswith(("..", "changeseek.plugin"))] == []


def test_the_core_imports_itself_by_its_full_name(core: dict[Path, ast.Module], checkout: Path) -> None:
    # But for the messages: QGIS imports them under the name of the plugin's folder, whatever that is.
    messages = checkout / "core" / "engine" / "messages"
    names = [(path, name) for path, tree in core.items() for name in imported_names(tree)]
    assert [pair for pair in names if pair[1].startswith(".") and pair[0].parent != messages] == []


def test_the_plugin_imports_none_of_the_engines_libraries(plugin: dict[Path, ast.Module]) -> None:
    assert files_that_import(plugin, ENGINE_LIBRARIES) == []


def test_the_plugin_imports_qt_through_qgis(plugin: dict[Path, ast.Module]) -> None:
    assert files_that_import(plugin, QT - {"qgis"}) == []


def test_the_plugin_imports_itself_relatively(plugin: dict[Path, ast.Module]) -> None:
    assert files_that_import(plugin, {"changeseek", "plugin", "core"}) == []


def test_nothing_unsafe_is_called(core: dict[Path, ast.Module], plugin: dict[Path, ast.Module]) -> None:
    trees = core | plugin
    assert files_that_import(trees, UNSAFE_MODULES) == []
    assert [(path.name, call) for path, tree in trees.items() for call in unsafe_calls(tree)] == []


@pytest.mark.parametrize("line", ["eval('1')", "run('x', shell=True)", "os.chmod('x', 0o777)"])
def test_the_scan_sees_what_it_looks_for(line: str) -> None:
    assert list(unsafe_calls(ast.parse(line)))


def test_the_scan_lets_a_models_eval_pass() -> None:
    assert list(unsafe_calls(ast.parse("model.eval()"))) == []
