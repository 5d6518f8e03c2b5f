"""Whether a file was cut short on its way here, seen before hours are spent on its first half."""

from __future__ import annotations

import math
import os
from typing import Any

from changeseek.core.errors import SourceNotReadableError

# The last blocks of a sparse file may hold nothing; so many are looked at for one that does.
_MOST_LOOKS = 64


def check_whole(dataset: Any, path: str) -> None:
    """See whether the last stored blocks of a TIFF lie within its file; no pixel is read.

    Raises:
        SourceNotReadableError: They do not.
    """
    if dataset.driver != "GTiff" or not os.path.isfile(path):
        return
    size = os.path.getsize(path)
    if any(_end_of_last_block(dataset, band) > size for band in {1, dataset.count}):
        raise SourceNotReadableError(
            f"{path} is cut short: its last pixels are missing", "Copy or download it again"
        )


def _end_of_last_block(dataset: Any, band: int) -> int:
    """Byte behind the last block that is stored, 0 where none was found."""
    height, width = dataset.block_shapes[band - 1]
    rows, cols = math.ceil(dataset.height / height), math.ceil(dataset.width / width)
    for number in range(rows * cols - 1, max(-1, rows * cols - 1 - _MOST_LOOKS), -1):
        row, col = divmod(number, cols)
        offset, length = (
            dataset.get_tag_item(f"BLOCK_{what}_{col}_{row}", "TIFF", bidx=band)
            for what in ("OFFSET", "SIZE")
        )
        if offset and length:
            return int(offset) + int(length)
    return 0
