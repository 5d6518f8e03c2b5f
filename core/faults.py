"""Failures of the machine that libraries raise in their own words, in ours."""

from __future__ import annotations

import errno

from changeseek.core.errors import ChangeSeekError, MachineFaultError

_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


def as_known(error: BaseException) -> ChangeSeekError | None:
    """The error that the user is told, None where nobody expected it."""
    if isinstance(error, ChangeSeekError):
        return error
    if isinstance(error, OSError) and error.errno in _DISK_FULL:
        return MachineFaultError("the disk is full", "Make room and run the same command again")
    return None
