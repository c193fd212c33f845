"""A calendar: an iCalendar file (RFC 5545) in which each event becomes a Campaign."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from onair.importing.calendars.components import Component, calendars
from onair.importing.calendars.events import Times, version
from onair.importing.calendars.series import Version, series
from onair.importing.calendars.zones import CalendarZones
from onair.importing.instants import known_zone, no_zone
from onair.importing.loads import Defaults
from onair.importing.manifests import Body, Imported, by_name
from onair.importing.names import uid_name
from onair.importing.notes import LeftOutError, Note, quoted

_NO_EVENTS = frozenset(("VEVENT", "VTIMEZONE"))


@dataclass(frozen=True, slots=True)
class _Found:
    """A VEVENT and its number in the file."""

    number: int
    version: Version


def calendar(text: str, defaults: Defaults) -> Imported:
    """Return the campaigns of a calendar.

    Raises:
        UnreadableError: it is none, or too long.
    """
    read = calendars(text)
    by_uid: dict[str, list[_Found]] = defaultdict(list)
    for number, each in enumerate(_versions(read, defaults), start=1):
        by_uid[each.component.text("UID")].append(_Found(number, each))
    notes = [*_others(read)]
    if not by_uid:
        notes.append(Note("there is no event in the file", left_out=True))
    notes += [
        Note(
            "it has no UID, by which a later import would know it again",
            "event",
            each.number,
            left_out=True,
        )
        for each in by_uid.pop("", [])
    ]
    names = Counter(map(uid_name, by_uid))
    bodies: list[Body] = []
    for uid, found in sorted(by_uid.items()):
        body, said = _campaign(uid, found, names, defaults)
        notes += said
        bodies += [body] if body else []
    notes += _zones(by_uid.values())
    return Imported(by_name(bodies), tuple(notes))


def _versions(read: Sequence[Component], defaults: Defaults) -> Iterator[Version]:
    for each in read:
        zones = [name for name in (_own_zone(each), defaults.time_zone) if name]
        floating = zones[0] if zones else None
        times = Times(CalendarZones(each, tuple(zones)), floating, defaults.duration)
        ends = each.text("METHOD").upper() == "CANCEL"
        for event in each.named("VEVENT"):
            yield Version(event, times, ends or event.text("STATUS").upper() == "CANCELLED")


def _own_zone(read: Component) -> str | None:
    """Return the IANA name of a calendar's own zone, None if it says none."""
    said = read.text("X-WR-TIMEZONE")
    name = WINDOWS_TO_OLSON.get(said, said)
    return name if known_zone(name) else None


def _others(read: Sequence[Component]) -> Iterator[Note]:
    """Yield what there is to say about what is no event."""
    for each in read:
        said = each.text("X-WR-TIMEZONE")
        if said and not _own_zone(each):
            yield Note(f"not read: the calendar's X-WR-TIMEZONE, since {no_zone(said)}")
        for line in each.wrong:
            yield Note(f"not read: {quoted(line)}, which is no line of a calendar")
    names = Counter(child.name for each in read for child in each.children)
    for name, count in sorted(names.items()):
        if name not in _NO_EVENTS:
            yield Note(f"not read: {count} {quoted(name)}, which is no event")


def _zones(found: Iterable[Sequence[_Found]]) -> list[Note]:
    """Return what there is to say about zones that the file explains."""
    told = {said for group in found for each in group for said in each.version.times.zones.told}
    return [Note(each) for each in sorted(told)]


def _newest(found: Sequence[_Found]) -> tuple[list[_Found], list[Note]]:
    """Return the newest version of an event and of each of its changed dates, in their order.

    Raises:
        LeftOutError: it is not clear which date a version changes.
    """
    by_age = sorted(found, key=lambda each: version(each.version.component))
    mains = [each for each in by_age if not each.version.component.all("RECURRENCE-ID")]
    newest: dict[datetime | None, _Found] = {}
    replaced: dict[int, int] = {}
    for each in by_age:
        key = _changed_date(each.version, mains)
        if key in newest:
            replaced[newest[key].number] = each.number
        newest[key] = each
    notes = [
        Note(f"replaced by event {newer}, a later version of the same UID", "event", older)
        for older, newer in replaced.items()
    ]
    return sorted(newest.values(), key=lambda each: each.number), notes


def _changed_date(each: Version, mains: Sequence[_Found]) -> datetime | None:
    """Return the date that a version changes, None if it is the whole event.

    Dates are instants: two programs write the same one in two zones.
    """
    said = each.component.one("RECURRENCE-ID")
    if said is None:
        return None
    main = mains[-1].version if mains else each
    return next(each.times.occurrences(said, "RECURRENCE-ID", main.times.start(main.component)))


def _name(uid: str, names: Mapping[str, int]) -> str:
    """Return the name of an event's campaign, unless others have it: nobody knows whose it was."""
    name = uid_name(uid)
    if names[name] > 1:
        raise LeftOutError(f"another event has a UID that makes the name {name}, too; change one")
    return name


def _campaign(
    uid: str, found: Sequence[_Found], names: Mapping[str, int], defaults: Defaults
) -> tuple[Body | None, list[Note]]:
    """Return the campaign of a UID, None if there is none, and what there is to say about it."""
    first = min(found, key=lambda each: each.number)
    label = f"{quoted(first.version.component.text('SUMMARY'))}, UID {quoted(uid)}"
    try:
        kept, notes = _newest(found)
        body, odd = series(_name(uid, names), [each.version for each in kept], defaults)
    except LeftOutError as error:
        return None, [Note(f"{label}: {error}", "event", first.number, left_out=True)]
    if body is None:
        notes.append(Note(f"{label}: cancelled, so there is no campaign", "event", first.number))
    return body, notes + [Note(f"{label}: {each}", "event", first.number) for each in odd]
