"""All VEVENTs of one UID: an event, its repetition, and single dates that were changed."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from onair.importing.calendars.components import Component
from onair.importing.calendars.events import Event, Times
from onair.importing.lanes import begins, lanes
from onair.importing.loads import Defaults, Fields, load
from onair.importing.manifests import Body, campaign
from onair.importing.notes import LeftOutError
from onair.model.parse import parse_campaign
from onair.model.quantities import format_duration
from onair.schedule.airtimes import starts
from onair.schedule.zones import to_utc, to_wall_clock, zone


@dataclass(frozen=True, slots=True)
class Version:
    """The newest version of a VEVENT, and how its calendar's times are read."""

    component: Component
    times: Times
    is_cancelled: bool


def series(
    name: str, versions: Sequence[Version], defaults: Defaults
) -> tuple[Body | None, tuple[str, ...]]:
    """Return the campaign of a UID, None if it was cancelled, and what is odd about its times.

    A single date that was moved or cancelled is taken out of the repetition; a moved one becomes
    an airtime of its own.

    Raises:
        LeftOutError: it is not clear when it airs, or OnAir would not take it.
    """
    mains = [each for each in versions if not each.component.all("RECURRENCE-ID")]
    changes = [each for each in versions if each.component.all("RECURRENCE-ID")]
    if any(each.is_cancelled for each in mains) or all(each.is_cancelled for each in versions):
        return None, ()
    main = next(each for each in (*mains, *versions) if not each.is_cancelled)
    event = main.times.event(main.component)
    if mains:
        changed = dict(_changed(event, changes))
    else:  # an invitation to single dates of an event that somebody else keeps
        alive = [each.times.event(each.component) for each in versions if not each.is_cancelled]
        changed = {each.start.utc: each for each in alive}
    time_zone = _time_zone(event, main.times)
    airtimes = list(_airtimes(event, changed, zone(time_zone), defaults))
    if not airtimes:
        return None, ()
    sets = re.findall("[^][ ,;+]+", event.fields.get("targetSets", ""))
    target_sets = tuple(dict.fromkeys(sets)) or defaults.target_sets
    if not target_sets:
        raise LeftOutError("it names no TargetSet; say it in the description or with --target-set")
    body = campaign(name, event.title, time_zone, airtimes, target_sets, defaults.namespace)
    events = (event, *(each for each in changed.values() if each))
    return body, tuple(sorted({odd for each in events for odd in each.odd}))


def _time_zone(event: Event, times: Times) -> str:
    """Return the zone of an event's campaign: one in UTC without a rule is easier read in its own.

    Google writes single events in UTC, whatever the zone of their calendar.
    """
    if event.start.zone == "UTC" and not event.rule and times.floating:
        return times.floating
    return event.start.zone


def _changed(event: Event, changes: Iterable[Version]) -> Iterator[tuple[datetime, Event | None]]:
    """Yield the dates of an event that were changed, and what they became; None: cancelled."""
    for each in changes:
        said = each.component.one("RECURRENCE-ID")
        if said is None or said.parameters.get("RANGE"):
            raise LeftOutError(
                "it changes a date and all later ones; make the later dates an event of their own"
            )
        for instant in each.times.occurrences(said, "RECURRENCE-ID", event.start):
            if each.is_cancelled:
                yield instant, None
                continue
            found = each.times.event(each.component)
            moved = found.start.utc != instant or found.duration != event.duration
            if moved or found.fields not in ({}, event.fields):
                yield instant, found


def _airtimes(
    event: Event, changed: Mapping[datetime, Event | None], where: ZoneInfo, defaults: Defaults
) -> Iterator[Body]:
    """Yield the airtimes of an event: itself, its further dates, and those that were changed.

    Its start, its rule and its RDATEs are one set of dates, in which each counts once (RFC 5545,
    3.8.5.2).
    """
    gone = {*event.excluded, *changed}
    start = event.start.utc
    slack, own = _slack(event.fields), {"load": load(event.fields, defaults.load)}
    single = {"name": "event", **begins([start], where), **_length(event.duration), **slack}
    repeated: frozenset[datetime] = frozenset()
    if event.rule:
        rule = {"repeat": event.rule}
        among = {*gone, *(each.start.utc for each in event.extras)}
        repeated = _repeated(single | rule | own, among, where)
        days = [_excluded(each, start, where) for each in sorted(gone & repeated)]
        yield single | rule | ({"except": days} if days else {}) | own
    elif start not in gone:
        yield single | own
    number = 0
    for duration, further in _further(event, repeated | {start}, gone):
        for lane in lanes(further, duration):
            number += 1
            name = "dates" if number == 1 else f"dates-{number}"
            yield {"name": name, **begins(lane, where), **_length(duration), **slack, **own}
    for day, change in sorted(changed.items()):
        if change is not None:
            yield _changed_airtime(day, change, event, where, defaults)


def _repeated(airtime: Body, among: Collection[datetime], where: ZoneInfo) -> frozenset[datetime]:
    """Return those of some instants at which a repetition airs.

    Raises:
        LeftOutError: OnAir would not take the repetition.
    """
    if not among:
        return frozenset()
    spec = parse_campaign(campaign("any", "any", str(where), [airtime], ["any"], None))
    rule = starts(spec.airtimes[0], where)
    return frozenset(each for each in among if any(rule.between(each, each)))


def _further(
    event: Event, own: Collection[datetime], gone: Collection[datetime]
) -> list[tuple[timedelta, list[datetime]]]:
    """Return the RDATEs that are no other dates of the event, by their length.

    Raises:
        LeftOutError: a date has two lengths.
    """
    lengths = dict.fromkeys(own, event.duration)
    for each in event.extras:
        if lengths.setdefault(each.start.utc, each.duration) != each.duration:
            raise LeftOutError("one of its dates is there twice, with two lengths; keep one")
    by_length: dict[timedelta, list[datetime]] = defaultdict(list)
    for start in lengths.keys() - {*own, *gone}:
        by_length[lengths[start]].append(start)
    return sorted(by_length.items())


def _changed_airtime(
    day: datetime, change: Event, event: Event, where: ZoneInfo, defaults: Defaults
) -> Body:
    said = change.fields or event.fields
    sets = event.fields.get("targetSets")
    if said.get("targetSets", sets) != sets:
        raise LeftOutError("one of its dates has other targetSets; make that an event of its own")
    name = to_wall_clock(day, where).strftime("%Y-%m-%d")
    return {
        "name": name,
        **begins([change.start.utc], where),
        **_length(change.duration),
        **_slack(said),
        "load": load(said, defaults.load),
    }


def _length(duration: timedelta) -> Body:
    return {"duration": format_duration(duration)}


def _slack(said: Fields) -> Body:
    return {"endSlack": said["endSlack"]} if "endSlack" in said else {}


def _excluded(instant: datetime, start: datetime, where: ZoneInfo) -> str:
    """Return an excluded date as a day; as an instant if it is not at the event's time of day."""
    day = to_wall_clock(instant, where).date()
    if to_utc(datetime.combine(day, to_wall_clock(start, where).time()), where) == instant:
        return day.isoformat()
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
