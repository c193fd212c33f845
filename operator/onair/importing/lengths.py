"""Lengths of spots and programmes as plans write them."""

import re
from datetime import timedelta
from fractions import Fraction
from typing import Final

from onair.importing.notes import LeftOutError, quoted

_SPELLINGS: Final = {
    "h": "h hr hrs hour hours u uur uren std stunde stunden",
    "m": "m min mins minute minutes minuut minuten '",
    "s": "s sec secs second seconds seconde seconden sek sekunde sekunden \" ''",
    "ms": "ms msec millisecond milliseconds milliseconden millisekunden",
}
_SECONDS: Final = {
    "h": Fraction(3600),
    "m": Fraction(60),
    "s": Fraction(1),
    "ms": Fraction(1, 1000),
}
_UNITS: Final = {
    word: _SECONDS[unit] for unit, words in _SPELLINGS.items() for word in words.split()
}
_PART: Final = re.compile("([0-9]{1,6}(?:[.,][0-9]{1,2})?) ?([a-z]{1,12}|''|['\"])[.]? ?")
_PARTS: Final = re.compile(f"(?:{_PART.pattern}){{1,3}}")
_CLOCK: Final = re.compile("(?:([0-9]{1,3}):)?([0-9]{0,3}):([0-9]{2})")
_NUMBER: Final = re.compile("[0-9]{1,9}(?:[.,][0-9]{1,2})?")  # three may be thousands
_DIGITS: Final = re.compile("0[0-9]{3,}")
"""With zeros before it, a number is more likely mmss, hhmm or hhmmss than a count of seconds."""
_SIXTY: Final = 60


def unit_of(word: str) -> Fraction | None:
    """Return the seconds of a unit such as `sec` or `Minuten`, None for another word."""
    return _UNITS.get(word.lower())


def length(text: str, unit: Fraction | None, *, is_hours: bool = False) -> timedelta:
    """Return how long `30`, `:30`, `0:30`, `30s`, `1h5m`, `1'30"` or `65 min` is.

    A number alone counts `unit` seconds and is refused without one. Two numbers with a colon are
    minutes and seconds, as playlists have them, or hours and minutes where `is_hours` says so;
    three are hours, minutes and seconds.

    Raises:
        LeftOutError: it is no length.
    """
    plain = text.strip().lower().rstrip(".")
    if _DIGITS.fullmatch(plain):
        raise LeftOutError(f"{quoted(text)} could be a number or hhmmss; write it as 30 or 0:00:30")
    if _NUMBER.fullmatch(plain):
        if unit is None:
            raise LeftOutError(f"{quoted(text)} has no unit; write it as {plain}s or {plain}m")
        return _timedelta(_fraction(plain) * unit)
    if clock := _CLOCK.fullmatch(plain):
        return _on_clock(clock, text, is_hours=is_hours)
    parts = _PART.findall(plain) if _PARTS.fullmatch(plain) else []
    if not parts or any(word not in _UNITS for _, word in parts):
        raise _no_length(text)
    return _timedelta(sum((_fraction(count) * _UNITS[word] for count, word in parts), Fraction()))


def _on_clock(clock: re.Match[str], text: str, *, is_hours: bool) -> timedelta:
    hours, minutes, seconds = (int(part or 0) for part in clock.groups())
    if seconds >= _SIXTY or (clock[1] and minutes >= _SIXTY):
        raise _no_length(text)
    if is_hours and clock[1] is None:
        hours, minutes, seconds = minutes, seconds, 0
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _no_length(text: str) -> LeftOutError:
    return LeftOutError(f"{quoted(text)} is no length; write it as 30 (seconds), 0:30 or 1h5m")


def _fraction(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def _timedelta(seconds: Fraction) -> timedelta:
    return timedelta(milliseconds=int(min(seconds, Fraction(10**9)) * 1000))
