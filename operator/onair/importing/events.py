"""One VEVENT: when it airs, how long, how it repeats, and what its description says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from icalendar.prop import vDuration

from onair.importing.calendar_zones import CalendarZones
from onair.importing.components import Component, Property
from onair.importing.descriptions import fields
from onair.importing.loads import Fields
from onair.importing.notes import LeftOutError, quoted
from onair.model.quantities import parse_duration
from onair.schedule.zones import to_utc, to_wall_clock, zone

_DATE_TIME: Final = re.compile("(20[0-9]{6}T[0-9]{6})(Z?)")
_DURATION: Final = re.compile("[+]?P([0-9]{1,3}W|([0-9]{1,3}D)?(T([0-9]{1,4}[HMS]){1,3})?)")
_CHANGED: Final = ("LAST-MODIFIED", "DTSTAMP")


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant (UTC), and the IANA name of the zone in which the calendar says it."""

    instant: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Extra:
    """One more date of an event, beside its start and its rule: an RDATE."""

    start: datetime
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
    """

    title: str
    start: Moment
    duration: timedelta
    rule: str
    extras: tuple[Extra, ...]
    excluded: tuple[datetime, ...]
    fields: Fields


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

    def moment(self, said: Property, name: str) -> Moment:
        """Return the instant of a DTSTART, RECURRENCE-ID and their like.

        Raises:
            LeftOutError: it is a whole day, has no zone, or is no date-time.
        """
        return self._moment(said.value.strip(), said.parameters, name)

    def event(self, component: Component) -> Event:
        """Return what a VEVENT says.

        Raises:
            LeftOutError: it is not clear when it airs, or its description says something wrong.
        """
        if component.wrong:
            raise LeftOutError(f"{quoted(component.wrong[0])} is no line of a calendar")
        begins = component.one("DTSTART")
        if begins is None:
            raise LeftOutError("it has no DTSTART")
        start = self.moment(begins, "DTSTART")
        said = fields("\n".join(each.value for each in component.all("DESCRIPTION")))
        duration = self._duration(component, start, said)
        rule = component.one("RRULE")
        title = component.text("SUMMARY")
        if not title:
            raise LeftOutError("it has no SUMMARY, which is the campaign's title")
        return Event(
            title=title,
            start=start,
            duration=duration,
            rule=rule.value.strip().upper() if rule else "",
            extras=tuple(self._extras(component, duration)),
            excluded=tuple(
                instant
                for each in component.all("EXDATE")
                for instant in self.occurrences(each, "EXDATE", start)
            ),
            fields=said,
        )

    def _moment(self, text: str, parameters: Fields, name: str) -> Moment:
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
            return Moment(wall_clock.replace(tzinfo=UTC), "UTC")
        tzid = parameters.get("TZID")
        said = self.zones.name(tzid, wall_clock.year) if tzid else self.floating
        if said is None:
            raise LeftOutError(f"its {name} has no time zone; say one with --time-zone")
        return Moment(to_utc(wall_clock, zone(said)), said)

    def _duration(self, component: Component, start: Moment, said: Fields) -> timedelta:
        ends, lasts = component.one("DTEND"), component.one("DURATION")
        if ends and lasts:
            raise LeftOutError("it has DTEND and DURATION; keep one")
        if ends:
            return self.moment(ends, "DTEND").instant - start.instant
        if lasts:
            return _duration(lasts.value.strip())
        text = said.get("duration") or self.duration
        if not text:
            raise LeftOutError("it has no end; say one, or its length with --duration")
        try:
            return parse_duration(text)
        except ValueError as error:
            raise LeftOutError(f"its description's duration: {error}") from error

    def _extras(self, component: Component, duration: timedelta) -> Iterator[Extra]:
        for said in component.all("RDATE"):
            for text in said.value.split(","):
                begins, _, ends = text.strip().partition("/")
                start = self._moment(begins, said.parameters, "RDATE").instant
                if ends.startswith("P"):
                    yield Extra(start, _duration(ends))
                elif ends:
                    end = self._moment(ends, said.parameters, "RDATE").instant
                    yield Extra(start, end - start)
                else:
                    yield Extra(start, duration)

    def occurrences(self, said: Property, name: str, start: Moment) -> Iterator[datetime]:
        """Yield the instants of an EXDATE or RECURRENCE-ID of an event with this start.

        A whole day, as some calendars write it, means the event's time on that day.

        Raises:
            LeftOutError: it is no date-time.
        """
        where = zone(start.zone)
        clock = to_wall_clock(start.instant, where).time()
        for text in said.value.split(","):
            if found := re.fullmatch("20[0-9]{6}", text.strip()):
                yield to_utc(datetime.combine(_date(found[0], name), clock), where)
            else:
                yield self._moment(text.strip(), said.parameters, name).instant


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


def _duration(text: str) -> timedelta:
    if not _DURATION.fullmatch(text):
        raise LeftOutError(f"{quoted(text)} is no duration such as PT1H5M")
    try:
        found = vDuration.from_ical(text)  # type: ignore[no-untyped-call]
    except ValueError as error:
        raise LeftOutError(f"{quoted(text)} is no duration such as PT1H5M") from error
    if not isinstance(found, timedelta):
        raise LeftOutError(f"{quoted(text)} is no duration such as PT1H5M")
    return found
