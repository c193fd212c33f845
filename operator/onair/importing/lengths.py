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
}
_SECONDS: Final = {"h": 3600, "m": 60, "s": 1}
_UNITS: Final = {
    word: _SECONDS[unit] for unit, words in _SPELLINGS.items() for word in words.split()
}
_PART: Final = re.compile("([0-9]{1,6}(?:[.,][0-9]{1,3})?) ?([a-z]+|''|['\"]) ?")
_PARTS: Final = re.compile(f"(?:{_PART.pattern}){{1,3}}")
_CLOCK: Final = re.compile("(?:([0-9]{1,3}):)?([0-9]{0,3}):([0-9]{2})")
_NUMBER: Final = re.compile("[0-9]{1,6}(?:[.,][0-9]{1,3})?")


def unit_of(word: str) -> int | None:
    """Return the seconds of a unit such as `sec` or `Minuten`, None for another word."""
    return _UNITS.get(word.lower())


def length(text: str, unit: int = 1) -> timedelta:
    """Return how long `30`, `:30`, `0:30`, `30s`, `1h5m`, `1'30"` or `65 min` is.

    A number alone counts `unit` seconds; two numbers with a colon are minutes and seconds, three
    are hours, minutes and seconds, as playlists and media plans have them.

    Raises:
        LeftOutError: it is no length.
    """
    plain = text.strip().lower().rstrip(".")
    if _NUMBER.fullmatch(plain):
        return _seconds(_fraction(plain) * unit)
    if clock := _CLOCK.fullmatch(plain):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    parts = _PART.findall(plain) if _PARTS.fullmatch(plain) else []
    if not parts or any(word not in _UNITS for _, word in parts):
        raise LeftOutError(f"{quoted(text)} is no length; write it as 30 (seconds), 0:30 or 1h5m")
    return _seconds(sum((_fraction(count) * _UNITS[word] for count, word in parts), Fraction()))


def _fraction(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def _seconds(count: Fraction) -> timedelta:
    return timedelta(milliseconds=int(min(count, Fraction(10**9)) * 1000))
