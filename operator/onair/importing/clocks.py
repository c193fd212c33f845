"""Times of day as plans write them, up to 26:59:59 of a broadcast day."""

import re
from datetime import timedelta
from typing import Final

from onair.importing.notes import LeftOutError, quoted

LAST: Final = timedelta(hours=26, minutes=59, seconds=59)
"""A broadcast day may run on after midnight: Kantar's spot files go from 03:00:00 to 26:59:59."""

_CLOCK: Final = re.compile(
    "([0-9]{1,2})(?:[:.h]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,]0+)?)?)? ?(am|pm|uhr|uur|h|hrs)?"
)
_DIGITS: Final = re.compile("([0-9]{1,2})([0-9]{2})([0-9]{2})?")


def time_of_day(text: str) -> timedelta:
    """Return how long after midnight `20:30`, `20.30 uur`, `8:30 PM`, `203000` or `24:30` is.

    Digits alone are hhmm or hhmmss; spreadsheets drop their leading zero.

    Raises:
        LeftOutError: it is no time of day, or later than 26:59:59.
    """
    plain = text.strip().lower().replace("a.m.", "am").replace("p.m.", "pm")
    if plain.isascii() and plain.isdigit():
        found = _DIGITS.fullmatch(plain.zfill(len(plain) + len(plain) % 2))
        suffix = None
    else:
        found = _CLOCK.fullmatch(plain)
        suffix = found[4] if found else None
    if not found or (found[2] is None and suffix is None):
        raise LeftOutError(f"{quoted(text)} is no time of day; write it as 20:30 or 20:30:00")
    hours, minutes, seconds = (int(found[group] or 0) for group in (1, 2, 3))
    if suffix in {"am", "pm"}:
        if hours not in range(1, 13):
            raise LeftOutError(f"{quoted(text)} is no time of day; am and pm go from 1 to 12")
        hours = hours % 12 + (12 if suffix == "pm" else 0)
    since_midnight = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if max(minutes, seconds) > 59 or since_midnight > LAST:  # noqa: PLR2004 - minutes, seconds
        raise LeftOutError(
            f"{quoted(text)} is no time of day; the clock of a broadcast day ends at 26:59:59"
        )
    return since_midnight
