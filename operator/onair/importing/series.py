"""All VEVENTs of one UID: an event, its repetition, and single dates that were changed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from onair.importing.components import Component
from onair.importing.defaults import Defaults
from onair.importing.events import Event, Times
from onair.importing.loads import Fields, load
from onair.importing.manifests import Body, campaign
from onair.importing.moments import written
from onair.importing.notes import LeftOutError
from onair.model.quantities import format_duration
from onair.schedule.zones import to_utc, to_wall_clock, zone


@dataclass(frozen=True, slots=True)
class Version:
    """The newest version of a VEVENT, and how its calendar's times are read."""

    component: Component
    times: Times
    is_cancelled: bool


def series(name: str, versions: Sequence[Version], defaults: Defaults) -> Body | None:
    """Return the campaign of a UID, None if it was cancelled.

    A single date that was moved or cancelled is taken out of the repetition; a moved one becomes
    an airtime of its own.

    Raises:
        LeftOutError: it is not clear when it airs, or OnAir would not take it.
    """
    mains = [each for each in versions if not each.component.all("RECURRENCE-ID")]
    changes = [each for each in versions if each.component.all("RECURRENCE-ID")]
    if any(each.is_cancelled for each in mains) or all(each.is_cancelled for each in versions):
        return None
    main = next(each for each in (*mains, *versions) if not each.is_cancelled)
    event = main.times.event(main.component)
    if mains:
        changed = dict(_changed(event, changes))
    else:  # an invitation to single dates of an event that somebody else keeps
        alive = [each.times.event(each.component) for each in versions if not each.is_cancelled]
        changed = {each.start.instant: each for each in alive}
    time_zone = _time_zone(event, main.times)
    airtimes = list(_airtimes(event, changed, zone(time_zone), defaults))
    if not airtimes:
        return None
    sets = re.findall("[^][ ,;+]+", event.fields.get("targetSets", ""))
    target_sets = tuple(dict.fromkeys(sets)) or defaults.target_sets
    if not target_sets:
        raise LeftOutError("it names no TargetSet; say it in the description or with --target-set")
    return campaign(name, event.title, time_zone, airtimes, target_sets, defaults.namespace)


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
            moved = found.start.instant != instant or found.duration != event.duration
            if moved or found.fields not in ({}, event.fields):
                yield instant, found


def _airtimes(
    event: Event, changed: Mapping[datetime, Event | None], where: ZoneInfo, defaults: Defaults
) -> Iterator[Body]:
    """Yield the airtimes of an event: itself, its further dates, and those that were changed."""
    gone = {*event.excluded, *changed}
    extras = [each for each in event.extras if each.start not in gone]
    own = load(event.fields, defaults.load)
    slack = _slack(event.fields)
    if event.rule:
        excluded = sorted(gone - {each.start for each in event.extras})
        days = [_excluded(each, event.start.instant, where) for each in excluded]
        yield {
            "name": "event",
            "start": written(event.start.instant, where),
            "duration": format_duration(event.duration),
            **slack,
            "repeat": event.rule,
            **({"except": days} if days else {}),
            "load": own,
        }
    elif event.start.instant not in gone:
        yield _single("event", event.start.instant, event.duration, where) | slack | {"load": own}
    for number, extra in enumerate(sorted(extras, key=lambda each: each.start), start=1):
        yield _single(f"date-{number}", extra.start, extra.duration, where) | slack | {"load": own}
    for day, change in sorted(changed.items()):
        if change is not None:
            yield _changed_airtime(day, change, event, where, defaults)


def _changed_airtime(
    day: datetime, change: Event, event: Event, where: ZoneInfo, defaults: Defaults
) -> Body:
    said = change.fields or event.fields
    sets = event.fields.get("targetSets")
    if said.get("targetSets", sets) != sets:
        raise LeftOutError("one of its dates has other targetSets; make that an event of its own")
    name = to_wall_clock(day, where).strftime("%Y-%m-%d")
    single = _single(name, change.start.instant, change.duration, where)
    return single | _slack(said) | {"load": load(said, defaults.load)}


def _single(name: str, start: datetime, duration: timedelta, where: ZoneInfo) -> Body:
    return {"name": name, "start": written(start, where), "duration": format_duration(duration)}


def _slack(said: Fields) -> Body:
    return {"endSlack": said["endSlack"]} if "endSlack" in said else {}


def _excluded(instant: datetime, start: datetime, where: ZoneInfo) -> str:
    """Return an excluded date as a day; as an instant if it is not at the event's time of day."""
    day = to_wall_clock(instant, where).date()
    if to_utc(datetime.combine(day, to_wall_clock(start, where).time()), where) == instant:
        return day.isoformat()
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
