"""Airings are the same in every window that meets them and for every equal spelling."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onair.model.campaigns import CampaignSpec
from onair.schedule.airings import HORIZON, Airing, airings
from onair.schedule.rules import MAX_AIRINGS
from onair.schedule.zones import to_instant, zone
from tests.unit.schedule.campaigns import campaign
from tests.unit.schedule.strategies import recurrences, windows

ZONES = (
    "Africa/Casablanca",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Amsterdam",
    "UTC",
)
CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))


@st.composite
def airtimes(draw: st.DrawFn, name: str = "a") -> dict[str, Any]:
    """Draw an airtime with a rule."""
    text, day = draw(recurrences())
    slack = draw(st.sampled_from(["0s", "10m", "12h"]))
    minutes = draw(st.integers(1, 168 * 60))
    start = f"{datetime.combine(day, draw(CLOCKS)):%Y-%m-%dT%H:%M:%S}"
    return {
        "name": name,
        "start": start,
        "duration": f"{minutes}m",
        "endSlack": slack,
        "repeat": text,
    }


@st.composite
def campaigns(draw: st.DrawFn) -> tuple[CampaignSpec, datetime]:
    """Draw a campaign of a few airtimes, and an instant near the start of the first."""
    drawn = [draw(airtimes(f"a{n}")) for n in range(draw(st.integers(1, 3)))]
    start = datetime.fromisoformat(drawn[0]["start"]).replace(tzinfo=UTC)
    return campaign(*drawn, zone=draw(st.sampled_from(ZONES))), start


def instants(airtime: dict[str, Any], where: str, start: str) -> list[tuple[datetime, datetime]]:
    """Return when the airings of an airtime start and end, in three years from its start."""
    spec = campaign(airtime, zone=where)
    begin = datetime.fromisoformat(start).replace(tzinfo=UTC) - timedelta(days=1)
    found: set[Airing] = set()
    for number in range(3):
        after = begin + number * HORIZON
        found |= set(airings(spec, after, after + HORIZON))
    return sorted((airing.start, airing.end) for airing in found)


@settings(deadline=None)
@given(campaigns(), windows())
def test_sorted_and_inside(
    drawn: tuple[CampaignSpec, datetime], window: tuple[timedelta, timedelta]
) -> None:
    """Airings come in order and meet their window, which is never longer than 400 days."""
    spec, start = drawn
    after = start + window[0]
    found = airings(spec, after, after + 2 * window[1])
    order = [(airing.start, airing.end, airing.airtime) for airing in found]
    assert order == sorted(set(order))
    before = after + min(2 * window[1], HORIZON)
    assert all(airing.start < before and airing.latest_end > after for airing in found)


@settings(deadline=None)
@given(campaigns(), windows(), st.floats(0, 1))
def test_windows_add_up(
    drawn: tuple[CampaignSpec, datetime], window: tuple[timedelta, timedelta], part: float
) -> None:
    """The airings of a window are those of its two parts together, wherever it is cut."""
    spec, start = drawn
    after = start + window[0]
    before = after + window[1]
    middle = after + part * window[1]
    found = airings(spec, after, before)
    assume(len(found) < MAX_AIRINGS)
    assert set(found) == {*airings(spec, after, middle), *airings(spec, middle, before)}


@settings(deadline=None, max_examples=50)
@given(airtimes(), st.sampled_from(ZONES))
def test_explicit_defaults(airtime: dict[str, Any], where: str) -> None:
    """What RFC 5545 says for a part that is absent may as well be said."""
    parts = dict(part.split("=") for part in airtime["repeat"].split(";"))
    start = datetime.fromisoformat(airtime["start"])
    said = {"INTERVAL": "1", "WKST": "MO"} | parts
    if not parts.keys() & {"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"}:
        if parts["FREQ"] == "WEEKLY":
            said["BYDAY"] = f"{start:%a}"[:2].upper()
        elif parts["FREQ"] != "DAILY":
            said["BYMONTHDAY"] = str(start.day)
        if parts["FREQ"] == "YEARLY":
            said.setdefault("BYMONTH", str(start.month))
    spelled = airtime | {"repeat": ";".join(f"{name}={value}" for name, value in said.items())}
    assert instants(spelled, where, airtime["start"]) == instants(airtime, where, airtime["start"])


@settings(deadline=None, max_examples=50)
@given(airtimes(), st.sampled_from(ZONES), st.timedeltas(timedelta(hours=-14), timedelta(hours=14)))
def test_offset_or_wall_clock(airtime: dict[str, Any], where: str, offset: timedelta) -> None:
    """A start with any offset means the same as the wall clock of the campaign's zone."""
    start = datetime.fromisoformat(airtime["start"])
    instant = to_instant(start, zone(where))
    assume(instant.astimezone(zone(where)).replace(tzinfo=None) == start)
    minutes = round(offset / timedelta(minutes=1))
    local = (instant + timedelta(minutes=minutes)).replace(tzinfo=None)
    sign = "-" if minutes < 0 else "+"
    spelled = f"{local.isoformat()}{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    found = instants(airtime | {"start": spelled}, where, airtime["start"])
    assert found == instants(airtime, where, airtime["start"])


@settings(deadline=None, max_examples=50)
@given(airtimes(), st.sampled_from(ZONES))
def test_end_or_duration(airtime: dict[str, Any], where: str) -> None:
    """An end means the same as the exact time from the start to it."""
    start = to_instant(datetime.fromisoformat(airtime["start"]), zone(where))
    minutes = int(airtime["duration"].removesuffix("m"))
    end = start + timedelta(minutes=minutes)
    spelled = {name: value for name, value in airtime.items() if name != "duration"}
    spelled["end"] = f"{end:%Y-%m-%dT%H:%M:%SZ}"
    assert instants(spelled, where, airtime["start"]) == instants(airtime, where, airtime["start"])


@settings(deadline=None, max_examples=50)
@given(airtimes(), st.sampled_from(ZONES), st.randoms(use_true_random=False))
def test_list_or_rule(airtime: dict[str, Any], where: str, random: Any) -> None:  # noqa: ANN401
    """A list of starts, in whatever order, means the same as the rule that yields them."""
    found = instants(airtime, where, airtime["start"])
    assume(0 < len(found) <= 100)
    listed = [f"{start:%Y-%m-%dT%H:%M:%SZ}" for start, _ in found]
    random.shuffle(listed)
    spelled = {name: airtime[name] for name in ("name", "duration", "endSlack")}
    assert instants(spelled | {"starts": listed}, where, airtime["start"]) == found


@settings(deadline=None, max_examples=50)
@given(airtimes(), st.sampled_from(ZONES), st.integers(0, 20))
def test_until_or_count(airtime: dict[str, Any], where: str, number: int) -> None:
    """Ending a rule at its nth date means the same as counting to it."""
    text = ";".join(part for part in airtime["repeat"].split(";") if "COUNT" not in part)
    endless = instants(airtime | {"repeat": text}, where, airtime["start"])
    assume(len(endless) > number)
    last = endless[number][0]
    until = airtime | {"repeat": f"{text};UNTIL={last:%Y%m%dT%H%M%SZ}"}
    count = airtime | {"repeat": f"COUNT={number + 1};{text}"}
    assert instants(until, where, airtime["start"]) == endless[: number + 1]
    assert instants(count, where, airtime["start"]) == endless[: number + 1]
