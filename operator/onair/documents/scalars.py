"""What a single value of YAML means to Kubernetes.

kubectl and the API server turn YAML into JSON with sigs.k8s.io/yaml 1.6.0 on go.yaml.in/yaml/v2
2.4.4. The table here is that library's `resolve.go`: YAML 1.1 without sexagesimals, so that `20:30`
is text, with dates as text, and with `yes`, `on` and `y` as true. The numbers are those of Go's
`strconv.ParseInt(..., 0, 64)` and `ParseFloat`; a float that is a whole number is an integer,
because JSON writes it without a point.
"""

import base64
import binascii
import re
from datetime import date
from decimal import Decimal
from math import inf, isfinite, nan
from typing import Final

Value = str | int | float | bool | None

_PREFIX: Final = "tag:yaml.org,2002:"
_WORDS: Final[dict[str, Value]] = {
    **dict.fromkeys(
        ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"], True
    ),
    **dict.fromkeys(
        ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"], False
    ),
    **dict.fromkeys(["", "~", "null", "Null", "NULL"]),
    **dict.fromkeys([".nan", ".NaN", ".NAN"], nan),
    **dict.fromkeys([".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"], inf),
    **dict.fromkeys(["-.inf", "-.Inf", "-.INF"], -inf),
}
_INTEGER: Final = re.compile(
    "(?P<sign>[-+]?)((?P<octal>0[oO]?[0-7]+)|(?P<other>0[xX][0-9a-fA-F]+|0[bB][01]+|0|[1-9][0-9]*))"
)
_DIGITS: Final = "[0-9](_?[0-9])*"
_DECIMAL: Final = re.compile(rf"[-+]?(\.{_DIGITS}|{_DIGITS}(\.({_DIGITS})?)?)([eE][-+]?{_DIGITS})?")
_TIMESTAMP: Final = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
    r"([Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})"
    r"| [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]+)?)?"
)
_INT64: Final = range(-(2**63), 2**63)
_UINT64: Final = range(2**64)
_LONGEST: Final = 70
"""Characters of the longest integer of 64 bits, in base 2, with sign and prefix."""


def resolve(text: str, tag: str | None, *, plain: bool) -> Value:
    """Return what a scalar means; `plain` says that it stands without quotes and without a tag.

    Raises:
        ValueError: it is not what its tag says, or JSON has no such number (NaN, infinity).
    """
    if tag is None:
        value = _untagged(text) if plain else text
    else:
        value = _tagged(text, tag.removeprefix(_PREFIX))
    if isinstance(value, float):
        if not isfinite(value):
            raise ValueError(f"{text} is not a number that JSON can say; say a finite number")
        return _whole(value)
    return value if not isinstance(value, int) or value in _INT64 else float(value)


def _whole(number: float) -> float:
    """Return a whole number of 64 bits as the integer that the digits of its JSON say."""
    # Both Go and Python write the fewest digits that mean the same float: of 2**60 these are 16.
    digits = Decimal(repr(number))
    whole = digits == digits.to_integral_value() and int(digits) in _INT64
    return int(digits) if whole else number


def _tagged(text: str, tag: str) -> Value:
    """Return what a scalar with a tag means; a tag that YAML does not know says nothing."""
    if tag == "binary":
        try:
            return base64.b64decode(text, validate=True).decode(errors="replace")
        except binascii.Error:
            raise ValueError("!!binary needs base64") from None
    if tag not in {"bool", "int", "float", "null", "timestamp"}:
        return text
    value = text if _is_timestamp(text) else _untagged(text)
    if _kind(value, text) != tag and (_kind(value, text), tag) != ("int", "float"):
        raise ValueError(f"{text} cannot be read as !!{tag}")
    return value


def _kind(value: Value, text: str) -> str:
    if isinstance(value, str):
        return "timestamp" if _is_timestamp(text) else "str"
    return "null" if value is None else type(value).__name__


def _is_timestamp(text: str) -> bool:
    said = _TIMESTAMP.fullmatch(text)
    if said is None:
        return False
    try:
        date(int(said["year"]), int(said["month"]), int(said["day"]))
    except ValueError:
        return False
    return True


def _untagged(text: str) -> Value:
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    digits = text if text[0] == "." else text.replace("_", "")
    integer = _integer(digits)
    if integer is not None:
        return integer
    number = float(digits) if _DECIMAL.fullmatch(digits) else inf
    return number if isfinite(number) else text


def _integer(text: str) -> int | None:
    """Return an integer of 64 bits as Go writes it, None if the text is none."""
    said = _INTEGER.fullmatch(text) if len(text) <= _LONGEST else None
    if said is None:
        return None
    magnitude = int(said["octal"], 8) if said["octal"] else int(said["other"], 0)
    value = -magnitude if said["sign"] == "-" else magnitude
    return value if value in (_INT64 if said["sign"] else _UINT64) else None
