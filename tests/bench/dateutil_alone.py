"""What the schedule is compared with: dateutil, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateutil.rrule import rruleset, rrulestr

if TYPE_CHECKING:
    from datetime import datetime


def dates(rule: str, start: datetime, after: datetime, before: datetime) -> list[datetime]:
    """Return the dates of a rule between two instants; "" is one date, to which nothing walks."""
    if rule:
        return list(rrulestr(rule, dtstart=start).between(after, before, inc=True))
    alone = rruleset()
    alone.rdate(start)
    return list(alone.between(after, before, inc=True))
