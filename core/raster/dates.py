"""When the two rasters were taken: told by the user, the file's tags or the file's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import PurePath

from changeseek.core.errors import DateError

DatePair = tuple[date | None, date | None]

_ADVICE = "Give them as 2009-08-18,2015-09-26, the earlier first"
# Acquisition stands before TIFF's DateTime, which many programs set to the time of writing.
_TAGS = ("ACQUISITIONDATETIME", "TIFFTAG_DATETIME")
_TAG_DATE = re.compile(r"\s*(\d{4})[:-](\d{2})[:-](\d{2})")
_NAME_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_NAME_YEAR = re.compile(r"(?<![0-9A-Za-z])((?:19|20)\d{2})(?![0-9A-Za-z])")


def parse_dates(text: str) -> tuple[date, date]:
    """Two dates from "2009-08-18,2015-09-26".

    Raises:
        DateError: The text is something else, or the first date is the later one.
    """
    try:
        before, after = (date.fromisoformat(part.strip()) for part in text.split(","))
    except ValueError as error:
        raise DateError(f"{text!r} is not two dates", _ADVICE) from error
    check_order((before, after))
    return before, after


def check_order(dates: tuple[date, date] | None) -> tuple[date, date] | None:
    """The dates themselves, if there are any.

    Raises:
        DateError: The first date is the later one.
    """
    if dates is not None and dates[0] > dates[1]:
        raise DateError(f"the before date {dates[0]} lies after the after date {dates[1]}", _ADVICE)
    return dates


def find_date(path: str, tags: Mapping[str, str]) -> date | None:
    """Date of a raster from its tags, else from its file's name, else None.

    A name that holds only a year (`1985.tif`) stands for the first of January of that year, as in ISO
    8601 and STAC; it counts only when it is the one number of that kind in the name.

    Args:
        path: The raster's path.
        tags: Its metadata, TIFF and IMAGERY domains together.
    """
    for name in _TAGS:
        found = _from_tag(tags.get(name, ""))
        if found is not None:
            return found
    return _from_name(PurePath(path).stem)


def _from_tag(text: str) -> date | None:
    match = _TAG_DATE.match(text)
    return _valid_date(match[1], match[2], match[3]) if match else None


def _from_name(stem: str) -> date | None:
    for match in _NAME_DATE.finditer(stem):
        found = _valid_date(match[1], match[3], match[4])
        if found is not None:
            return found
    years = [match[1] for match in _NAME_YEAR.finditer(stem)]
    return _valid_date(years[0], "1", "1") if len(years) == 1 else None


def _valid_date(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found <= date.today() else None
