"""How long it takes to find airings: the rules that break others, and very many ordinary ones.

CPU time of this process, so that a busy machine changes little.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any

from dateutil.rrule import rrulestr

from onair.model.errors import InvalidManifest
from onair.schedule.airings import HORIZON, airings, check, counts
from onair.schedule.recurrence import counted_days, named_in
from onair.schedule.rules import DAYS, parse_rule
from onair.schedule.zones import to_instant, zone
from tests.bench.figures import Figure
from tests.bench.fleet import SEED
from tests.unit.schedule.campaigns import campaign
from tests.unit.schedule.hostile import CORPUS, spec_of

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
    worst = max(_seconds(partial(_try, case)) for case in CORPUS)
    yield Figure("worst_hostile_rule", 1000 * worst, "ms", 50)
    written = [_airtime(Random(SEED + number)) for number in range(20_000)]  # noqa: S311 - dates
    specs = [campaign(airtime, zone=where) for airtime, where in written]
    some = [_rule(airtime, where) for airtime, where in written[:10_000]]
    ours, theirs = _seconds(lambda: _ours(specs[:10_000])), _seconds(lambda: _theirs(some))
    yield Figure("airings_of_10000_campaigns", 1000 * ours, "ms")
    yield Figure("airings_over_dateutil_alone", ours / theirs, "times", 3)
    few = median(_seconds(partial(_ours, specs[n : n + 1000])) for n in range(0, 20_000, 1000))
    yield Figure(
        "airings_growth_to_20000", _seconds(lambda: _ours(specs)) / 20 / few, "times", 1.15
    )


def _seconds(run: Callable[[], object]) -> float:
    spent = []
    for _ in range(TRIES):
        for known in (parse_rule, counted_days, named_in):
            known.cache_clear()
        began = time.process_time()
        run()
        spent.append(time.process_time() - began)
    return min(spent)


def _try(case: dict[str, Any]) -> None:
    try:
        spec = spec_of(case)
        check(spec)
    except InvalidManifest:
        return
    counts(spec)
    airings(spec, NOW, NOW + HORIZON)


def _ours(specs: list[CampaignSpec]) -> None:
    for spec in specs:
        airings(spec, NOW, UNTIL)


def _theirs(rules: list[tuple[str, datetime]]) -> None:
    """Find the same dates with dateutil and nothing else."""
    for text, start in rules:
        rrulestr(text, dtstart=start).between(NOW, UNTIL, inc=True)


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


def _rule(airtime: dict[str, Any], where: str) -> tuple[str, datetime]:
    """Return an airtime as dateutil wants it."""
    start = to_instant(datetime.fromisoformat(airtime["start"]), zone(where))
    return airtime.get("repeat", "FREQ=DAILY;COUNT=1"), start.astimezone(zone(where))
