"""What can go wrong on QGIS's side, in the one form in which people are told: a message and an advice."""

from __future__ import annotations


class PluginError(Exception):
    """Base of all errors that the plugin shows.

    Args:
        message: What is wrong, one line, without a full stop at its end.
        advice: What the user can do about it, one line.
        kind: Name of the engine's error class where the engine raised it, else empty.
    """

    def __init__(self, message: str, advice: str = "", kind: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.kind = kind

    def __str__(self) -> str:
        return f"{self.message}. {self.advice}" if self.advice else self.message


class EngineError(PluginError):
    """The engine answered that it cannot do what was asked."""


class BadRequestError(EngineError):
    """What was given to the engine cannot be used; nothing was written."""


class EngineMissingError(PluginError):
    """No Python that could run the engine was found."""


class EngineStoppedError(PluginError):
    """The engine ended while it was asked; the next question starts a new one."""


class JobCancelledError(PluginError):
    """The user stopped it."""


class LayerError(PluginError):
    """A layer is of a kind that the engine cannot read."""
