"""All VEVENTs of one UID: an event, its repetition, and single dates that were changed."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from onair.importing.calendars.components import Component
from onair.importing.calendars.dates import Dates
from onair.importing.calendars.events import Event, Times
from onair.importing.lanes import begins, lanes
from onair.importing.loads import Defaults, Fields, load
from onair.importing.manifests import Body, campaign
from onair.importing.notes import LeftOutError
from onair.model.quantities import format_duration
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
    time_zone = _time_zone(event, main.times)
    dates = Dates(event, zone(time_zone))
    told = _missed(event, dates)
    if mains:
        changed = dict(_changed(event, changes, dates, told))
    else:  # an invitation to single dates of an event that somebody else keeps
        alive = [each.times.event(each.component) for each in versions if not each.is_cancelled]
        changed = {each.start.utc: each for each in alive}
    airtimes = list(_airtimes(event, changed, dates, defaults))
    if not airtimes:
        return None, tuple(told)
    sets = re.findall("[^][ ,;+]+", event.fields.get("targetSets", ""))
    target_sets = tuple(dict.fromkeys(sets)) or defaults.target_sets
    if not target_sets:
        raise LeftOutError("it names no TargetSet; say it in the description or with --target-set")
    body = campaign(name, event.title, time_zone, airtimes, target_sets, defaults.namespace)
    events = (event, *(each for each in changed.values() if each))
    return body, tuple(sorted({*told, *(said for each in events for said in each.told)}))


def _missed(event: Event, dates: Dates) -> list[str]:
    """Return what there is to say about EXDATEs that take nothing out."""
    strange = (dates.strange(each) for each in event.excluded)
    return [f"its EXDATE takes out {each}" for each in strange if each]


def _time_zone(event: Event, times: Times) -> str:
    """Return the zone of an event's campaign: one in UTC without a rule is easier read in its own.

    Google writes single events in UTC, whatever the zone of their calendar.
    """
    if event.start.zone == "UTC" and not event.rule and times.floating:
        return times.floating
    return event.start.zone


def _changed(
    event: Event, changes: Iterable[Version], dates: Dates, told: list[str]
) -> Iterator[tuple[datetime, Event | None]]:
    """Yield the dates of an event that were changed, and what they became; None: cancelled."""
    for each in changes:
        said = each.component.one("RECURRENCE-ID")
        if said is None or said.parameters.get("RANGE"):
            raise LeftOutError(
                "it changes a date and all later ones; make the later dates an event of their own"
            )
        for instant in each.times.occurrences(said, "RECURRENCE-ID", event.start):
            strange = dates.strange(instant)
            if strange and not each.is_cancelled:
                raise LeftOutError(f"its RECURRENCE-ID changes {strange}")
            if strange:
                told.append(f"its RECURRENCE-ID cancels {strange}")
                continue
            if each.is_cancelled:
                yield instant, None
                continue
            found = each.times.event(each.component)
            moved = found.start.utc != instant or found.duration != event.duration
            if moved or found.fields not in ({}, event.fields):
                yield instant, found


def _airtimes(
    event: Event, changed: Mapping[datetime, Event | None], dates: Dates, defaults: Defaults
) -> Iterator[Body]:
    """Yield the airtimes of an event: itself, its further dates, and those that were changed.

    Each of its dates counts once. A rule of which no date is left is none.
    """
    where = dates.where
    gone = {*event.excluded, *changed}
    start = event.start.utc
    slack, own = _slack(event.fields), {"load": load(event.fields, defaults.load)}
    single = {"name": "event", **begins([start], where), **_length(event.duration), **slack}
    excluded = sorted(dates.repeated(gone))
    if dates.repeats_beside(excluded):
        days = [_excluded(each, start, where) for each in excluded]
        yield single | {"repeat": event.rule} | ({"except": days} if days else {}) | own
    elif not event.rule and start not in gone:
        yield single | own
    repeated = dates.repeated(each.start.utc for each in event.extras)
    number = 0
    for duration, further in _further(event, repeated | {start}, gone):
        for lane in lanes(further, duration):
            number += 1
            name = "dates" if number == 1 else f"dates-{number}"
            yield {"name": name, **begins(lane, where), **_length(duration), **slack, **own}
    for day, change in sorted(changed.items()):
        if change is not None:
            name = _changed_name(day, changed, where)
            yield {"name": name, **_changed_airtime(change, event, where, defaults)}


def _changed_name(day: datetime, changed: Collection[datetime], where: ZoneInfo) -> str:
    """Return what a changed date is called: its day, with the time (UTC) if that day has two."""
    date = to_wall_clock(day, where).date()
    others = [each for each in changed if to_wall_clock(each, where).date() == date]
    return f"{date}t{day:%H%M%S}z" if len(others) > 1 else f"{date}"


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


def _changed_airtime(change: Event, event: Event, where: ZoneInfo, defaults: Defaults) -> Body:
    """Return the airtime of a changed date without its name."""
    said = change.fields or event.fields
    sets = event.fields.get("targetSets")
    if said.get("targetSets", sets) != sets:
        raise LeftOutError("one of its dates has other targetSets; make that an event of its own")
    return {
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
