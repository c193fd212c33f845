"""One VEVENT: when it airs, how long, how it repeats, and what its description says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Final, TypeVar, cast

from icalendar.prop import vDuration

from onair.importing.calendars.components import Component, Property
from onair.importing.calendars.descriptions import fields
from onair.importing.calendars.zones import CalendarZones
from onair.importing.instants import oddity
from onair.importing.loads import Fields
from onair.importing.notes import LeftOutError, quoted
from onair.model.quantities import parse_duration
from onair.schedule.rules import MAX_AIRINGS
from onair.schedule.zones import to_utc, to_wall_clock, zone

_DATE_TIME: Final = re.compile("(20[0-9]{6}T[0-9]{6})(Z?)")
_DURATION: Final = re.compile("[+]?P([0-9]{1,3}W|([0-9]{1,3}D)?(T([0-9]{1,4}[HMS]){1,3})?)")
_T = TypeVar("_T")
_CHANGED: Final = ("LAST-MODIFIED", "DTSTAMP")


@dataclass(frozen=True, slots=True)
class Instant:
    """What a calendar says as a date-time.

    Attributes:
        utc: the instant.
        zone: IANA name of the zone in which the calendar says it.
        odd: what is odd about it on the clocks of that zone, None if nothing is.
    """

    utc: datetime
    zone: str
    odd: str | None


@dataclass(frozen=True, slots=True)
class Extra:
    """One more date of an event, beside its start and its rule: an RDATE."""

    start: Instant
    duration: timedelta


@dataclass(frozen=True, slots=True)
class Event:
    """What a VEVENT says.

    Attributes:
        title: its SUMMARY.
        start: its first date.
        duration: of each airing.
        rule: its RRULE, "" without one.
        extras: its RDATEs.
        excluded: its EXDATEs (UTC).
        fields: those of its description.
        told: what is odd about its dates, and what of its description is not read.
    """

    title: str
    start: Instant
    duration: timedelta
    rule: str
    extras: tuple[Extra, ...]
    excluded: tuple[datetime, ...]
    fields: Fields
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """Reads the date-times of one calendar.

    Attributes:
        zones: of the calendar.
        floating: IANA name of the zone of times that have none; None if there is no such.
        duration: of events without an end, as manifests write it; None if there is no such.
    """

    zones: CalendarZones
    floating: str | None
    duration: str | None

    def instant(self, said: Property, name: str) -> Instant:
        """Return the instant of a DTSTART, RECURRENCE-ID and their like.

        Raises:
            LeftOutError: it is a whole day, has no zone, or is no date-time.
        """
        return self._instant(said.value.strip(), said.parameters, name)

    def event(self, component: Component) -> Event:
        """Return what a VEVENT says.

        Raises:
            LeftOutError: it is not clear when it airs, or its description says something wrong.
        """
        _check(component)
        start = self.start(component)
        said, unread = fields("\n".join(each.value for each in component.all("DESCRIPTION")))
        duration, odd = self._duration(component, start, said)
        rule = component.one("RRULE")
        title = component.text("SUMMARY")
        if not title:
            raise LeftOutError("it has no SUMMARY, which is the campaign's title")
        extras = _bounded("RDATE", self._extras(component, duration))
        begins = (start, *(each.start for each in extras))
        return Event(
            title=title,
            start=start,
            duration=duration,
            rule=rule.value.strip().upper() if rule else "",
            extras=extras,
            excluded=_bounded(
                "EXDATE",
                (
                    instant
                    for each in component.all("EXDATE")
                    for instant in self.occurrences(each, "EXDATE", start)
                ),
            ),
            fields=said,
            told=(*(each.odd for each in begins if each.odd), *odd, *unread),
        )

    def start(self, component: Component) -> Instant:
        """Return the DTSTART of a VEVENT.

        Raises:
            LeftOutError: there is none, or it is no date-time.
        """
        begins = component.one("DTSTART")
        if begins is None:
            raise LeftOutError("it has no DTSTART")
        return self.instant(begins, "DTSTART")

    def _instant(self, text: str, parameters: Fields, name: str) -> Instant:
        found = _DATE_TIME.fullmatch(text)
        if not found:
            if re.fullmatch("[0-9]{8}", text):
                raise LeftOutError(f"its {name} is a whole day; give it a time of day")
            raise LeftOutError(f"its {name} {quoted(text)} is no date-time of this century")
        try:
            wall_clock = datetime.strptime(found[1], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - zone below
        except ValueError as error:
            raise LeftOutError(f"its {name} {quoted(text)} does not exist") from error
        if found[2]:
            return Instant(wall_clock.replace(tzinfo=UTC), "UTC", None)
        tzid = parameters.get("TZID")
        said = self.zones.name(tzid, wall_clock.year) if tzid else self.floating
        if said is None:
            raise LeftOutError(f"its {name} has no time zone; say one with --time-zone")
        where = zone(said)
        return Instant(to_utc(wall_clock, where), said, oddity(wall_clock, where))

    def _duration(
        self, component: Component, start: Instant, said: Fields
    ) -> tuple[timedelta, tuple[str, ...]]:
        """Return how long an event lasts, and what is odd about its end."""
        described = parse_duration(said["duration"]) if "duration" in said else None
        lasts, odd = self._lasts(component, start)
        if None not in (described, lasts) and described != lasts:
            raise LeftOutError("its end and its description's duration do not agree: keep one")
        found = lasts if described is None else described
        if found is None and self.duration is None:
            raise LeftOutError("it has no end; say one, or its length with --duration")
        return parse_duration(self.duration or "") if found is None else found, odd

    def _lasts(
        self, component: Component, start: Instant
    ) -> tuple[timedelta | None, tuple[str, ...]]:
        """Return how long an event lasts by its DTEND or its DURATION, None without both."""
        ends, lasts = component.one("DTEND"), component.one("DURATION")
        if ends and lasts:
            raise LeftOutError("it has DTEND and DURATION; keep one")
        if ends:
            end = self.instant(ends, "DTEND")
            if end.utc <= start.utc:
                raise LeftOutError("its DTEND is not after its DTSTART; correct one of them")
            return end.utc - start.utc, (f"its end: {end.odd}",) if end.odd else ()
        if lasts and component.all("RRULE"):  # one length for all of its dates
            return sum(_duration(lasts.value.strip()), timedelta()), ()
        return _nominal(lasts.value.strip(), start) if lasts else None, ()

    def _extras(self, component: Component, duration: timedelta) -> Iterator[Extra]:
        for said in component.all("RDATE"):
            for text in said.value.split(","):
                begins, _, ends = text.strip().partition("/")
                start = self._instant(begins, said.parameters, "RDATE")
                if ends.startswith("P"):
                    yield Extra(start, _nominal(ends, start))
                elif ends:
                    end = self._instant(ends, said.parameters, "RDATE")
                    yield Extra(start, end.utc - start.utc)
                else:
                    yield Extra(start, duration)

    def occurrences(self, said: Property, name: str, start: Instant) -> Iterator[datetime]:
        """Yield the instants of an EXDATE or RECURRENCE-ID of an event with this start.

        A whole day, as some calendars write it, means the event's time on that day.

        Raises:
            LeftOutError: it is no date-time.
        """
        where = zone(start.zone)
        clock = to_wall_clock(start.utc, where).time()
        for text in said.value.split(","):
            if found := re.fullmatch("20[0-9]{6}", text.strip()):
                yield to_utc(datetime.combine(_date(found[0], name), clock), where)
            else:
                yield self._instant(text.strip(), said.parameters, name).utc


def version(component: Component) -> tuple[int, str, str]:
    """Return what orders the versions of an event: its SEQUENCE, then when it was changed.

    RFC 5546 (2.1.5). A SEQUENCE that is no number counts as 0, as an absent one.
    """
    text = component.text("SEQUENCE")
    sequence = int(text) if re.fullmatch("[0-9]{1,9}", text) else 0
    modified, stamped = (component.text(name) for name in _CHANGED)
    return sequence, modified, stamped


def _date(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise LeftOutError(f"its {name} {text} does not exist") from error


def _check(component: Component) -> None:
    """Refuse an event of which it is not clear whether it airs or how it repeats."""
    if component.wrong:
        raise LeftOutError(f"{quoted(component.wrong[0])} is no line of a calendar")
    if component.all("EXRULE"):
        raise LeftOutError("it has EXRULE, which newer calendars do not know; say EXDATE instead")
    status = component.text("STATUS")
    if status.upper() not in {"", "CONFIRMED"}:
        raise LeftOutError(
            f"whether it airs is not clear from its STATUS {quoted(status)}; write CONFIRMED"
        )


def _bounded(name: str, found: Iterator[_T]) -> tuple[_T, ...]:
    """Return the dates of an event, of which a campaign cannot have more than 2,000."""
    dates = tuple(islice(found, MAX_AIRINGS + 1))
    if len(dates) > MAX_AIRINGS:
        raise LeftOutError(f"it has more than {MAX_AIRINGS} dates in {name}; divide it")
    return dates


def _nominal(text: str, start: Instant) -> timedelta:
    """Return how long a DURATION is in exact time from a start.

    Its weeks and days are those of the calendar, of which one has 23 hours where clocks skip one
    (RFC 5545, 3.3.6).
    """
    days, rest = _duration(text)
    where = zone(start.zone)
    return to_utc(to_wall_clock(start.utc, where) + days, where) + rest - start.utc


def _duration(text: str) -> tuple[timedelta, timedelta]:
    """Return the weeks and days of a DURATION, and the rest of it."""
    if not _DURATION.fullmatch(text):
        raise LeftOutError(f"{quoted(text)} is no duration such as PT1H5M")
    date, divider, clock = text.partition("T")
    found = []
    for part in (date, f"P{divider}{clock}"):
        try:
            read = timedelta() if part in {"P", "+P"} else vDuration.from_ical(part)  # type: ignore[no-untyped-call]
        except ValueError as error:
            raise LeftOutError(f"{quoted(text)} is no duration such as PT1H5M") from error
        found.append(cast("timedelta", read))
    return found[0], found[1]
