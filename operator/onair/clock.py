"""The one clock. Calendar time may run elsewhere and faster; real time never does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

FORM = re.compile(r"(?P<calendar>[^=@]+)=(?P<real>[^=@]+)@(?P<speed>[0-9]{1,5}(\.[0-9]{1,3})?)")

YEARS = range(1971, 2099)
"""Plans look a year ahead, and manifests end with 2099."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Calendar time that was `calendar` at the real instant `real` and runs `speed` times as fast.

    Both instants are UTC. Plan, cool-down and usual load live in calendar time; Lease, retries and
    HTTP in real time. The two instants make a restarted process continue where it was.
    """

    calendar: datetime
    real: datetime
    speed: float = 1.0

    @classmethod
    def parse(cls, text: str) -> Clock:
        """Read `CALENDAR=REAL@SPEED`: two RFC 3339 instants and a factor.

        Raises:
            ValueError: when the text is of another form.
        """
        match = FORM.fullmatch(text)
        if match is None or float(match["speed"]) <= 0:
            raise ValueError(
                f"{text!r} is not CALENDAR=REAL@SPEED, such as "
                "2027-01-09T19:00:00Z=2026-12-01T09:00:00Z@60"
            )
        return cls(_instant(match["calendar"]), _instant(match["real"]), float(match["speed"]))

    @staticmethod
    def real_now() -> datetime:
        """Return the real instant, UTC."""
        return datetime.now(UTC)

    def now(self) -> datetime:
        """Return the calendar instant, UTC."""
        return self.calendar + (self.real_now() - self.real) * self.speed

    def seconds_until(self, instant: datetime) -> float:
        """Return the real seconds until a calendar instant, negative when it is past."""
        return (instant - self.now()).total_seconds() / self.speed

    def calendar_length(self, seconds: float) -> timedelta:
        """Return the calendar time that passes in `seconds` of real time."""
        return timedelta(seconds=seconds * self.speed)


def wall_clock() -> Clock:
    """Return the clock on the wall: calendar time is real time."""
    now = Clock.real_now()
    return Clock(now, now)


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text.strip())
    if instant.tzinfo is None:
        raise ValueError(f"{text!r} has no offset; write it with a Z at the end")
    if instant.year not in YEARS:
        raise ValueError(f"{text!r} lies in a year beyond {YEARS[0]} to {YEARS[-1]}")
    return instant.astimezone(UTC)
