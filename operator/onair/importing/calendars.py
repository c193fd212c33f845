"""A calendar: an iCalendar file (RFC 5545) in which each event becomes a Campaign."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onair.importing.calendar_zones import CalendarZones
from onair.importing.components import Component, calendars
from onair.importing.defaults import Defaults
from onair.importing.events import Times, version
from onair.importing.manifests import Body, Imported, by_name
from onair.importing.moments import known_zone
from onair.importing.names import uid_name
from onair.importing.notes import LeftOutError, Note, quoted
from onair.importing.series import Version, series

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
    notes += [
        Note(
            "it has no UID, by which a later import would know it again",
            "event",
            each.number,
            left_out=True,
        )
        for each in by_uid.pop("", [])
    ]
    bodies: dict[str, Body] = {}
    for uid, found in sorted(by_uid.items()):
        kept, replaced = _newest(found)
        notes += replaced
        first = kept[0]
        label = f"{quoted(first.version.component.text('SUMMARY'))}, UID {quoted(uid)}"
        try:
            body = _body(uid, kept, bodies, defaults)
        except LeftOutError as error:
            notes.append(Note(f"{label}: {error}", "event", first.number, left_out=True))
            continue
        if body is None:
            notes.append(
                Note(f"{label}: cancelled, so there is no campaign", "event", first.number)
            )
        else:
            bodies[body["metadata"]["name"]] = body
    notes += _taken(by_uid.values())
    return Imported(by_name(bodies.values()), tuple(notes))


def _versions(read: Sequence[Component], defaults: Defaults) -> Iterator[Version]:
    for each in read:
        own = each.text("X-WR-TIMEZONE")
        zones = [name for name in (own, defaults.time_zone) if name and known_zone(name)]
        floating = zones[0] if zones else None
        times = Times(CalendarZones(each, tuple(zones)), floating, defaults.duration)
        ends = each.text("METHOD").upper() == "CANCEL"
        for event in each.named("VEVENT"):
            yield Version(event, times, ends or event.text("STATUS").upper() == "CANCELLED")


def _others(read: Sequence[Component]) -> Iterator[Note]:
    """Yield what there is to say about components that are no events."""
    names = Counter(child.name for each in read for child in each.children)
    for name, count in sorted(names.items()):
        if name not in _NO_EVENTS:
            yield Note(f"not read: {count} {quoted(name)}, which is no event")


def _taken(found: Iterable[Sequence[_Found]]) -> list[Note]:
    """Return what there is to say about zones that only the file explains."""
    taken = {
        item for group in found for each in group for item in each.version.times.zones.taken.items()
    }
    return [
        Note(f"the time zone {quoted(tzid)} is taken as {name}, which has the same clocks")
        for tzid, name in sorted(taken)
    ]


def _newest(found: Sequence[_Found]) -> tuple[list[_Found], list[Note]]:
    """Return the newest version of an event and of each of its changed dates, in their order."""
    newest: dict[tuple[str, ...], _Found] = {}
    notes = []
    for each in found:
        said = each.version.component.all("RECURRENCE-ID")
        key = (said[0].value, said[0].parameters.get("TZID", "")) if said else ()
        known = newest.get(key)
        if known is None:
            newest[key] = each
            continue
        older, newer = sorted((known, each), key=lambda one: version(one.version.component))
        newest[key] = newer
        message = f"replaced by event {newer.number}, a later version of the same UID"
        notes.append(Note(message, "event", older.number))
    return sorted(newest.values(), key=lambda each: each.number), notes


def _body(
    uid: str, kept: Sequence[_Found], bodies: dict[str, Body], defaults: Defaults
) -> Body | None:
    name = uid_name(uid)
    if name in bodies:
        raise LeftOutError(f"another event has a UID that makes the name {name}, too; change one")
    return series(name, [each.version for each in kept], defaults)
