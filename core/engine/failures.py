"""From exceptions to the failures that travel: the engine's edge.

Within the standard library and old Pythons, as all that runs before the engine is known to be complete.
"""

from __future__ import annotations

import logging
from pathlib import Path

from changeseek.core.engine.job import JobCancelledError
from changeseek.core.engine.protocol import (
    BAD_INPUT,
    BAD_PARAMETERS,
    CANCELLED,
    FAULT,
    NO_SUCH_METHOD,
    UNEXPECTED,
    Failure,
)
from changeseek.core.errors import BadInputError, MachineFaultError
from changeseek.core.faults import as_known

_log = logging.getLogger(__name__)

INCOMPLETE_ADVICE = "Run make setup in the plugin's folder, or choose another Python in the settings"
_VERSIONS_DIFFER = "Restart QGIS, so that plugin and engine are of one version"


class EngineIncompleteError(MachineFaultError):
    """The engine's Python lacks what the engine needs."""


class UnknownMethodError(Exception):
    """Nobody here answers such a request."""


class BadParametersError(Exception):
    """A request has fields that it does not have, lacks some, or holds values of another type."""


class BadTextError(BadInputError):
    """A text holds what can stand in none, such as a zero or half a character."""


def cancelled(id: int) -> Failure:
    """The answer to a request that the asker took back."""
    return Failure(id, CANCELLED, "stopped", "What was finished is kept", JobCancelledError.__name__)


def not_loadable(error: Exception) -> EngineIncompleteError:
    """What to say where a package is there but cannot be imported, as happens to native libraries."""
    _log.error("an import failed", exc_info=error)
    return EngineIncompleteError(f"a library of the engine cannot be loaded: {error}", INCOMPLETE_ADVICE)


def failure_of(id: int, error: BaseException, log: Path) -> Failure:
    """What the asker is told about an exception; what nobody expected goes to the log as well.

    Args:
        id: Of the request.
        error: What its handler raised.
        log: Where the log is.
    """
    kind = type(error).__name__
    if isinstance(error, JobCancelledError):
        return cancelled(id)
    if isinstance(error, UnknownMethodError):
        return Failure(id, NO_SUCH_METHOD, str(error), _VERSIONS_DIFFER, kind)
    if isinstance(error, BadParametersError):
        return Failure(id, BAD_PARAMETERS, str(error), _VERSIONS_DIFFER, kind)
    if isinstance(error, ImportError):
        error = not_loadable(error)
    known = as_known(error)
    if known is None:
        _log.error("unexpected", exc_info=error)
        return Failure(id, UNEXPECTED, f"unexpected {kind}: {error}", f"Please report it with {log}", kind)
    code = BAD_INPUT if isinstance(known, BadInputError) else FAULT
    return Failure(id, code, known.message, known.advice, type(known).__name__)
