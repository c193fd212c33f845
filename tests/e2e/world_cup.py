"""The World Cup site of 1998: its traffic, its matches, and what could be known before a match.

The files and their sources are described in the README beside them. Rates are requests/s.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVENING = datetime(1998, 6, 26, tzinfo=UTC)
BEFORE_KICK_OFF = timedelta(minutes=90)
"""At 17:30Z, an hour and a half before the kick-off at 19:00Z: the ordinary load of an evening."""

AFTER_KICK_OFF = timedelta(hours=3)
"""Until 22:00Z, when the evening that is replayed ends."""

SLOTS = 4
MARGIN = Fraction(115, 100)
KICK_OFF_HOUR = 19
WEEKEND = {"Sat", "Sun"}


class Traces:
    """The three files of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._per_minute = {
            datetime.fromisoformat(row["time_utc"]): Fraction(row["requests"]) / 60
            for row in self._rows("requests_per_minute")
        }

    def evening(self) -> list[tuple[datetime, int]]:
        """Return the rate of each second from 18:00Z to 22:00Z."""
        begin, end = EVENING + timedelta(hours=18), EVENING + timedelta(hours=22)
        rows = (
            (datetime.fromisoformat(row["time_utc"]), int(row["requests_per_second"]))
            for row in self._rows("1998-06-26_requests_per_second")
        )
        return [(at, rate) for at, rate in rows if begin <= at < end]

    def usual(self) -> Fraction:
        """Return the rate at 17:30Z, before the crowd of the evening comes."""
        return self._rate(EVENING + timedelta(hours=KICK_OFF_HOUR) - BEFORE_KICK_OFF)

    def rises(self) -> dict[datetime, Fraction]:
        """Return the largest rise above 17:30Z in each of the last weekday 19:00Z slots before."""
        return {kick_off: self._rise(kick_off) for kick_off in self._kick_offs()[-SLOTS:]}

    def expected_peak(self) -> Fraction:
        """Return what can be announced for the evening: a margin above the largest such rise."""
        return MARGIN * max(self.rises().values())

    def _kick_offs(self) -> list[datetime]:
        found = {
            datetime.fromisoformat(match["kickoff_utc"])
            for match in self._rows("matches")
            if match["weekday"] not in WEEKEND
        }
        return sorted(at for at in found if at.hour == KICK_OFF_HOUR and at < EVENING)

    def _rise(self, kick_off: datetime) -> Fraction:
        first = kick_off - BEFORE_KICK_OFF
        minutes = (BEFORE_KICK_OFF + AFTER_KICK_OFF) // timedelta(minutes=1)
        rates = [self._rate(first + timedelta(minutes=minute)) for minute in range(minutes)]
        return max(rates) - rates[0]

    def _rate(self, minute: datetime) -> Fraction:
        return self._per_minute[minute]

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        with (self._folder / f"worldcup98_{name}.csv").open(encoding="utf-8") as lines:
            yield from csv.DictReader(lines)


def lost(evening: list[tuple[int, int]], per_replica: int) -> float:
    """Return the share of requests above capacity; `evening` is (rate, Ready pods) per second."""
    above = sum(max(0, rate - ready * per_replica) for rate, ready in evening)
    return above / sum(rate for rate, _ in evening)


def excess(evening: list[tuple[int, int]], per_replica: int) -> float:
    """Return mean Ready pods divided by the mean of the least that would do."""
    least = sum(ceil(rate / per_replica) for rate, _ in evening)
    return sum(ready for _, ready in evening) / least
