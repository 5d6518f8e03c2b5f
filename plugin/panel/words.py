"""Numbers as people say them: counts, bytes, seconds, metres; and a program's line as a sentence."""

from __future__ import annotations

from qgis.PyQt.QtCore import QLocale

from ..errors import PluginError
from ..translation import tr

_MINUTE = 60.0
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_KILOMETRE = 1000.0


def count(number: int) -> str:
    """A whole number with the locale's separators."""
    return str(QLocale().toString(number))


def size(number_of_bytes: int) -> str:
    """Bytes as kB, MB, GB."""
    traditional = QLocale.DataSizeFormat.DataSizeTraditionalFormat
    return str(QLocale().formattedDataSize(number_of_bytes, 1, traditional))


def duration(seconds: float) -> str:
    """Seconds as coarse as an estimate deserves: `a few seconds`, `about 40 s`, `about 2 h 10 min`."""
    if seconds < 5:
        return tr("a few seconds")
    if seconds < _MINUTE:
        return tr("about {} s").format(_coarse(seconds, 5))
    if seconds < _HOUR:
        return tr("about {} min").format(max(1, round(seconds / _MINUTE)))
    if seconds < _DAY:
        hours, minutes = divmod(_coarse(seconds / _MINUTE, 10), 60)
        return tr("about {} h {} min").format(hours, minutes) if minutes else tr("about {} h").format(hours)
    return tr("about {} days").format(max(1, round(seconds / _DAY)))


def length(metres: float) -> str:
    """Metres as `0.5 m`, `64 m`, `1.3 km`."""
    if metres >= _KILOMETRE:
        return f"{QLocale().toString(float(metres) / _KILOMETRE, 'g', 3)} km"
    return f"{QLocale().toString(float(metres), 'g', 3)} m"


def rate(tiles_a_second: float) -> str:
    """Tiles a second, with as many digits as mean something."""
    digits = 0 if tiles_a_second >= 10 else 1
    return tr("{} tiles/s").format(QLocale().toString(float(tiles_a_second), "f", digits))


def sentence(line: str) -> str:
    """A line of the engine, lower-case and without a stop, as a sentence."""
    line = line.strip()
    if not line:
        return ""
    stop = "" if line[-1] in ".!?…" else "."
    first = line.split()[0].rstrip(",:;.!?…")
    # A file's name keeps its first letter.
    return f"{line[0].upper() if first.isalpha() else line[0]}{line[1:]}{stop}"


def told(error: PluginError) -> str:
    """An error as one text: what is wrong, then what to do."""
    return " ".join(filter(None, (sentence(error.message), sentence(error.advice))))


def _coarse(number: float, step: int) -> int:
    return max(step, round(number / step) * step)
