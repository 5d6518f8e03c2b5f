"""Failures of the machine that libraries raise in their own words, in ours."""

from __future__ import annotations

import errno

from changeseek.core.errors import ChangeSeekError, MachineFaultError

# A file of too many bytes: what a limit on the process (ulimit -f) makes of a full disk.
DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DISK_FAULTS = (errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM, errno.ESTALE, errno.ENODEV, errno.ENXIO)
# How torch says it, which has no error of its own for the memory of the processor.
_OUT_OF_MEMORY = ("can't allocate memory", "not enough memory", "out of memory")


def as_known(error: BaseException) -> ChangeSeekError | None:
    """The error that the user is told, None where nobody expected it."""
    if isinstance(error, ChangeSeekError):
        return error
    if _is_out_of_memory(error):
        return MachineFaultError("the memory is full", "End other programs and run the same command again")
    if (full := disk_full(error)) is not None or not isinstance(error, OSError):
        return full
    if error.errno in _DISK_FAULTS:
        what = f"{error.filename or 'a file'} cannot be used: {error.strerror}"
        advice = "Check the disk and your rights on it, then run the same command again"
        return MachineFaultError(what, advice)
    return None


def disk_full(error: BaseException) -> MachineFaultError | None:
    """What the user is told where no room is left, None where that is not what happened."""
    if isinstance(error, OSError) and error.errno in DISK_FULL:
        return MachineFaultError("the disk is full", "Make room and run the same command again")
    return None


def _is_out_of_memory(error: BaseException) -> bool:
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return True
    return isinstance(error, RuntimeError) and any(words in str(error) for words in _OUT_OF_MEMORY)
