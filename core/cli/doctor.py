"""`changeseek doctor`: what this machine has, and what is wrong with it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from changeseek.core.cli.output import answer, answer_facts, answer_json
from changeseek.core.doctor import Checkup, examine


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor")(doctor)


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False) -> None:
    """Look at versions, device, models and folders, and say what is wrong."""
    found = examine()
    if as_json:
        answer_json(asdict(found))
        return
    answer_facts(_facts(found))
    for problem in found.problems or ["all is well"]:
        answer(problem)


def _facts(found: Checkup) -> dict[str, str]:
    facts = {"device": found.device, "models": ", ".join(found.models) or "none"}
    free = {"free disk": f"{found.free_bytes / 1024**3:.1f} GB"}
    return found.versions | facts | found.folders | free
