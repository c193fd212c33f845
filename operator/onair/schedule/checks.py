"""What makes an airtime impossible, and points that do not fit its length."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from typing import Final
from zoneinfo import ZoneInfo

from onair.model.airtimes import Airtime
from onair.model.errors import InvalidManifest
from onair.model.loads import Point
from onair.model.quantities import format_duration
from onair.model.reasons import (
    AIRTIME_OVERLAPS_ITSELF,
    INVALID_MANIFEST,
    POINTS_OUT_OF_ORDER,
    RULE_NEVER_OCCURS,
    START_OUTSIDE_RULE,
)
from onair.schedule.airtimes import END_OF_TIME, Repeated, length, starts
from onair.schedule.recurrence import CYCLE, LAST_DAY
from onair.schedule.rules import MAX_AIRINGS
from onair.schedule.zones import to_instant

LONGEST: Final = timedelta(hours=168)
"""Of one airing; for `duration` the model says the same."""

_DAY: Final = timedelta(days=1)
_SHORTEST_DAY: Final = timedelta(hours=14)
"""From a time of day to the next one, in every zone from 1900 to 2099: ten hours were skipped on
Macquarie Island in 1948, three at Casey in 2022 and two each spring at Troll, all in the Antarctic.
"""


def check_airtime(airtime: Airtime, where: ZoneInfo) -> None:
    """Refuse an airtime that has no airings, or some that cannot be.

    Raises:
        InvalidManifest: UnparsableRule, StartOutsideRule, RuleNeverOccurs, AirtimeOverlapsItself;
            InvalidManifest for an end that does not fit; the message begins with the field of the
            airtime.
    """
    found, planned = starts(airtime, where), length(airtime, where)
    _check_end(planned)
    _check_listed(airtime.starts or (), planned, where)
    if isinstance(found, Repeated):
        _check_rule(found)
        _check_repeated(found, planned, "end" if airtime.end else "duration")


def check_points(points: Sequence[Point], path: str, airtime: str, planned: timedelta) -> None:
    """Refuse points that go back in time, or that span no crowd, in an airing of a length.

    Raises:
        InvalidManifest: PointsOutOfOrder, InvalidManifest; the message begins with `path`.
    """
    ends = {"start": timedelta(), "end": planned}
    instants = [ends[point.at.edge] + point.at.offset for point in points]
    for index, (earlier, later) in enumerate(pairwise(instants), start=1):
        if later < earlier:
            raise InvalidManifest(
                POINTS_OUT_OF_ORDER,
                f"{path}[{index}].at: in the airtime {airtime} it comes before the point above it;"
                " sort the points by time for every airtime",
            )
    lines = pairwise(zip(instants, points, strict=True))
    if points and not any(t < u and (p.level or q.level) for (t, p), (u, q) in lines):
        raise InvalidManifest(
            INVALID_MANIFEST,
            f"{path}: in the airtime {airtime} no crowd lies between them; a level above 0% must"
            " last for some time",
        )


def _check_end(planned: timedelta) -> None:
    if planned <= timedelta():
        raise InvalidManifest(INVALID_MANIFEST, "end: must come after start")
    if planned > LONGEST:
        raise InvalidManifest(
            INVALID_MANIFEST,
            f"end: comes {format_duration(planned)} after start; an airing lasts at most"
            f" {format_duration(LONGEST)}",
        )


def _check_rule(found: Repeated) -> None:
    """Refuse a rule that its own start does not fulfil, or of which no date is left."""
    days, start = found.days, found.days.start
    fitting = days.fitting()
    if fitting is None:
        raise InvalidManifest(RULE_NEVER_OCCURS, _unfulfilled(start))
    if fitting != start:
        raise InvalidManifest(
            START_OUTSIDE_RULE,
            f"repeat: the start, {_day(start)}, is not one of the rule's own dates; start on"
            f" {_day(fitting)} or change the rule",
        )
    if days.last < start:
        raise InvalidManifest(
            RULE_NEVER_OCCURS,
            "repeat: nothing would ever air; UNTIL must not come before the start",
        )
    if not any(True for _ in found.between(found.start, END_OF_TIME)):
        raise InvalidManifest(
            RULE_NEVER_OCCURS, "except: nothing would ever air; leave the rule at least one date"
        )


def _unfulfilled(start: date) -> str:
    """Say that no day fulfils a rule: in a whole cycle, or because there is none before 2100."""
    if start + CYCLE > LAST_DAY:
        return (
            f"repeat: rules end with {LAST_DAY} on the campaign's clocks, and no date from"
            f" {start} until then fulfils this one; start earlier or ask for days that exist"
        )
    return f"repeat: no date in the 28 years from {start} fulfils it; ask for days that exist"


def _check_repeated(found: Repeated, planned: timedelta, field: str) -> None:
    """Refuse two dates of a rule, among its first 2,000, of which one begins during the other."""
    if planned <= _SHORTEST_DAY:
        return
    first = islice(found.between(found.start, found.start + CYCLE), MAX_AIRINGS)
    for earlier, later in pairwise(first):
        if later - earlier < planned:
            days = round((later - earlier) / _DAY)
            raise InvalidManifest(
                AIRTIME_OVERLAPS_ITSELF,
                f"{field}: an airing of {format_duration(planned)} from {earlier:%Y-%m-%d %H:%M}Z"
                f" would still run when the next one begins {format_duration(later - earlier)}"
                f" later; {_remedy(forward=days * _DAY >= planned)}",
            )


def _remedy(*, forward: bool) -> str:
    """Return what helps, `forward` where airings overlap only because clocks go forward."""
    if forward:
        return (
            "clocks go forward in between: divide it into two airtimes, each within one time of"
            " the year, or use timeZone: UTC, where clocks never change"
        )
    return "shorten it, let it repeat less often or take one out with except"


def _check_listed(said: Sequence[datetime], planned: timedelta, where: ZoneInfo) -> None:
    """Refuse two of the `starts` that are one, or of which one begins before the other ended."""
    instants = sorted((to_instant(start, where), index) for index, start in enumerate(said))
    for (earlier, first), (later, second) in pairwise(instants):
        if later - earlier < planned:
            what = (
                f"is the same instant as starts[{first}]; keep one of them"
                if later == earlier
                else f"begins {format_duration(later - earlier)} after starts[{first}], whose"
                f" airing of {format_duration(planned)} would still run; move it or shorten"
                " duration"
            )
            raise InvalidManifest(AIRTIME_OVERLAPS_ITSELF, f"starts[{second}]: {what}")


def _day(day: date) -> str:
    return f"{day:%A} {day}"
