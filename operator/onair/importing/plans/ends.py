"""How long a row airs: by its length, by its end, or by both if they agree."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from onair.importing.instants import known_zone, oddity
from onair.importing.lengths import length
from onair.importing.loads import Defaults
from onair.importing.notes import LeftOutError, quoted
from onair.importing.plans.columns import Columns
from onair.importing.plans.dates import pick, read
from onair.importing.plans.tables import Row
from onair.importing.plans.whens import When, instant, is_date, until
from onair.importing.values import Unit
from onair.model.quantities import parse_duration

_NONE: Final = timedelta()
_DAY: Final = timedelta(days=1)
_HALF_A_DAY: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Ends:
    """Finds the lengths of the rows of one table.

    Attributes:
        columns: of the table.
        defaults: for what the table does not say.
        orders: the orders of day, month and year that its dates may have.
        has_seconds: whether its times that are digits alone have seconds.
    """

    columns: Columns
    defaults: Defaults
    orders: frozenset[str]
    has_seconds: bool

    def zone(self, row: Row, *fields: str) -> str | None:
        """Return the zone of a row, else that in the headers of these fields, else the default."""
        columns = self.columns.by_field
        heads = [columns[name].zone for name in fields if name in columns]
        return self.columns.cell(row, "timeZone") or next(
            filter(None, heads), self.defaults.time_zone
        )

    def lasts(self, row: Row, begins: When, start: datetime) -> tuple[timedelta, str | None]:
        """Return how long a row airs in exact time, and what is odd about its end.

        Raises:
            LeftOutError: it does not say, or says two things.
        """
        text, end = self.columns.cell(row, "duration"), self.columns.cell(row, "end")
        unit = self.columns.by_field["duration"].unit if text else Unit()
        said = length(text, unit.seconds, is_hours=unit.is_hours) if text else None
        found, odd = self._until_end(row, begins, start)
        if said is not None and found is None:
            self._check_end_date(row, begins, start + said)
        if said is not None and found is not None and said != found:
            raise LeftOutError(
                f"its length {quoted(text)} and its end {quoted(end)} do not agree: keep one"
            )
        found = said if found is None else found
        if found is None and self.defaults.duration:
            found = parse_duration(self.defaults.duration)
        if found is None:
            raise LeftOutError("it has no length; fill the cell or give --duration")
        return found, odd

    def _until_end(
        self, row: Row, begins: When, start: datetime
    ) -> tuple[timedelta | None, str | None]:
        """Return the time from a row's start to its end, None if it says no end.

        An end without a date that comes before the start is the next day's, unless that makes more
        than half a day on the clocks: then one of the two is a slip of the pen.
        """
        date, clock = self.columns.cell(row, "endDate"), self.columns.cell(row, "end")
        has_length = self.columns.cell(row, "duration")
        if not clock and (not date or (has_length and is_date(date))):
            return None, None
        ends, has_date = until(begins, date, clock, has_seconds=self.has_seconds)
        zone = None if ends.offset else self.zone(row, "end", "endDate", "time", "date")
        wall_clock = ends.wall_clock(self.orders)
        lasts = instant(wall_clock, ends.offset, zone) - start
        if not has_date and lasts < _NONE and lasts + _DAY <= _HALF_A_DAY:
            wall_clock += _DAY  # not 24 hours, since clocks may change in the night
            lasts = instant(wall_clock, ends.offset, zone) - start
        if lasts <= _NONE:
            raise LeftOutError(
                f"its end {quoted(clock or date)} is not after its start; say its date, too"
            )
        where = known_zone(zone) if zone else None
        odd = oddity(wall_clock, where) if where else None
        return lasts, f"its end: {odd}" if odd else None

    def _check_end_date(self, row: Row, begins: When, end: datetime) -> None:
        """Refuse a date without a time of day on which a row does not end by its length."""
        date = self.columns.cell(row, "endDate")
        zone = self.zone(row, "endDate", "time", "date")
        where = begins.offset or (known_zone(zone) if zone else None)
        if date and pick(read(date), self.orders, date) != end.astimezone(where).date():
            raise LeftOutError(f"its length and its end date {quoted(date)} do not agree: keep one")
