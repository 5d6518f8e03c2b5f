"""What can go wrong, said so that the person at the screen knows what to do next.

Every error carries a message (what is wrong) and an advice (what to do about it). The command line
prints both on one line, the plugin puts them into one message bar.
"""

from __future__ import annotations


class ChangeSeekError(Exception):
    """Base of all errors that the product raises on purpose.

    Args:
        message: What is wrong, one line, without a full stop at its end.
        advice: What the user can do about it, one line.
    """

    exit_code = 1

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message}. {self.advice}"


class BadInputError(ChangeSeekError):
    """Something that the user gave cannot be used; nothing was written."""

    exit_code = 2


class MachineFaultError(ChangeSeekError):
    """The machine failed in the middle (disk full, device lost); whole parts stay and the job can go on."""

    exit_code = 1


class SourceNotFoundError(BadInputError):
    """A raster source does not exist."""


class SourceNotReadableError(BadInputError):
    """A file exists but GDAL cannot open it as a raster."""


class MissingCrsError(BadInputError):
    """A raster says nothing about where on Earth it lies."""


class NoOverlapError(BadInputError):
    """The two dates, or the date and the extent, share no ground."""


class UnknownBandError(BadInputError):
    """A band was asked for that the raster does not have."""


class ShiftUnknownError(BadInputError):
    """The dates are to be moved onto each other, but how far could not be measured."""


class ExtentError(BadInputError):
    """An extent is not four numbers that make a rectangle."""


class DateError(BadInputError):
    """The two dates cannot be read or lie the wrong way round."""


class TilingError(BadInputError):
    """Tile size, stride or ground sample distance make no grid."""


class IndexFolderError(BadInputError):
    """A folder is not an index, or is one that cannot be used as asked."""


class IndexBusyError(BadInputError):
    """Another process writes this index."""


class UnknownModelError(BadInputError):
    """No model goes by that name or lies at that path."""


class UnknownDeviceError(BadInputError):
    """A device was named that this machine does not have."""


class UnknownTileError(BadInputError):
    """The index holds no tile of that id."""


class QueryError(BadInputError):
    """A text query that cannot be asked (empty, or half a transition)."""


class FeedbackError(BadInputError):
    """An answer that cannot be given, or a file of answers that cannot be used."""


class CaptionBankError(BadInputError):
    """A caption bank cannot be read or holds no sentence."""


class ExportError(BadInputError):
    """Hits cannot be written to the file that was named."""


class TrainingDataError(BadInputError):
    """A folder does not hold training data in a known layout."""


class TrainingConfigError(BadInputError):
    """A training is told what cannot be: an unknown key, a value out of its bounds."""


class OtherRunError(BadInputError):
    """A folder holds another training than the one that was asked for."""


class TrainingDivergedError(ChangeSeekError):
    """A training's losses are no numbers any more."""


class DemoFolderError(BadInputError):
    """A folder holds something else than the demo that was asked for."""


class OtherIndexError(IndexFolderError):
    """A folder holds an index of other rasters, another grid, model or preprocessing."""
