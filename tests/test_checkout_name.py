"""A checkout may have any folder name: the package is called `changeseek` all the same."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

IMPORT = (
    "import site, sys; site.addsitedir(sys.argv[1]); import changeseek.core.errors as m; print(m.__file__)"
)


@pytest.fixture(scope="module")
def odd_checkout(tmp_path_factory: pytest.TempPathFactory, checkout: Path, tracked_files: list[Path]) -> Path:
    folder = tmp_path_factory.mktemp("plugins") / "my-plugin 2"
    for path in tracked_files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(checkout / path, folder / path)
    return folder


def build(kind: str, source: Path, target: Path) -> Path:
    """Let setuptools make a wheel of `source`, as pip does; return the folder of its content."""
    code = f"import sys, setuptools.build_meta as b; print(b.build_{kind}(sys.argv[1]))"
    command = [sys.executable, "-W", "ignore", "-c", code, str(target)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=True, timeout=60)
    content = target / "content"
    with zipfile.ZipFile(target / done.stdout.splitlines()[-1]) as wheel:
        wheel.extractall(content)
    return content


@pytest.fixture(scope="module")
def installed_wheel(odd_checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", odd_checkout, tmp_path_factory.mktemp("wheel"))


def where_it_is_imported_from(site: Path) -> Path:
    # Without the environment's own site-packages, which know this checkout already.
    command = [sys.executable, "-B", "-I", "-S", "-c", IMPORT, str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return Path(done.stdout.strip())


def test_an_editable_install_imports_from_the_checkout(odd_checkout: Path, tmp_path: Path) -> None:
    site = build("editable", odd_checkout, tmp_path)
    assert where_it_is_imported_from(site) == odd_checkout / "core" / "errors.py"


def test_a_wheel_holds_every_room_and_the_resources(odd_checkout: Path, installed_wheel: Path) -> None:
    package = installed_wheel / "changeseek"
    assert where_it_is_imported_from(installed_wheel) == package / "core" / "errors.py"
    wanted = [*odd_checkout.glob("core/**/*.py"), *odd_checkout.glob("resources/**/*.*")]
    assert [path for path in wanted if not (package / path.relative_to(odd_checkout)).exists()] == []


def test_a_wheel_holds_neither_tests_nor_the_plugin(installed_wheel: Path) -> None:
    folders = {path.name for path in (installed_wheel / "changeseek").iterdir() if path.is_dir()}
    assert folders == {"core", "resources"}


def test_make_works_where_the_path_has_a_blank(odd_checkout: Path) -> None:
    planned = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "demo", "test", "bench"],
        cwd=odd_checkout,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "tools/setup-engine" in planned.stdout
    assert str(odd_checkout) not in planned.stdout
