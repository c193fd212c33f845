"""The numbers of a trace: requests or requests/s, never negative."""

import re
from typing import Final

from onair.traces.errors import TraceError, quoted

MOST: Final = 1e12
"""Requests in a step, or each second: more than there are on Earth."""

_NUMBER: Final = re.compile("[+]?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_MISSING: Final = frozenset(("", "nan", "null", "none", "na", "n/a"))
_INFINITE: Final = frozenset(("inf", "infinity"))
_THOUSANDS: Final = re.compile("[1-9][0-9]{0,2}[.][0-9]{3}")


class Numbers:
    """Reads the numbers of one trace, and notes whether points in them could divide thousands."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._doubtful: tuple[int, str] | None = None
        self._proven = False

    @property
    def doubtful(self) -> tuple[int, str] | None:
        """The first number such as `1.234` and its place, None if a fraction has another form."""
        return None if self._proven else self._doubtful

    def number(self, text: str, place: int) -> float | None:
        """Return the number that the text at a place says, None if it says that there is none.

        Raises:
            TraceError: it is no number from 0 to 1e12.
        """
        if not _NUMBER.fullmatch(text):
            _check_missing(text)
            return None
        if "." in text and not self._proven:
            self._weigh(text, place)
        found = float(text)
        if found > MOST:
            raise TraceError(f"{quoted(text)} is more than {MOST:g}; correct it")
        return found

    def _weigh(self, text: str, place: int) -> None:
        if not _THOUSANDS.fullmatch(text):
            self._proven = True
        elif self._doubtful is None:
            self._doubtful = place, text


def _check_missing(text: str) -> None:
    word = text.lower()
    if word in _MISSING:
        return
    if word.lstrip("+-") in _INFINITE:
        raise TraceError(
            f"{quoted(text)} is no number of requests; leave it empty if it is unknown"
        )
    if _NUMBER.fullmatch(text.removeprefix("-")):
        raise TraceError(f"{quoted(text)} is negative; there are no fewer requests than 0")
    raise TraceError(
        f"{quoted(text)} is no number; write it as 1234.5: a point before the fraction and"
        " nothing between thousands"
    )
