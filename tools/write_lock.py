"""Writes requirements/engine.lock: what pyproject.toml asks for and all that this needs, as installed here.

Usage: .venv/bin/python tools/write_lock.py. To change a version, install the new one into .venv, run the
tests, then write the lock. It holds neither hashes nor an index: torch's local CPU build is another file
than the registry's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.metadata import requires, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "engine.lock"

# Torch's GPU builds bring these, each build its own; the CPU build has none of them.
OF_GPU_BUILDS = ("nvidia-", "cuda-", "triton")


def declared() -> list[Requirement]:
    """Return the requirements of the engine and of its development, as pyproject.toml states them."""
    metadata = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = [*metadata["project"]["dependencies"], *metadata["dependency-groups"]["dev"]]
    return [Requirement(line) for line in lines]


def closure(requirements: Iterable[Requirement]) -> set[str]:
    """Return the names of all distributions that `requirements` need, themselves included."""
    found: set[tuple[str, str]] = set()
    waiting = [(requirement, extra) for requirement in requirements for extra in ("", *requirement.extras)]
    while waiting:
        requirement, extra = waiting.pop()
        key = (canonicalize_name(requirement.name), extra)
        if key not in found:
            found.add(key)
            waiting += [(child, inner) for child in _children(*key) for inner in ("", *child.extras)]
    return {name for name, _ in found if not name.startswith(OF_GPU_BUILDS)}


def _children(name: str, extra: str) -> list[Requirement]:
    if name.startswith(OF_GPU_BUILDS):
        return []
    children = [Requirement(line) for line in requires(name) or []]
    return [child for child in children if child.marker is None or child.marker.evaluate({"extra": extra})]


def pins(names: Iterable[str]) -> list[str]:
    """Return `name==version` for each name, without the local part that only one machine's build has."""
    return sorted(f"{name}=={Version(version(name)).public}" for name in names)


if __name__ == "__main__":
    LOCK.write_text("\n".join(pins(closure(declared()))) + "\n", encoding="utf-8")
