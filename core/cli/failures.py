"""From exceptions to one line on stderr and an exit code: the command line's edge."""

from __future__ import annotations

import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

from typer.exceptions import TyperException

from changeseek.core.cli.output import say
from changeseek.core.faults import as_known

BAD_INPUT = 2
FAULT = 1
INTERRUPTED = 130


def explain(error: BaseException) -> int:
    """Say what went wrong in one line; returns the exit code."""
    known = as_known(error)
    if known is not None:
        return _fail(str(known), known.exit_code)
    if isinstance(error, TyperException):
        return _fail(f"{_usage(error)}. See changeseek --help", BAD_INPUT)
    if isinstance(error, KeyboardInterrupt):
        return _fail("interrupted. Run the same command again: finished parts are kept", INTERRUPTED)
    return _fail(f"unexpected {type(error).__name__}: {error}. Please report it with {_log(error)}", FAULT)


def _fail(message: str, code: int) -> int:
    say(" ".join(f"changeseek: {message.rstrip('.')}".split()))
    return code


def _usage(error: TyperException) -> str:
    message = error.format_message().strip().rstrip(".")
    return message[:1].lower() + message[1:]


def _log(error: BaseException) -> Path:
    """Write the traceback down; returns where."""
    text = "".join(traceback.format_exception(error))
    for folder in (_log_folder(), Path(tempfile.gettempdir())):
        path = folder / "changeseek.log"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as stream:
                stream.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{text}\n")
        except OSError:
            continue
        return path
    return Path("no log, for none could be written")


def _log_folder() -> Path:
    from platformdirs import user_log_path

    return user_log_path("changeseek", appauthor=False)
