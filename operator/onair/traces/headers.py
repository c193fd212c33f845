"""Which column of a table says when, and which says how many requests."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onair.traces.errors import TraceError, quoted

_TIME: Final = re.compile(
    "(?:time|times|timestamp|datetime|dateandtime|date|ts|instant|period|begin|start|starttime"
    "|minute|second|unix|unixtime|epoch|tijd|tijdstip|zeit|zeitpunkt|zeitstempel)"
    "(?P<unit>utc|gmt|iso|iso8601|unix|s|sec|seconds|ms|millis|milliseconds)?"
)
_NUMBER: Final = re.compile(
    "(?:http)?(?:requests?|reqs?|requestcount|hits|calls|queries|invocations|count"
    "|verzoeken|aanvragen|anfragen)"
    "(?P<per>perstep|perseconds?|persec|pers|perminutes?|permin)?"
)
_RATES: Final = {"rps": 1, "qps": 1, "rate": 1, "requestrate": 1, "rpm": 60}
"""Names of rates that do not say it themselves, with the seconds of their unit."""
_WANTED: Final = "requests (in each step) or requests_per_second"
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Columns:
    """The two columns of a trace.

    Attributes:
        time: the index of that which says when.
        number: the index of that which says how many requests.
        width: how many columns there are.
        seconds: in which there are so many requests, None for each step.
        is_utc: whether the header says that times are in UTC.
        unused: the names of the other columns.
    """

    time: int
    number: int
    width: int
    seconds: int | None
    is_utc: bool
    unused: tuple[str, ...]


def columns(cells: Sequence[str], line: int) -> Columns:
    """Return the columns that the header in a line names, case and punctuation ignored.

    Raises:
        TraceError: there is no such column, or more than one; or it is no header.
    """
    words = [_word(cell) for cell in cells]
    times = [index for index, word in enumerate(words) if _TIME.fullmatch(word)]
    numbers = [index for index, word in enumerate(words) if _is_number(word)]
    if not times and not numbers and any(cell[:1].isdigit() for cell in cells):
        raise TraceError(f"line {line} is no header; write one above it such as time_utc,requests")
    time = _only(cells, times, f"line {line}", "when", "time")
    number = _only(cells, numbers, f"line {line}", "how many", _WANTED)
    unit = _TIME.fullmatch(words[time])
    return Columns(
        time,
        number,
        len(cells),
        _seconds(words[number]),
        unit is not None and unit["unit"] in {"utc", "gmt"},
        tuple(cell for index, cell in enumerate(cells) if index not in {time, number}),
    )


def known(cells: Sequence[str]) -> int:
    """Return how many cells name a column of a trace."""
    words = map(_word, cells)
    return sum(1 for word in words if _TIME.fullmatch(word) or _is_number(word))


def _only(cells: Sequence[str], found: Sequence[int], place: str, what: str, wanted: str) -> int:
    if not found:
        names = ", ".join(map(quoted, cells[:_SHOWN])) + (", ..." if len(cells) > _SHOWN else "")
        raise TraceError(f"{place}: no column says {what}, of {names}; call it {wanted}")
    if len(found) > 1:
        names = " and ".join(quoted(cells[index]) for index in found)
        raise TraceError(f"{place}: the columns {names} all say {what}; keep one of them")
    return found[0]


def _is_number(word: str) -> bool:
    return word in _RATES or _NUMBER.fullmatch(word) is not None


def _seconds(word: str) -> int | None:
    found = _NUMBER.fullmatch(word)
    if not found:
        return _RATES[word]
    per = found["per"] or "perstep"
    return None if per == "perstep" else 60 if per.startswith("permin") else 1


def _word(header: str) -> str:
    plain = unicodedata.normalize("NFKD", header[:100]).lower().replace("/", "per")
    return re.sub("[^a-z0-9]", "", plain)
