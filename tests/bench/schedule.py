"""How long it takes to find airings: the rules that break others, and very many ordinary ones.

CPU time of this process, so that a busy machine changes little.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any

from onair.model.errors import InvalidManifest
from onair.schedule.airings import HORIZON, airings, begins_after, check, counts
from onair.schedule.rules import DAYS
from onair.schedule.zones import to_instant, zone
from tests.bench.dateutil_alone import dates
from tests.bench.figures import Figure, cpu_seconds
from tests.bench.fleet import SEED
from tests.unit.schedule.campaigns import campaign
from tests.unit.schedule.hostile import CORPUS, forget, spec_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onair.model.campaigns import CampaignSpec

NOW = datetime(2027, 1, 1, tzinfo=UTC)
UNTIL = NOW + timedelta(days=90)
ZONES = ("Europe/Amsterdam", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")
KINDS = ("once",) * 14 + ("weekly",) * 5 + ("daily",)
"""70 % one-off, 25 % weekly, 5 % daily."""
TRIES = 3
"""The best of so many runs counts: what else the machine does only adds."""


def measure() -> Iterator[Figure]:
    """Try every hostile rule, then plan 10,000 campaigns over 90 days, and 1,000, and 20,000."""
    alone, many = (
        [case for case in CORPUS if ("airtimes" in case) is several] for several in (False, True)
    )
    worst = max(_cold(partial(_try, case)) for case in alone)
    yield Figure("worst_hostile_rule", 1000 * worst, "ms", 50)
    yield Figure(
        "worst_hostile_campaign", 1000 * max(_cold(partial(_try, case)) for case in many), "ms", 500
    )
    again = max(_seconds(partial(_look, spec)) for spec in map(spec_of, many))
    yield Figure("worst_hostile_campaign_again", 1000 * again, "ms")
    written = [_airtime(Random(SEED + number)) for number in range(20_000)]  # noqa: S311 - dates
    specs = [campaign(airtime, zone=where) for airtime, where in written]
    some = [_dates(airtime, where) for airtime, where in written[:10_000]]
    ours, theirs = _cold(lambda: _ours(specs[:10_000])), _cold(lambda: _theirs(some))
    yield Figure("airings_of_10000_campaigns", 1000 * ours, "ms")
    yield Figure("airings_over_dateutil_alone", ours / theirs, "times", 3)
    # Once before, so that what is kept helps the few as it helps the many.
    _ours(specs)
    few = median(_seconds(partial(_ours, specs[n : n + 1000])) for n in range(0, 20_000, 1000))
    yield Figure(
        "airings_growth_to_20000", _seconds(lambda: _ours(specs)) / 20 / few, "times", 1.15
    )


def _seconds(run: Callable[[], object]) -> float:
    return min(cpu_seconds(run)[0] for _ in range(TRIES))


def _cold(run: Callable[[], object]) -> float:
    """Return the seconds of something that finds nothing of rules and years kept."""
    spent = []
    for _ in range(TRIES):
        forget()
        spent.append(cpu_seconds(run)[0])
    return min(spent)


def _try(case: dict[str, Any]) -> None:
    try:
        spec = spec_of(case)
        check(spec)
    except InvalidManifest:
        return
    _look(spec)


def _look(spec: CampaignSpec) -> None:
    """Do what the operator does again and again with a campaign that it has checked."""
    counts(spec)
    airings(spec, NOW, NOW + HORIZON)
    begins_after(spec, NOW)


def _ours(specs: list[CampaignSpec]) -> None:
    for spec in specs:
        airings(spec, NOW, UNTIL)


def _theirs(written: list[tuple[str, datetime]]) -> None:
    """Find the same dates with dateutil and nothing else."""
    for text, start in written:
        dates(text, start, NOW, UNTIL)


def _airtime(random: Random) -> tuple[dict[str, Any], str]:
    """Return an airtime as manifests write it, and its zone."""
    day = NOW.date() + timedelta(days=random.randint(-365, 90))
    start = f"{day}T{random.randint(0, 23):02}:{random.choice((0, 15, 30, 59)):02}:00"
    airtime = {"name": "a", "start": start, "duration": "1h5m"}
    kind = random.choice(KINDS)
    if kind != "once":
        airtime["repeat"] = _repeat(kind, day, random)
    return airtime, random.choice(ZONES)


def _repeat(kind: str, day: date, random: Random) -> str:
    end = random.choice(("", f";COUNT={random.randint(4, 60)}", ";UNTIL=20280101T000000Z"))
    if kind == "daily":
        return f"FREQ=DAILY{end}"
    days = {DAYS[day.weekday()], random.choice(DAYS)}
    return f"FREQ=WEEKLY;BYDAY={','.join(sorted(days))}{end}"


def _dates(airtime: dict[str, Any], where: str) -> tuple[str, datetime]:
    """Return an airtime as dateutil wants it: its rule, "" without one, and its start."""
    start = to_instant(datetime.fromisoformat(airtime["start"]), zone(where))
    return airtime.get("repeat", ""), start.astimezone(zone(where))
