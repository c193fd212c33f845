"""Words and instants as manifests write them: names, zones, dates, repetitions, anchors."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final, Literal

from onair.model.manifest import Scalar
from onair.model.quantities import DURATION, parse_duration

_LABEL: Final = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"
_DATE: Final = "(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
_TIME: Final = "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])?"
_ANCHOR: Final = f"(start|end)([+-]{DURATION})?"
_FARTHEST: Final = "24h"
_RULE_PART: Final = (
    "(INTERVAL|COUNT|UNTIL|WKST|BYDAY|BYMONTHDAY|BYMONTH|BYYEARDAY|BYWEEKNO|BYSETPOS)=[-+A-Z0-9,]+"
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """An instant relative to an airing: `start-15m` is Anchor("start", minus 15 minutes)."""

    edge: Literal["start", "end"]
    offset: timedelta


def parse_anchor(text: str) -> Anchor:
    """Return what `start`, `start-15m` or `end+1m` means.

    Raises:
        ValueError: `text` is not spelled like that.
    """
    if not re.fullmatch(_ANCHOR, text):
        raise ValueError(f"{text!r} is not an instant such as start-15m or end+1m")
    edge: Literal["start", "end"] = "start" if text.startswith("start") else "end"
    sign, length = text[len(edge) :][:1], text[len(edge) + 1 :]
    offset = parse_duration(length) if sign else timedelta()
    return Anchor(edge, -offset if sign == "-" else offset)


def parse_date_time(text: str) -> datetime:
    """Return the date-time that `text` is: aware if it has Z or an offset.

    Raises:
        ValueError: `text` is not spelled like that, or the calendar has no such day.
    """
    if not re.fullmatch(_DATE + _TIME, text):
        raise ValueError(f"{text!r} is not a date-time such as 2027-01-09T20:30:00")
    return datetime.fromisoformat(text)


def parse_date(text: str) -> date | datetime:
    """Return the date or the date-time that `text` is.

    Raises:
        ValueError: `text` is neither, or the calendar has no such day.
    """
    return date.fromisoformat(text) if re.fullmatch(_DATE, text) else parse_date_time(text)


def _spelled(pattern: str, max_length: int, message: str) -> Scalar:
    """Annotate text that fully matches `pattern`."""
    return Scalar(
        kind=str,
        parse=str,
        allowed=lambda value: re.fullmatch(pattern, value) is not None,
        cel=f"self.matches('^{pattern}$')",
        message=message,
        max_length=max_length,
    )


def _dated(kind: type, parse: Callable[[str], Any], pattern: str, message: str) -> Scalar:
    """Annotate a date that the calendar has: 30 February is none."""
    return Scalar(
        kind=kind,
        parse=parse,
        allowed=lambda _: True,
        cel=f"self.matches('^{pattern}$')"
        " && !format.date().validate(self.substring(0, 10)).hasValue()",
        message=message,
        max_length=32,
    )


def _anchored() -> Scalar:
    farthest = parse_duration(_FARTHEST)
    offset = anchor_offset("self")
    return Scalar(
        kind=Anchor,
        parse=parse_anchor,
        allowed=lambda anchor: abs(anchor.offset) <= farthest,
        cel=f"self.matches('^{_ANCHOR}$')"
        f" && {offset} >= duration('-{_FARTHEST}') && {offset} <= duration('{_FARTHEST}')",
        message=f"must be start or end, at most {_FARTHEST} from it, such as start-15m or end+1m",
        max_length=34,
    )


def is_anchor(cel: str) -> str:
    """Return the CEL for "the text `cel` is spelled as an anchor"."""
    return f"{cel}.matches('^{_ANCHOR}$')"


def anchor_offset(cel: str) -> str:
    """Return the CEL for the offset of the anchor `cel`; its last 0s stands for an absent one."""
    return f"duration({cel}.replace('start', '').replace('end', '') + '0s')"


def has_zone(cel: str) -> str:
    """Return the CEL for "the date-time `cel` has Z or an offset"."""
    return f"{cel}.matches('(Z|[+-][0-9:]+)$')"


def instant(cel: str) -> str:
    """Return the CEL for the instant of the date-time `cel`, read as UTC where it has no zone."""
    return f"timestamp({cel} + ({has_zone(cel)} ? '' : 'Z'))"


Name = Annotated[
    str,
    _spelled(_LABEL, 63, "must be a short name of lower-case letters, digits and hyphens"),
]
"""The key of an item of a list."""

ObjectName = Annotated[
    str,
    _spelled(
        f"{_LABEL}([.]{_LABEL})*",
        253,
        "must be the name of a Kubernetes object: lower-case letters, digits, hyphens and dots",
    ),
]

TimeZone = Annotated[
    str,
    _spelled(
        "[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*",
        64,
        "must be the name of a time zone, such as Europe/Amsterdam",
    ),
]

Repeat = Annotated[
    str,
    _spelled(
        f"({_RULE_PART};)*FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;{_RULE_PART})*",
        200,
        "must be an RFC 5545 rule that repeats by the day or slower, such as"
        " FREQ=WEEKLY;BYDAY=SA;COUNT=10 (FREQ is DAILY, WEEKLY, MONTHLY or YEARLY; with INTERVAL,"
        " COUNT, UNTIL, WKST, BYDAY, BYMONTHDAY, BYMONTH, BYYEARDAY, BYWEEKNO and BYSETPOS; the"
        " time of day is that of start)",
    ),
]

DateTime = Annotated[
    datetime,
    _dated(
        datetime,
        parse_date_time,
        _DATE + _TIME,
        "must be a date and a time of day that exist, such as 2027-01-09T20:30:00"
        " (in timeZone, or with Z or an offset such as +01:00)",
    ),
]

DateOrDateTime = Annotated[
    date | datetime,
    _dated(
        date,
        parse_date,
        f"{_DATE}({_TIME})?",
        "must be a date that exists, such as 2027-02-06 or 2027-02-06T20:30:00",
    ),
]

At = Annotated[Anchor, _anchored()]
