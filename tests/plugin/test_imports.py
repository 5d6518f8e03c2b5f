"""What the plugin loads into QGIS: none of the engine's libraries, whose native parts would clash there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGINE_LIBRARIES = {
    "torch", "transformers", "timm", "rasterio", "faiss", "pyarrow", "shapely",
    "pyogrio", "tokenizers", "safetensors", "pystac", "typer",
}  # fmt: skip

IMPORT_ALL = """
import importlib, json, pathlib, sys, threading
from importlib.util import module_from_spec, spec_from_file_location

root = pathlib.Path(sys.argv[1])
spec = spec_from_file_location("changeseek", root / "__init__.py", submodule_search_locations=[str(root)])
package = sys.modules["changeseek"] = module_from_spec(spec)
spec.loader.exec_module(package)
files = [file.relative_to(root).with_suffix("") for file in (root / "plugin").rglob("*.py")]
names = sorted(".".join(["changeseek", *file.parts]).removesuffix(".__init__") for file in files)
for name in names:
    importlib.import_module(name)
threads = [thread.name for thread in threading.enumerate()]
print(json.dumps({"imported": names, "loaded": sorted(sys.modules), "threads": threads}))
"""
# What both processes share: what they say to one another.
SHARED = re.compile(r"changeseek\.core(\.engine(\.protocol|\.messages(\.\w+)?)?)?")


@pytest.fixture(scope="module")
def answer() -> dict[str, list[str]]:
    # A process of its own: this one has pytest's modules, and what another test imported, in sys.modules.
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_every_plugin_module_imports_without_the_engines_libraries(answer: dict[str, list[str]]) -> None:
    assert "changeseek.plugin.plugin" in answer["imported"]
    tops = {name.partition(".")[0] for name in answer["loaded"]}
    assert tops & ENGINE_LIBRARIES == set()


def test_of_the_core_only_the_messages_are_loaded(answer: dict[str, list[str]]) -> None:
    of_the_core = [name for name in answer["loaded"] if name.startswith("changeseek.core")]
    assert "changeseek.core.engine.protocol" in of_the_core
    assert [name for name in of_the_core if not SHARED.fullmatch(name)] == []


def test_importing_starts_nothing(answer: dict[str, list[str]]) -> None:
    assert answer["threads"] == ["MainThread"]
