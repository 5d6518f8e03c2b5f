"""The command `changeseek`: its commands, and the one place where exceptions become exit codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from changeseek.core.cli import (
    caption,
    compare,
    demo,
    doctor,
    evaluate,
    feedback,
    index,
    info,
    search,
    train,
    train_heads,
    train_wordings,
)
from changeseek.core.cli.environment import keep_quiet, speak_utf8
from changeseek.core.cli.failures import BAD_INPUT, INTERRUPTED, explain
from changeseek.core.cli.output import say
from changeseek.core.environment import prepare_process

_HELP = """Find what changed between two rasters: type what happened, see where.

First `changeseek index BEFORE AFTER -o NAME.csx`, then `changeseek search NAME.csx "houses built on fields"`.
"""


def application() -> typer.Typer:
    """All commands."""
    app = typer.Typer(help=_HELP, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    of_an_index = (index, search, caption, info, feedback)
    for module in (*of_an_index, doctor, demo, train, train_heads, train_wordings, evaluate, compare):
        module.register(app)
    return app


def run(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: Arguments without the program's name; None takes the process's.

    Returns:
        0 success, 1 fault, 2 bad input, 130 interrupted.
    """
    prepare_process()
    speak_utf8()
    keep_quiet()
    arguments = [_as_text(argument) for argument in (sys.argv[1:] if argv is None else argv)]
    if not arguments:
        say("changeseek: no command given. See changeseek --help")
        return BAD_INPUT
    command = typer.main.get_command(application())
    try:
        code = command.main(args=arguments, prog_name="changeseek", standalone_mode=False)
    except (Exception, KeyboardInterrupt, typer.Abort) as error:  # noqa: BLE001  the edge: every failure becomes a line
        return explain(error)
    if code == INTERRUPTED:
        return explain(KeyboardInterrupt())
    return code if isinstance(code, int) else 0


def _as_text(argument: str) -> str:
    """Half a transition starts as an option does; a blank before it keeps it a text."""
    return f" {argument}" if argument.startswith("->") else argument
