"""Instants and durations as exact seconds, the unit of curves, and back."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_PER_SECOND: Final = 10**6
_PER_DAY: Final = 24 * 60 * 60


Number = int | Fraction
"""Seconds, and whatever else a curve is about: never a float."""


def quotient(number: Number, by: Number) -> Number:
    """Return one number divided by another, exactly: an int where it is a whole number."""
    whole, rest = divmod(number, by)
    return Fraction(number) / by if rest else whole


def seconds(duration: timedelta) -> Number:
    """Return a duration in seconds, exactly: an int where it is a whole number."""
    whole, rest = duration.days * _PER_DAY + duration.seconds, duration.microseconds
    return whole + Fraction(rest, _PER_SECOND) if rest else whole


def since_epoch(instant: datetime) -> Number:
    """Return an aware instant in seconds since 1970 (UTC)."""
    return seconds(instant - _EPOCH)


def length_of(number: Number) -> timedelta:
    """Return so many seconds as a duration; parts of a microsecond are dropped."""
    return int(number * _PER_SECOND) * _MICROSECOND


def instant_at(since: Number) -> datetime:
    """Return the instant (UTC) so many seconds after 1970 began."""
    return _EPOCH + length_of(since)
