"""What a cell or a line says of the crowd, in the spelling of manifests: one reader for all files.

Numbers are read as spreadsheets of different countries write them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, get_args

from onair.importing.lengths import length
from onair.importing.notes import LeftOutError, quoted
from onair.model.loads import Load
from onair.model.quantities import format_duration

SHAPES: Final[tuple[str, ...]] = tuple(
    shape for shape in get_args(Load.model_fields["shape"].annotation) if shape != "Custom"
)
"""Those that need no points."""

PEOPLE: Final = ("people", "reach")
"""Fields that count people, who are whole."""

PERCENTAGES: Final = ("response", "headroom")
NUMBERS: Final = (*PEOPLE, "requestsPerPerson", "requestsPerSecond", "multiplier")
DURATIONS: Final = ("within", "endSlack", "duration")

_SHAPES: Final = {shape.lower(): shape for shape in SHAPES}
_NUMBER: Final = re.compile(
    "(?P<whole>[1-9][0-9]{0,2}(?P<divider>[., '])[0-9]{3}(?:(?P=divider)[0-9]{3}){0,4}|[0-9]{1,15})"
    "(?:(?P<sign>[.,])(?P<rest>[0-9]{1,15}))? ?(?P<suffix>[a-zA-Z]{0,10})[.]?"
)
_PLAIN: Final = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2019": "'"})
_SIGNS: Final = {"": 1, "k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9}
_FACTORS: Final = {
    10**3: "tsd tausend duizend thousand thousands",
    10**6: "mln mio million millions miljoen millionen",
}
_WORDS: Final = {word: factor for factor, words in _FACTORS.items() for word in words.split()}
_DIGITS: Final = 6
_OTHER: Final = {".": ",", ",": "."}


@dataclass(frozen=True, slots=True)
class Unit:
    """What is known of the numbers of a column, beside what its cells say.

    Attributes:
        factor: by which counts are multiplied.
        seconds: that a number alone means as a length; None if it means none.
        is_hours: whether `1:05` is an hour and five minutes.
        is_percentage: whether a number alone is a percentage.
    """

    factor: int = 1
    seconds: Fraction | None = None
    is_hours: bool = False
    is_percentage: bool = False


PLAIN: Final = Unit()
"""Nothing is known."""


def value(field: str, text: str, sign: str | None, unit: Unit = PLAIN) -> str:
    """Return the value of a field as manifests write it.

    `sign` is the decimal sign of the file, None if it is not known.

    Raises:
        LeftOutError: it is no value of that field, or could be two.
    """
    if field == "shape":
        return shape_of(text)
    if field in DURATIONS:
        return format_duration(length(text, unit.seconds, is_hours=unit.is_hours))
    if field in NUMBERS:
        found = number(text, sign, unit.factor)
        if field in PEOPLE and "." in found:
            raise LeftOutError(f"{quoted(text)} is no whole number of people; write it as 680000")
        return found
    if not (text.endswith("%") or unit.is_percentage):
        raise LeftOutError(f"{quoted(text)} is no {field}; write it as a percentage such as 2.5%")
    return number(text.rstrip("% "), sign) + "%"


def shape_of(text: str) -> str:
    """Return a shape as manifests write it, such as `TVSpot` for `TV spot`.

    Raises:
        LeftOutError: OnAir has no such shape.
    """
    if (found := known_shape(text)) is None:
        raise LeftOutError(f"{quoted(text)} is no shape; use {', '.join(SHAPES)}")
    return found


def known_shape(text: str) -> str | None:
    """Return a shape as manifests write it, None if it is none."""
    return _SHAPES.get(re.sub("[^a-z]", "", text.lower()))


def factor_of(word: str) -> int | None:
    """Return what `k`, `Mio` or `tausend` multiplies by, None for another word."""
    return _SIGNS.get(word) or _WORDS.get(word.lower())


def decimal_sign(texts: Iterable[str]) -> str | None:
    """Return the decimal sign that the numbers of a file prove, None if none or both."""
    found = (_found(text.rstrip("% ")) for text in texts)
    proven = {sign for each in found if each and (sign := _proven(each))}
    return proven.pop() if len(proven) == 1 else None


def number(text: str, sign: str | None, factor: int = 1) -> str:
    """Return `680.000`, `1,250`, `2.2` or `680k`, times a factor, as manifests write it.

    `sign` is the file's decimal sign. It decides about one comma or point with three digits after
    it, which may divide thousands as well.

    Raises:
        LeftOutError: it is no number, or could be two.
    """
    found = _found(text)
    times = factor_of(found["suffix"]) if found else None
    if not found or times is None:
        raise LeftOutError(f"{quoted(text)} is no number; write it as 680000, 680k or 2.2")
    whole, rest = found["whole"], found["rest"]
    if _is_doubtful(found):
        if sign is None:
            raise LeftOutError(
                f"{quoted(text)} could be two numbers; write it without a sign for thousands"
            )
        if found["divider"] == sign:
            whole, rest = whole.split(sign)
    read = Fraction(f"{re.sub('[^0-9]', '', whole)}.{rest or 0}")
    return _decimal(read * times * factor, text)


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
