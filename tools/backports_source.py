"""Writes an apt source for a Debian release's backports: the system's own entry, another suite name.

Copying keeps the mirror, the options and the key that the administrator chose, and no host is named here.
Usage: backports_source.py CODENAME FOLDER. Runs on the bare system Python, hence the standard library only.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

APT = Path("/etc/apt")
NAME = "changeseek-backports"


def from_one_line(text: str, codename: str) -> str | None:
    """Copy the first `deb [options] URI CODENAME main ...` line for the backports suite; None without one."""
    for line in text.splitlines():
        kind, _, rest = line.strip().partition(" ")
        options, bracket, entry = rest.strip().rpartition("]")
        words = entry.split()
        if kind == "deb" and words[1:2] == [codename] and "main" in words[2:]:
            return f"deb {options}{bracket} {words[0]} {codename}-backports main\n".replace("  ", " ")
    return None


def from_deb822(text: str, codename: str) -> str | None:
    """Copy the first enabled stanza that serves CODENAME's main for the backports suite; None without one."""
    without_comments = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    for stanza in re.split(r"\n\s*\n", without_comments.strip()):
        # A field ends where the next line starts without a blank: values may run over several lines.
        fields = [field.partition(":") for field in re.split(r"\n(?=\S)", stanza)]
        values = {key.lower(): value.split() for key, _, value in fields}
        if _serves_main(values, codename):
            replaced = {"types": "deb", "suites": f"{codename}-backports", "components": "main"}
            return "".join(f"{key}: {replaced.get(key.lower(), value.strip())}\n" for key, _, value in fields)
    return None


def _serves_main(values: dict[str, list[str]], codename: str) -> bool:
    return (
        "deb" in values.get("types", [])
        and codename in values.get("suites", [])
        and "main" in values.get("components", [])
        and values.get("enabled") != ["no"]
    )


def write(codename: str, folder: Path, apt: Path = APT) -> Path | None:
    """Write the source file into `folder` and return its path, or None where there is nothing to copy."""
    candidates = [*sorted(apt.glob("sources.list.d/*")), apt / "sources.list"]
    copiers = {".sources": from_deb822, ".list": from_one_line}
    for path in candidates:
        copier = copiers.get(path.suffix)
        entry = copier(path.read_text(encoding="utf-8"), codename) if copier and path.is_file() else None
        if entry is not None:
            target = folder / f"{NAME}{path.suffix}"
            target.write_text(entry, encoding="utf-8")
            return target
    return None


if __name__ == "__main__":
    sys.exit(0 if write(sys.argv[1], Path(sys.argv[2])) else 1)
