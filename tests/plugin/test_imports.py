"""What the plugin loads into QGIS: none of the engine's libraries, whose native parts would clash there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENGINE_LIBRARIES = {
    "torch", "transformers", "timm", "rasterio", "faiss", "pyarrow", "shapely",
    "pyogrio", "tokenizers", "safetensors", "pystac", "typer",
}  # fmt: skip

IMPORT_ALL = """
import importlib, json, pathlib, sys
from importlib.util import module_from_spec, spec_from_file_location

root = pathlib.Path(sys.argv[1])
spec = spec_from_file_location("changeseek", root / "__init__.py", submodule_search_locations=[str(root)])
package = sys.modules["changeseek"] = module_from_spec(spec)
spec.loader.exec_module(package)
files = [file.relative_to(root).with_suffix("") for file in (root / "plugin").rglob("*.py")]
names = sorted(".".join(["changeseek", *file.parts]).removesuffix(".__init__") for file in files)
for name in names:
    importlib.import_module(name)
print(json.dumps({"imported": names, "loaded": sorted(sys.modules)}))
"""


def test_every_plugin_module_imports_without_the_engines_libraries() -> None:
    # A process of its own: this one has pytest's modules, and what another test imported, in sys.modules.
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, str(ROOT)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.splitlines()[-1])
    assert "changeseek.plugin.plugin" in answer["imported"]
    tops = {name.partition(".")[0] for name in answer["loaded"]}
    assert tops & ENGINE_LIBRARIES == set()
