"""Numbers as spreadsheets of different countries write them."""

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from onair.importing.notes import LeftOutError, quoted

_NUMBER: Final = re.compile(
    "(?P<whole>[1-9][0-9]{0,2}(?P<divider>[., '])[0-9]{3}(?:(?P=divider)[0-9]{3})*|[0-9]{1,15})"
    "(?:(?P<sign>[.,])(?P<rest>[0-9]+))? ?(?P<suffix>[a-zA-Z]*)"
)
_PLAIN: Final = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2019": "'"})
_FACTORS: Final = {
    "": 1,
    **dict.fromkeys(("k", "K"), 10**3),
    **dict.fromkeys(("M", "mln", "mio"), 10**6),
    "G": 10**9,
}
_DIGITS: Final = 6
_OTHER: Final = {".": ",", ",": "."}


def decimal_sign(texts: Iterable[str]) -> str | None:
    """Return the decimal sign that the numbers of a file prove, None if none or both."""
    proven = {sign for text in texts if (found := _found(text)) and (sign := _proven(found))}
    return proven.pop() if len(proven) == 1 else None


def number(text: str, sign: str | None, factor: int = 1) -> str:
    """Return `680.000`, `1,250`, `2.2` or `680k`, times a factor, as manifests write it.

    `sign` is the file's decimal sign. It decides about one comma or point with three digits after
    it, which may divide thousands as well.

    Raises:
        LeftOutError: it is no number, or could be two.
    """
    found = _found(text)
    if not found or found["suffix"] not in _FACTORS:
        raise LeftOutError(f"{quoted(text)} is no number; write it as 680000, 680k or 2.2")
    whole, rest = found["whole"], found["rest"]
    if _is_doubtful(found):
        if sign is None:
            raise LeftOutError(
                f"{quoted(text)} could be two numbers; write it without a sign for thousands"
            )
        if found["divider"] == sign:
            whole, rest = whole.split(sign)
    value = Fraction(f"{re.sub('[^0-9]', '', whole)}.{rest or 0}")
    return _decimal(value * _FACTORS[found["suffix"]] * factor, text)


def _found(text: str) -> re.Match[str] | None:
    found = _NUMBER.fullmatch(text.strip().translate(_PLAIN))
    return None if found and found["sign"] and found["sign"] == found["divider"] else found


def _is_doubtful(found: re.Match[str]) -> bool:
    """Tell whether the one sign of a number may be a decimal sign as well as one for thousands."""
    divider = found["divider"]
    return divider in _OTHER and not found["sign"] and found["whole"].count(divider) == 1


def _proven(found: re.Match[str]) -> str | None:
    """Return the decimal sign that one number alone proves."""
    if _is_doubtful(found):
        return None
    return found["sign"] or _OTHER.get(found["divider"])


def _decimal(value: Fraction, text: str) -> str:
    """Return a number in decimal digits, at most six of them after the sign, as manifests do."""
    millionths = value * 10**_DIGITS
    if millionths.denominator != 1:
        raise LeftOutError(f"{quoted(text)} has more than six digits after the decimal sign")
    whole, rest = divmod(int(millionths), 10**_DIGITS)
    return f"{whole}.{rest:0{_DIGITS}d}".rstrip("0").rstrip(".")
