"""What QGIS starts, by its path: `PYTHON …/core/engine/launch.py`.

It makes the package `changeseek` mean the very folder in which it lies, whatever that folder is called and
whatever is installed in that Python: so QGIS and its engine are always of one version.

Within the standard library and old Pythons: an interpreter that cannot run the engine must be able to say so.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

PACKAGE = "changeseek"


def main() -> int:
    """Run the engine of this folder until it ends; returns the exit code."""
    here = Path(__file__).resolve().parent
    # A script's own folder comes first on the path; its modules are ours, not everybody's.
    sys.path[:] = [entry for entry in sys.path if not entry or Path(entry).resolve() != here]
    import_package(here.parents[1])
    return int(import_module(f"{PACKAGE}.core.engine.process").main(sys.argv[1:]))


def import_package(folder: Path) -> None:
    """Import a folder as `changeseek`."""
    spec = spec_from_file_location(PACKAGE, folder / "__init__.py", submodule_search_locations=[str(folder)])
    if spec is None or spec.loader is None:
        raise ImportError(f"{folder} is not the plugin's folder")
    module = module_from_spec(spec)
    sys.modules[PACKAGE] = module
    spec.loader.exec_module(module)


if __name__ == "__main__":
    sys.exit(main())
