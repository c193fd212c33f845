"""The window of `onair plan`: how it is said, and what of a campaign is in it."""

from __future__ import annotations

import json

import pytest
import yaml

from tests.unit.cli.planning import EVENING, LEAP, MOL, campaign, onair_plan


@pytest.mark.parametrize(
    ("options", "begins", "ends"),
    [
        pytest.param(
            ["--from", "2027-01-09", "--until", "2027-01-09"],
            "2027-01-08T23:00:00Z",
            "2027-01-09T23:00:00Z",
            id="a whole day in the campaign's zone",
        ),
        pytest.param(
            ["--from", "2027-01-09", "--until", "2027-01-09", "--time-zone", "America/New_York"],
            "2027-01-09T05:00:00Z",
            "2027-01-10T05:00:00Z",
            id="in another zone",
        ),
        pytest.param(
            ["--from", "2027-01-09T20:30+01:00", "--until", "2027-01-09T21:00"],
            "2027-01-09T19:30:00Z",
            "2027-01-09T20:00:00Z",
            id="with and without an offset",
        ),
        pytest.param(
            ["--from", "2027-01-05"],
            "2027-01-04T23:00:00Z",
            "2027-01-11T23:00:00Z",
            id="a week if no end is said",
        ),
        pytest.param(
            ["--from", "2026-12-01"],
            "2026-11-30T23:00:00Z",
            "2027-01-09T21:53:00Z",
            id="until the first airing if that is later",
        ),
        pytest.param(
            [*LEAP, "--until", "2028-01-02T00:00:00Z"],
            "2027-01-01T00:00:00Z",
            "2028-01-02T00:00:00Z",
            id="366 days and not a second more",
        ),
    ],
)
def test_the_window(options: list[str], begins: str, ends: str) -> None:
    """Dates and local times are of the zone, and a date is a whole day."""
    result = onair_plan(MOL, *options, "-o", "json")
    plan = json.loads(result.stdout)
    assert (plan["from"], plan["until"]) == (begins, ends)


def test_several_zones_are_shown_in_utc() -> None:
    """One that all share is used instead."""
    other = yaml.safe_load(campaign(timeZone="Asia/Kathmandu"))
    other["metadata"]["name"] = "other"
    result = onair_plan(MOL, "-", *EVENING, given=yaml.safe_dump(other))
    assert "(UTC)" in result.stdout
    assert "(Europe/Amsterdam)" in onair_plan(MOL, *EVENING).stdout


def test_what_is_left_out_is_said() -> None:
    """A plan says from when on it leaves airings out, in text, JSON and on stderr."""
    hours = [
        {"name": f"a{n}", "start": f"2027-01-09T{n:02}:00:00Z", "duration": "1m"}
        | {"repeat": "FREQ=DAILY;COUNT=200"}
        for n in range(20)
    ]
    load = {"shape": "Flat", "requestsPerSecond": 5000}
    given = campaign(airtimes=hours, timeZone="UTC", load=load)
    window = ("--from", "2027-01-09", "--until", "2027-05-01", "--time-zone", "UTC")
    planned = onair_plan(MOL, "-", *window, "-o", "json", given=given)
    (cut,) = (each["cut"] for each in json.loads(planned.stdout)["campaigns"])
    assert cut == "2027-04-19T00:00:00Z"
    shown = onair_plan(MOL, "-", *window, given=given)
    said = "too many airings: those from Mon 19 Apr 2027 00:00 on are not in this plan"
    assert said in shown.stdout
    assert f"of tv/wie-is-de-mol the airings from {cut} on are not in it" in shown.stderr


def test_the_last_day_of_a_long_window() -> None:
    """What airs right before the end of the longest window is in the steps, too."""
    daily = {"name": "d", "start": "2027-01-01T12:00:00", "duration": "1h", "repeat": "FREQ=DAILY"}
    year = ("--from", "2027-01-01", "--until", "2028-01-01")
    text = MOL.read_text() + "---\n" + campaign(airtimes=[daily])
    plan = json.loads(onair_plan("-", *year, "-o", "json", given=text).stdout)
    assert plan["campaigns"][0]["airings"][-1]["start"] == "2028-01-01T11:00:00Z"
    held = [step["at"] for step in plan["targets"][0]["steps"] if step["floor"]]
    assert max(held) > "2028-01-01T11"
