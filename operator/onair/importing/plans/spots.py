"""From the rows of a media plan to spots: what airs once, when, and with which crowd."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from onair.importing.instants import known_zone, oddity
from onair.importing.loads import ANY_START, FIELDS, SIZES, Defaults, load
from onair.importing.manifests import Body, campaign
from onair.importing.names import slug
from onair.importing.notes import LeftOutError
from onair.importing.plans.columns import Columns
from onair.importing.plans.ends import Ends
from onair.importing.plans.tables import Row
from onair.importing.plans.whens import When, instant
from onair.importing.values import NUMBERS, PERCENTAGES, decimal_sign, value
from onair.model.quantities import format_duration

_WORDS: Final = {"people": "people", "requestsPerSecond": "per-second", "multiplier": "times"}


@dataclass(frozen=True, slots=True, order=True)
class Identity:
    """What makes spots one campaign: its name, and the names of its TargetSets."""

    name: str
    target_sets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """One airing of a plan.

    Attributes:
        line: of the file.
        identity: of its campaign.
        title: of its campaign.
        start: in UTC.
        zone: IANA name; None if the file says an offset.
        duration: of the airing.
        key: equal for spots that may share an airtime; begins with the airtime's name.
        airtime: the airtime without its start.
    """

    line: int
    identity: Identity
    title: str
    start: datetime
    zone: str | None
    duration: timedelta
    key: tuple[str, ...]
    airtime: Body


@dataclass(frozen=True, slots=True)
class Reader:
    """Makes spots of the rows of one table.

    Attributes:
        ends: finds how long they air.
        sign: the table's decimal sign, None if unknown.
    """

    ends: Ends
    sign: str | None
    _airtimes: dict[tuple[object, ...], Body] = field(default_factory=dict)

    @property
    def columns(self) -> Columns:
        """The columns of the table."""
        return self.ends.columns

    @property
    def defaults(self) -> Defaults:
        """What holds where the table does not say it."""
        return self.ends.defaults

    def identity(self, row: Row) -> Identity:
        """Return the campaign of a row.

        Raises:
            LeftOutError: the row does not say it.
        """
        title, sets = self._title(row), self._target_sets(row)
        own_sets = "-".join(sets) if sets != tuple(sorted(self.defaults.target_sets)) else ""
        return Identity(slug(f"{title} {own_sets}"), sets)

    def spot(self, row: Row, begins: When) -> tuple[Spot, tuple[str, ...]]:
        """Return the spot of a row, and what is odd about its times.

        Raises:
            LeftOutError: the row is not clear; whether OnAir takes it, `check` says.
        """
        wall_clock = begins.wall_clock(self.ends.orders)
        zone = None if begins.offset else self.ends.zone(row, "time", "date")
        start = instant(wall_clock, begins.offset, zone)
        duration, odd_end = self.ends.lasts(row, begins, start)
        said = tuple(sorted(crowd(self.columns, row, self.sign).items()))
        spot = Spot(
            line=row.line,
            identity=self.identity(row),
            title=self._title(row),
            start=start,
            zone=zone,
            duration=duration,
            key=(_airtime_name(duration, dict(said)), *(text for pair in said for text in pair)),
            airtime=self._airtime(duration, said),
        )
        where = known_zone(zone) if zone else None
        odd_start = oddity(wall_clock, where) if where else None
        return spot, tuple(odd for odd in (odd_start, odd_end) if odd)

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
    campaign("any", spot.title, "UTC", [airtime], spot.identity.target_sets, None)


def _airtime_name(duration: timedelta, said: dict[str, str]) -> str:
    """Return a name such as `30s`, or `30s-400-per-second` where the row says its own crowd."""
    sizes = [f"{said[size]} {_WORDS[size]}" for size in SIZES if size in said]
    return slug(" ".join([format_duration(duration), *sizes]))
