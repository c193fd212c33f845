"""Whole calendars of seven zones air at the instants that are committed beside this module."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from onair.schedule.airings import airings, check
from onair.schedule.zones import zone
from tests.unit.schedule import independent
from tests.unit.schedule.campaigns import campaign

FILES = sorted((Path(__file__).parent / "golden").glob("*.yaml"))
CASES = [
    pytest.param(calendar["zone"], case, id=f"{file.stem}: {case['about']}")
    for file in FILES
    for calendar in [yaml.safe_load(file.read_text(encoding="utf-8"))]
    for case in calendar["cases"]
]


def shown(instants: list[datetime]) -> list[str]:
    """Return instants as the files spell them."""
    return [f"{instant:%a %Y-%m-%d %H:%M:%S}" for instant in instants]


@pytest.mark.parametrize(("where", "case"), CASES)
def test_airings(where: str, case: dict[str, Any]) -> None:
    """The airings of a campaign begin exactly then, whichever windows find them."""
    airtime = {"name": "a", "duration": "1h", "start": case["start"], "repeat": case["repeat"]}
    spec = campaign(airtime, zone=where)
    check(spec)
    years = (datetime(year, 1, 1, tzinfo=UTC) for year in range(2024, 2045))
    found = {each for year in years for each in airings(spec, year, year.replace(year.year + 1))}
    assert shown(sorted(airing.start for airing in found)) == case["airings"]


@pytest.mark.parametrize(("where", "case"), CASES)
def test_each_alone(where: str, case: dict[str, Any]) -> None:
    """Each airing is found by whoever looks at its first second only."""
    airtime = {"name": "a", "duration": "1s", "start": case["start"], "repeat": case["repeat"]}
    spec = campaign(airtime, zone=where)
    for want in case["airings"]:
        start = datetime.fromisoformat(f"{want[4:]}Z")
        (found,) = airings(spec, start, start + timedelta(seconds=1))
        assert found.start == start


@pytest.mark.parametrize(("where", "case"), CASES)
def test_independent_expansion(where: str, case: dict[str, Any]) -> None:
    """Somebody who tries every day, and looks for every time on the zone's clocks, agrees."""
    start = datetime.fromisoformat(case["start"])
    days = independent.dates(case["repeat"], start.date(), date(2044, 12, 31))
    moments = [datetime.combine(day, start.time()) for day in days]
    assert shown([independent.instant(each, zone(where)) for each in moments]) == case["airings"]


def test_zones() -> None:
    """There are zones that change by an hour, half one, for Ramadan, at midnight, and never."""
    zones = {yaml.safe_load(file.read_text(encoding="utf-8"))["zone"] for file in FILES}
    assert zones == {
        "Africa/Casablanca",
        "America/New_York",
        "America/Nuuk",
        "Asia/Kathmandu",
        "Asia/Tokyo",
        "Australia/Lord_Howe",
        "Europe/Amsterdam",
    }
