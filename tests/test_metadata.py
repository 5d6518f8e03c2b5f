"""Version, dependencies and plugin metadata stand in several files; they agree."""

from __future__ import annotations

import re
import tomllib
from configparser import ConfigParser
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from changeseek.tools.write_lock import closure, declared, pins


@pytest.fixture(scope="module")
def project(checkout: Path) -> dict[str, Any]:
    metadata: dict[str, dict[str, Any]] = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))
    return metadata["project"]


@pytest.fixture(scope="module")
def plugin(checkout: Path) -> dict[str, str]:
    parser = ConfigParser(interpolation=None)
    parser.read(checkout / "metadata.txt", encoding="utf-8")
    return {key.lower(): value for key, value in parser["general"].items()}


def test_the_changelog_states_the_version_of_all(
    checkout: Path, project: dict[str, Any], plugin: dict[str, str]
) -> None:
    changelog = (checkout / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[(\d+\.\d+\.\d+)\]", changelog, flags=re.MULTILINE)
    assert newest is not None
    assert {newest[1]} == {project["version"], plugin["version"], version("changeseek")}


def test_the_plugin_states_the_nine_mandatory_fields(plugin: dict[str, str]) -> None:
    about_it = ["name", "description", "about", "version", "qgisMinimumVersion"]
    about_its_makers = ["author", "email", "tracker", "repository"]
    assert [field for field in about_it + about_its_makers if not plugin.get(field.lower())] == []


def test_the_plugins_icon_exists(checkout: Path, plugin: dict[str, str]) -> None:
    assert (checkout / plugin["icon"]).is_file()


def test_the_engines_lock_holds_what_is_needed_and_no_more(checkout: Path) -> None:
    """Run tools/write_lock.py when this fails."""
    locked = (checkout / "requirements" / "engine.lock").read_text(encoding="utf-8").splitlines()
    assert locked == pins(closure(declared()))
