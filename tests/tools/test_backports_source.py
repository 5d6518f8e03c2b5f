"""The apt source of a backports suite is a copy of the system's own entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from changeseek.tools.backports_source import from_deb822, from_one_line, write

STANZAS = """\
# the main mirror
Types: deb deb-src
URIs: https://mirror.example.org/debian
Suites: bookworm
 bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/archive.gpg

Types: deb
URIs: https://mirror.example.org/security
Suites: bookworm-security
Components: main
"""


def test_a_stanza_keeps_mirror_and_key() -> None:
    assert from_deb822(STANZAS, "bookworm") == (
        "Types: deb\n"
        "URIs: https://mirror.example.org/debian\n"
        "Suites: bookworm-backports\n"
        "Components: main\n"
        "Signed-By: /usr/share/keyrings/archive.gpg\n"
    )


def test_a_stanza_that_is_switched_off_is_passed_over() -> None:
    assert from_deb822("Enabled: no\n" + STANZAS.partition("\n\n")[0].partition("\n")[2], "bookworm") is None


@pytest.mark.parametrize(
    ("line", "copy"),
    [
        (
            "deb https://m.example.org/d bookworm main",
            "deb https://m.example.org/d bookworm-backports main\n",
        ),
        (
            "deb [arch=amd64 signed-by=/k.gpg] https://m.example.org/d bookworm main contrib",
            "deb [arch=amd64 signed-by=/k.gpg] https://m.example.org/d bookworm-backports main\n",
        ),
    ],
)
def test_a_line_keeps_mirror_and_options(line: str, copy: str) -> None:
    assert from_one_line(f"# a comment\ndeb-src x bookworm main\n{line}\n", "bookworm") == copy


def test_writes_the_form_that_the_system_uses(tmp_path: Path) -> None:
    apt, target = tmp_path / "apt", tmp_path / "out"
    (apt / "sources.list.d").mkdir(parents=True)
    target.mkdir()
    (apt / "sources.list").write_text("deb https://m.example.org/d bookworm main\n", encoding="utf-8")
    (apt / "sources.list.d" / "other.list").write_text("deb https://o.example.org/x stable main\n")
    assert write("bookworm", target, apt) == target / "changeseek-backports.list"


def test_says_when_there_is_nothing_to_copy(tmp_path: Path) -> None:
    (tmp_path / "sources.list.d").mkdir()
    assert write("bookworm", tmp_path, tmp_path) is None
