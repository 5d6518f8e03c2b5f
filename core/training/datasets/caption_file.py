"""The JSON file of captions that LEVIR-CC and Dubai-CC share: a list of images with their sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from changeseek.core.errors import TrainingDataError


class CaptionedImage(NamedTuple):
    """One entry.

    Attributes:
        name: File name, the same for both dates.
        sentences: As they were written.
        split: As the file calls it; None where it does not.
        changed: As the file says; None where it does not.
    """

    name: str
    sentences: tuple[str, ...]
    split: str | None
    changed: bool | None


def read_caption_file(file: Path) -> list[CaptionedImage]:
    """Read `{"images": [{"filename", "sentences": [{"raw"}], ...}]}`.

    An entry may have `split` or `filepath` (the split's folder) and `changeflag` (0 or 1).

    Raises:
        TrainingDataError: The file is no such JSON.
    """
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
        return list(_images(content))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise TrainingDataError(f"{file} cannot be read as JSON: {error}", "Download it again") from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        advice = 'It must hold {"images": [{"filename": ..., "sentences": [{"raw": ...}]}]}'
        raise TrainingDataError(f"{file} is no list of captioned images", advice) from error


def _images(content: Any) -> Iterator[CaptionedImage]:
    for entry in content["images"]:
        flag = entry.get("changeflag")
        yield CaptionedImage(
            str(entry["filename"]),
            tuple(sentence["raw"].strip() for sentence in entry["sentences"]),
            entry.get("split") or entry.get("filepath"),
            None if flag is None else bool(int(flag)),
        )
