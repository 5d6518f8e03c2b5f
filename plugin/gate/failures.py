"""The engine's failures, and its death, as the errors that people are told."""

from __future__ import annotations

from ...core.engine.protocol import BAD_INPUT, CANCELLED, PROTOCOL, Failure
from ..errors import (
    BadRequestError,
    EngineError,
    EngineMissingError,
    EngineStoppedError,
    JobCancelledError,
    PluginError,
)
from ..translation import tr

# The engine's own name for a Python that lacks what the engine needs.
_INCOMPLETE = "EngineIncompleteError"
# By signal 9, which nobody sends so often as a system without memory.
_KILLED = -9
_KINDS: dict[int, type[PluginError]] = {BAD_INPUT: BadRequestError, CANCELLED: JobCancelledError}


def error_of(failure: Failure) -> PluginError:
    """The error to raise for a failure; message, advice and kind stay the engine's."""
    missing = failure.kind == _INCOMPLETE
    kind = EngineMissingError if missing else _KINDS.get(failure.code, EngineError)
    return kind(failure.message, failure.advice, failure.kind)


def other_version(protocol: int) -> EngineError:
    """The engine is not of this plugin's version."""
    return EngineError(
        tr("the engine speaks version {} of the protocol, this plugin version {}").format(protocol, PROTOCOL),
        tr("Restart QGIS, so that both are of one version"),
    )


def ended(code: int | None, last_words: str, *, started: bool) -> EngineStoppedError:
    """The engine's process ended by itself.

    Args:
        code: Its exit code; the number of a signal with a minus where one ended it.
        last_words: What it wrote outside of its log, may be empty.
        started: It had answered its hello; else it may be no engine at all.
    """
    message = tr("the engine ended unexpectedly (exit code {})").format(code)
    advice = _see_the_log() if started else _check_the_python()
    if code == _KILLED:
        advice = f"{_memory()}. {_see_the_log()}"
    return EngineStoppedError(f"{message}: {last_words}" if last_words else message, advice)


def silent(seconds: float) -> EngineStoppedError:
    """The engine is there and says nothing."""
    message = tr("the engine has said nothing for {:.0f} seconds and was ended").format(seconds)
    return EngineStoppedError(message, _see_the_log())


def slow_start(seconds: float) -> EngineStoppedError:
    """The engine did not get ready."""
    return EngineStoppedError(
        tr("the engine was not ready after {:.0f} seconds and was ended").format(seconds),
        _check_the_python(),
    )


def stubborn_build() -> EngineStoppedError:
    """The engine was ended, because a build did not stop."""
    message = tr("the engine was ended because a cancelled build did not stop")
    return EngineStoppedError(message, tr("Ask again: a new engine starts"))


def closed() -> EngineStoppedError:
    """QGIS, or the plugin, is ending."""
    return EngineStoppedError(tr("the engine was ended with the plugin"))


def _check_the_python() -> str:
    return tr("Check that the Python in ChangeSeek's settings is the one of the engine's environment")


def _memory() -> str:
    return tr("The system may have run out of memory: close other programs")


def _see_the_log() -> str:
    return tr("Ask again: a new engine starts. Its log is named by `changeseek doctor`, under logs")
