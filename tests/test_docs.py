"""What the documents point to is there, and nothing in them waits to be filled in."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

# At the start of a word, so neither within an address nor within a relative path.
MACHINE_PATH = re.compile(
    r"(?<![\w.$}/~-])/(?:work|root|tmp|mnt|var|opt|srv|home/\w+|Users/\w+)/|\b[A-Z]:\\Users"
)
LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)>\s]+)>?(?:\s+\"[^\"]*\")?\)|(?:src|href)=\"([^\"]+)\"")
ADDRESS = re.compile(r"^[a-z]+:|^//")


@pytest.fixture(scope="module")
def documents(checkout: Path) -> dict[Path, str]:
    paths = [checkout / "README.md", *sorted((checkout / "docs").rglob("*.md"))]
    return {path: path.read_text(encoding="utf-8") for path in paths}


def links(text: str) -> list[str]:
    """Where a document points to, without what stands there as an example of code."""
    plain = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    return [one or other for one, other in LINK.findall(plain)]


def headings(text: str) -> set[str]:
    """Names of a document's headings, as a link's part behind # calls them."""
    lines = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


def leads_somewhere(document: Path, link: str) -> bool:
    name, _, heading = unquote(link).partition("#")
    target = (document.parent / name) if name else document
    if not heading or target.suffix != ".md":
        return target.exists()
    return target.exists() and heading in headings(target.read_text(encoding="utf-8"))


def test_every_relative_link_leads_somewhere(checkout: Path, documents: dict[Path, str]) -> None:
    dead = [
        (str(path.relative_to(checkout)), link)
        for path, text in documents.items()
        for link in links(text)
        if not ADDRESS.match(link) and not leads_somewhere(path, link)
    ]
    assert dead == []


def test_nothing_waits_to_be_filled_in(documents: dict[Path, str]) -> None:
    assert [path.name for path, text in documents.items() if "@@" in text] == []


def test_no_document_names_a_machines_path(documents: dict[Path, str]) -> None:
    found = [
        (path.name, match.group())
        for path, text in documents.items()
        for match in MACHINE_PATH.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](docs/a.md) and ![b](<b.png>)", ["docs/a.md", "b.png"]),
        ('<img src="docs/c.jpg">', ["docs/c.jpg"]),
        ("`[no](link.md)`", []),
    ],
)
def test_links_are_seen_in_every_form(text: str, found: list[str]) -> None:
    assert links(text) == found


# In parts, so that this file does not hold what it looks for.
@pytest.mark.parametrize("path", ["see /" + "work/main/x", "(/" + "home/somebody/x)", "C:\\Users\\x"])
def test_a_machines_path_is_seen(path: str) -> None:
    assert MACHINE_PATH.search(path)
