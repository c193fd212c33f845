"""Numbers as manifests write them: crowds, durations and percentages.

Everything is exact: a number becomes a Fraction, a duration a timedelta.
"""

import re
from datetime import timedelta
from fractions import Fraction
from typing import Final

from onair.model.manifest import Scalar

# The part of Kubernetes' resource.Quantity that fits crowds, with as many digits as anybody needs.
QUANTITY: Final = "[0-9]{1,15}([.][0-9]{1,6})?[kMG]?"
# Gateway API's duration (GEP-2257).
DURATION: Final = "([0-9]{1,5}(h|m|s|ms)){1,4}"
PERCENTAGE: Final = "[0-9]{1,5}([.][0-9]{1,3})?%"

_OF_CROWDS: Final = (
    'such as 5000, 5k or "2.2" (k, M and G: thousand, million, billion; 680m would mean 0.68)'
)
_SUFFIXES: Final = {"k": 10**3, "M": 10**6, "G": 10**9}
_UNITS: Final = {
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
    "s": timedelta(seconds=1),
    "ms": timedelta(milliseconds=1),
}


def parse_quantity(text: int | str) -> Fraction:
    """Return the number that `5000`, `5k` or `"2.2"` means.

    Raises:
        ValueError: `text` is not spelled like that.
    """
    text = str(text)
    if not re.fullmatch(QUANTITY, text):
        raise ValueError(f'{text!r} is not a number such as 5000, 5k or "2.2"')
    factor = _SUFFIXES.get(text[-1])
    return Fraction(text[:-1]) * factor if factor else Fraction(text)


def parse_duration(text: str) -> timedelta:
    """Return the duration that `1h5m`, `90s` or `1500ms` means.

    Raises:
        ValueError: `text` is not spelled like that.
    """
    if not re.fullmatch(DURATION, text):
        raise ValueError(f"{text!r} is not a duration such as 10m or 1h5m")
    parts = re.findall("([0-9]+)(ms|h|m|s)", text)
    return sum((int(count) * _UNITS[unit] for count, unit in parts), timedelta())


def parse_percentage(text: str) -> Fraction:
    """Return the share of 1 that `25%` or `12.5%` means.

    Raises:
        ValueError: `text` is not spelled like that.
    """
    if not re.fullmatch(PERCENTAGE, text):
        raise ValueError(f"{text!r} is not a percentage such as 25%")
    return Fraction(text[:-1]) / 100


def format_duration(duration: timedelta) -> str:
    """Return a duration of zero or more as `parse_duration` reads it, such as `1h5m`; 0 is `0s`."""
    rest = duration
    text = ""
    for unit, length in _UNITS.items():
        count, rest = divmod(rest, length)
        text += f"{count}{unit}" if count else ""
    return text or "0s"


def quantity(low: str, high: str, such: str = _OF_CROWDS) -> Scalar:
    """Annotate a number from `low` to `high`, both spelled as in a manifest.

    `such` are examples, for the message.
    """
    least, most = parse_quantity(low), parse_quantity(high)
    number = "quantity(string(self))"
    return Scalar(
        kind=Fraction,
        parse=parse_quantity,
        allowed=lambda value: least <= value <= most,
        cel=f"string(self).matches('^{QUANTITY}$')"
        f" && {number}.compareTo(quantity('{low}')) >= 0"
        f" && {number}.compareTo(quantity('{high}')) <= 0",
        message=f"must be a number from {low} to {high}, {such}",
        max_length=24,
        integers=True,
    )


def duration(low: str, high: str) -> Scalar:
    """Annotate a duration from `low` to `high`, both spelled as in a manifest."""
    least, most = parse_duration(low), parse_duration(high)
    return Scalar(
        kind=timedelta,
        parse=parse_duration,
        allowed=lambda value: least <= value <= most,
        cel=f"self.matches('^{DURATION}$')"
        f" && duration(self) >= duration('{low}') && duration(self) <= duration('{high}')",
        message=f"must be a duration from {low} to {high}, such as 90s, 10m or 1h5m",
        max_length=28,
    )


def percentage(low: str, high: str) -> Scalar:
    """Annotate a percentage from `low` to `high`, both spelled as in a manifest."""
    least, most = parse_percentage(low), parse_percentage(high)
    number = "double(self.replace('%', ''))"
    return Scalar(
        kind=Fraction,
        parse=parse_percentage,
        allowed=lambda value: least <= value <= most,
        cel=f"self.matches('^{PERCENTAGE}$')"
        f" && {number} >= double('{low[:-1]}') && {number} <= double('{high[:-1]}')",
        message=f"must be a percentage from {low} to {high}, such as 12.5%",
        max_length=10,
    )
