"""The dates of an event: its start, those of its rule, and its RDATEs, in one set."""

from collections.abc import Iterable, Sized
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from onair.importing.calendars.events import Event
from onair.importing.instants import written
from onair.importing.notes import LeftOutError
from onair.model.errors import InvalidManifest
from onair.schedule.airtimes import Repeated
from onair.schedule.rules import parse_rule
from onair.schedule.zones import to_wall_clock

_AROUND = tuple(timedelta(days=days) for days in (1, 8, 32, 400, 3000))
"""In which a date near another is looked for: most rules have one in a week."""


class Dates:
    """Answers which instants are dates of an event (RFC 5545, 3.8.5.2).

    Raises:
        LeftOutError: its rule is none.
    """

    def __init__(self, event: Event, where: ZoneInfo) -> None:
        self.where = where
        self._listed = {event.start.utc, *(each.start.utc for each in event.extras)}
        self._rule = _rule(event, where) if event.rule else None

    def repeated(self, among: Iterable[datetime]) -> frozenset[datetime]:
        """Return those of some instants at which the rule airs."""
        if self._rule is None:
            return frozenset()
        return frozenset(each for each in among if any(self._rule.between(each, each)))

    def repeats_beside(self, gone: Sized) -> bool:
        """Tell whether the rule has dates beside some of its own."""
        return self._rule is not None and not (gone and self._rule.total() == len(gone))

    def strange(self, instant: datetime) -> str | None:
        """Return what is to say of an instant that is none of the dates, None if it is one."""
        if instant in self._listed or self.repeated([instant]):
            return None
        nearest = min(self._near(instant), key=lambda each: abs(each - instant))
        return (
            f"{written(instant, self.where)}, which is none of its dates: the nearest is"
            f" {written(nearest, self.where)}"
        )

    def _near(self, instant: datetime) -> Iterable[datetime]:
        found: list[datetime] = []
        for around in _AROUND:
            if self._rule and not found:
                found = [*self._rule.between(instant - around, instant + around)]
        return [*found, *self._listed]


def _rule(event: Event, where: ZoneInfo) -> Repeated:
    try:
        rule = parse_rule(event.rule)
    except InvalidManifest as error:
        raise LeftOutError(error.faults[0]) from error
    start = event.start.utc
    return Repeated(start, to_wall_clock(start, where), where, rule, ())
