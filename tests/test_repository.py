"""What the repository may hold: nothing of one machine, no registry's host, nothing too big to clone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

# In parts, so that this file does not hold what it looks for.
REGISTRY_HOSTS = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "debian" + ".org",
    "npm" + "js.org",
    "npm" + "js.com",
    "anaconda" + ".org",
    "download.py" + "torch.org",
]
MACHINE_PATH = re.compile(r"(?<![\w.$}/-])/" + r"(work|root|tmp|home/\w+)" + r"/")
LARGEST_BYTES = 2 * 1024 * 1024
MODELS = Path("resources/models")


@pytest.fixture(scope="module")
def texts(checkout: Path, tracked_files: list[Path]) -> dict[Path, str]:
    """The tracked files that are text, with their content."""
    contents = {path: (checkout / path).read_bytes() for path in tracked_files}
    return {path: content.decode("utf-8") for path, content in contents.items() if b"\0" not in content}


def test_no_file_names_a_registrys_host(texts: dict[Path, str]) -> None:
    found = [(path, host) for path, text in texts.items() for host in REGISTRY_HOSTS if host in text.lower()]
    assert found == []


def test_no_file_names_a_machines_path(texts: dict[Path, str]) -> None:
    found = [(path, match.group()) for path, text in texts.items() for match in MACHINE_PATH.finditer(text)]
    assert found == []


def test_no_file_is_large_but_the_model(checkout: Path, tracked_files: list[Path]) -> None:
    sizes = {path: (checkout / path).stat().st_size for path in tracked_files}
    assert [path for path, size in sizes.items() if size > LARGEST_BYTES and MODELS not in path.parents] == []


def test_no_build_product_is_tracked(tracked_files: list[Path]) -> None:
    products = {".pyc", ".so", ".pyd", ".dll", ".pkl", ".pt", ".pth"}
    assert [path for path in tracked_files if path.suffix in products] == []


def test_a_lock_holds_pins_only(checkout: Path) -> None:
    pin = re.compile(r"[a-z0-9][a-z0-9.-]*==[0-9][0-9a-z.]*")
    for lock in sorted(checkout.glob("requirements/*.lock")):
        lines = lock.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if not pin.fullmatch(line)] == [], lock.name
        assert lines == sorted(lines), lock.name
