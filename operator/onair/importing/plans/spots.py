"""From the rows of a media plan to spots: what airs once, when, and with which crowd."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from onair.importing.instants import known_zone, oddity
from onair.importing.lengths import length
from onair.importing.loads import ANY_START, FIELDS, SIZES, Defaults, load
from onair.importing.manifests import Body, campaign
from onair.importing.names import slug
from onair.importing.notes import LeftOutError, quoted
from onair.importing.plans.columns import Columns
from onair.importing.plans.dates import pick, read
from onair.importing.plans.tables import Row
from onair.importing.plans.whens import When, instant, is_date, until
from onair.importing.values import NUMBERS, PERCENTAGES, Unit, decimal_sign, value
from onair.model.quantities import format_duration, parse_duration

_NONE: Final = timedelta()
_DAY: Final = timedelta(days=1)
_HALF_A_DAY: Final = timedelta(hours=12)
_WORDS: Final = {"people": "people", "requestsPerSecond": "per-second", "multiplier": "times"}


@dataclass(frozen=True, slots=True)
class Spot:
    """One airing of a plan.

    Attributes:
        line: of the file.
        name: of its campaign.
        title: of its campaign.
        target_sets: names of TargetSets.
        start: in UTC.
        zone: IANA name; None if the file says an offset.
        duration: of the airing.
        key: equal for spots that may share an airtime; begins with the airtime's name.
        airtime: the airtime without its start.
    """

    line: int
    name: str
    title: str
    target_sets: tuple[str, ...]
    start: datetime
    zone: str | None
    duration: timedelta
    key: tuple[str, ...]
    airtime: Body


@dataclass(frozen=True, slots=True)
class Reader:
    """Makes spots of the rows of one table.

    Attributes:
        columns: of the table.
        defaults: for what the table does not say.
        orders: the orders of day, month and year that its dates may have.
        sign: its decimal sign, None if unknown.
    """

    columns: Columns
    defaults: Defaults
    orders: frozenset[str]
    sign: str | None
    _airtimes: dict[tuple[object, ...], Body] = field(default_factory=dict)

    def spot(self, row: Row, begins: When) -> tuple[Spot, str | None]:
        """Return the spot of a row, and what is odd about its time.

        Raises:
            LeftOutError: the row is not clear; whether OnAir takes it, `check` says.
        """
        title, sets = self._title(row), self._target_sets(row)
        own_sets = "-".join(sets) if sets != tuple(sorted(self.defaults.target_sets)) else ""
        wall_clock = begins.wall_clock(self.orders)
        zone = None if begins.offset else self._zone(row, "time", "date")
        start = instant(wall_clock, begins.offset, zone)
        duration = self._duration(row, begins, start)
        said = tuple(sorted(crowd(self.columns, row, self.sign).items()))
        spot = Spot(
            line=row.line,
            name=slug(f"{title} {own_sets}"),
            title=title,
            target_sets=sets,
            start=start,
            zone=zone,
            duration=duration,
            key=(_airtime_name(duration, dict(said)), *(text for pair in said for text in pair)),
            airtime=self._airtime(duration, said),
        )
        where = known_zone(zone) if zone else None
        return spot, oddity(wall_clock, where) if where else None

    def _title(self, row: Row) -> str:
        title = (
            self.columns.cell(row, "campaign")
            or self.columns.cell(row, "title")
            or self.defaults.title
        )
        if not title:
            raise LeftOutError("it does not say its campaign; fill the cell or give --title")
        return title

    def _target_sets(self, row: Row) -> tuple[str, ...]:
        own = re.findall("[^ ,;+|]+", self.columns.cell(row, "targetSet"))
        sets = tuple(sorted({*own} or {*self.defaults.target_sets}))
        if not sets:
            raise LeftOutError("it names no TargetSet; fill the cell or give --target-set")
        return sets

    def _zone(self, row: Row, *fields: str) -> str | None:
        """Return the zone of a row, else that in the headers of these fields, else the default."""
        columns = self.columns.by_field
        heads = [columns[name].zone for name in fields if name in columns]
        return self.columns.cell(row, "timeZone") or next(
            filter(None, heads), self.defaults.time_zone
        )

    def _duration(self, row: Row, begins: When, start: datetime) -> timedelta:
        """Return the length that a row says, or that lies between its start and its end."""
        text, end = self.columns.cell(row, "duration"), self.columns.cell(row, "end")
        unit = self.columns.by_field["duration"].unit if text else Unit()
        said = length(text, unit.seconds, is_hours=unit.is_hours) if text else None
        lasts = self._lasts(row, begins, start)
        if said is not None and lasts is None:
            self._check_end_date(row, begins.wall_clock(self.orders) + said)
        if said is not None and lasts is not None and said != lasts:
            raise LeftOutError(
                f"its length {quoted(text)} and its end {quoted(end)} do not agree: keep one"
            )
        found = lasts if said is None else said
        if found is None and self.defaults.duration:
            return parse_duration(self.defaults.duration)
        if found is None:
            raise LeftOutError("it has no length; fill the cell or give --duration")
        return found

    def _lasts(self, row: Row, begins: When, start: datetime) -> timedelta | None:
        """Return the time from a row's start to its end, None if it says no end.

        An end without a date that comes before the start is the next day's, unless that makes more
        than half a day: then one of the two is a slip of the pen.
        """
        date, clock = self.columns.cell(row, "endDate"), self.columns.cell(row, "end")
        has_length = self.columns.cell(row, "duration")
        if not clock and (not date or (has_length and is_date(date))):
            return None
        ends, has_date = until(begins, date, clock)
        zone = None if ends.offset else self._zone(row, "end", "endDate", "time", "date")
        lasts = instant(ends.wall_clock(self.orders), ends.offset, zone) - start
        if not has_date and lasts < _NONE and lasts + _DAY <= _HALF_A_DAY:
            lasts += _DAY
        if lasts <= _NONE:
            raise LeftOutError(
                f"its end {quoted(clock or date)} is not after its start; say its date, too"
            )
        return lasts

    def _check_end_date(self, row: Row, end: datetime) -> None:
        """Refuse a date without a time of day on which a row does not end by its length."""
        date = self.columns.cell(row, "endDate")
        if date and pick(read(date), self.orders, date) != end.date():
            raise LeftOutError(f"its length and its end date {quoted(date)} do not agree: keep one")

    def _airtime(self, duration: timedelta, said: tuple[tuple[str, str], ...]) -> Body:
        """Return the airtime without its start: equal ones are one object."""
        key = (duration, said)
        if key not in self._airtimes:
            own = dict(said)
            slack = own.pop("endSlack", None)
            self._airtimes[key] = {
                "duration": format_duration(duration),
                **({"endSlack": slack} if slack else {}),
                "load": load(own, self.defaults.load),
            }
        return self._airtimes[key]


def sign_of(columns: Columns, rows: Iterable[Row]) -> str | None:
    """Return the decimal sign that all numbers of a plan together prove, None if none does."""
    found = [columns.by_field.get(field) for field in (*NUMBERS, *PERCENTAGES)]
    return decimal_sign(column.of(row) for row in rows for column in found if column)


def crowd(columns: Columns, row: Row, sign: str | None) -> dict[str, str]:
    """Return the fields of the load, and endSlack, that a row says itself.

    Those who are reached are the people, of whom the response is a share.

    Raises:
        LeftOutError: one of them is no value.
    """
    said = {
        field: value(field, text, sign, columns.by_field[field].unit)
        for field in (*FIELDS, "reach", "endSlack")
        if (text := columns.cell(row, field))
    }
    if "reach" in said:
        said["people"] = said.pop("reach")
    return said


def check(spot: Spot) -> None:
    """Refuse a spot that OnAir would not take even alone.

    Raises:
        LeftOutError: the message begins with the field.
    """
    airtime = {"name": "airing", "start": ANY_START, **spot.airtime}
    campaign("any", spot.title, "UTC", [airtime], spot.target_sets, None)


def _airtime_name(duration: timedelta, said: dict[str, str]) -> str:
    """Return a name such as `30s`, or `30s-400-per-second` where the row says its own crowd."""
    sizes = [f"{said[size]} {_WORDS[size]}" for size in SIZES if size in said]
    return slug(" ".join([format_duration(duration), *sizes]))
