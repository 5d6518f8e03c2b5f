"""What QGIS imports, and what must be able to say that a Python is too old, runs on the oldest one."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
OLDEST = (3, 9)
ENGINE = ROOT / "core" / "engine"
SHARED = [ENGINE / "protocol.py", *sorted((ENGINE / "messages").glob("*.py"))]
BEFORE_IT_IS_COMPLETE = [
    *(ROOT / "__init__.py", ROOT / "core" / "__init__.py", ENGINE / "__init__.py"),
    *(ROOT / "core" / name for name in ("environment.py", "errors.py", "faults.py")),
    *(
        ENGINE / f"{name}.py"
        for name in (
            *("launch", "process", "log", "channel", "completeness", "failures"),
            *("server", "lane", "lines", "job", "pulse"),
        )
    ),
]
IN_QGIS = sorted((ROOT / "plugin").rglob("*.py"))
# Parts of the language's libraries that the oldest Python does not have, as they stand in a call.
LATER_KEYWORDS = {"slots", "kw_only", "strict"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [*SHARED, *BEFORE_IT_IS_COMPLETE, *IN_QGIS], ids=name)
def test_it_has_the_oldest_pythons_syntax(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=OLDEST)
    assert list(too_new(tree)) == []


def too_new(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Match):
            yield f"match in line {node.lineno}"
        if isinstance(node, ast.Call):
            yield from (
                f"{word.arg}= in line {node.lineno}" for word in node.keywords if word.arg in LATER_KEYWORDS
            )
            if isinstance(node.func, ast.Name) and node.func.id == "isinstance":
                yield from (
                    f"| in line {node.lineno}" for one in ast.walk(node) if isinstance(one, ast.BitOr)
                )


@pytest.mark.parametrize(
    "code", ["match 1:\n    case 1: pass", "zip(a, b, strict=True)", "isinstance(a, int | str)"]
)
def test_the_look_sees_what_is_too_new(code: str) -> None:
    assert list(too_new(ast.parse(code)))


@pytest.mark.parametrize("path", SHARED, ids=name)
def test_what_both_sides_import_is_within_the_standard_library(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    absolute = [
        alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    ] + [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level]
    assert [one for one in absolute if one.partition(".")[0] not in sys.stdlib_module_names] == []


@pytest.mark.parametrize("path", SHARED, ids=name)
def test_annotations_are_not_evaluated(path: Path) -> None:
    assert "from __future__ import annotations\n" in path.read_text(encoding="utf-8")
