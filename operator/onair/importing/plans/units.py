"""What a header says in brackets of the cells of its column."""

import re
from fractions import Fraction
from typing import Final

from onair.importing.instants import known_zone
from onair.importing.lengths import unit_of
from onair.importing.notes import UnreadableError, quoted
from onair.importing.values import DURATIONS, NUMBERS, PERCENTAGES, Unit, factor_of

WHEN: Final = ("date", "time", "end", "endDate")
"""Fields whose headers may say a zone or a format."""

_THOUSANDS: Final = re.compile("x? ?1?[.,' ]?000s?")
_FORMATS: Final = re.compile("h{1,2}[:.]?mm([:.]?ss)?|24 ?h|yyyy-?mm-?dd|iso( ?8601)?")
_HOURS: Final = frozenset(("h:mm", "hh:mm", "h:mm:ss", "hh:mm:ss"))
_MINUTES: Final = frozenset(("m:ss", "mm:ss"))
_SECOND: Final = Fraction(1)


def unit(field: str, text: str) -> Unit:
    """Return what the brackets of a header mean for the cells of a field; "" stands for none.

    Raises:
        UnreadableError: it is not known what they mean; the message says what would be right.
    """
    exact = re.sub("(?i)^in ", "", text.strip()).strip().rstrip(".")  # M is a million, m nothing
    word = exact.lower()
    if field in DURATIONS and (found := _length(field, word)):
        return found
    if field in NUMBERS and (times := _times(exact)):
        return Unit(factor=times)
    if field in PERCENTAGES and word in {"", "%"}:
        return Unit(is_percentage=word == "%")
    if field in WHEN and (not word or _FORMATS.fullmatch(word) or known_zone(text)):
        return Unit()
    if field not in {*DURATIONS, *NUMBERS, *PERCENTAGES, *WHEN}:
        return Unit()
    raise UnreadableError(f"it is not known what {quoted(text)} means for {field}; {_hint(field)}")


def _length(field: str, word: str) -> Unit | None:
    if not word:
        return Unit(seconds=_SECOND if field == "duration" else None)
    if word in _HOURS | _MINUTES:
        return Unit(is_hours=word in _HOURS)
    seconds = unit_of(word)
    return Unit(seconds=seconds) if seconds else None


def _times(exact: str) -> int | None:
    return 1000 if _THOUSANDS.fullmatch(exact.lower()) else factor_of(exact)


def _hint(field: str) -> str:
    if field in DURATIONS:
        return "write (sec), (min) or (hh:mm)"
    if field in NUMBERS:
        return "write (000), (k) or (mln), or nothing"
    if field in PERCENTAGES:
        return "write (%) or nothing"
    return "write a zone such as (Europe/Amsterdam), or nothing"
