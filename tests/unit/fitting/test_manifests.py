"""The calendar again, each airing with the load that could be known before it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from onair.fitting.fitting import fit
from onair.fitting.manifests import campaigns
from onair.model.parse import parse_campaign
from onair.schedule.airings import airings, check
from tests.unit.fitting.crowds import MOL, after_the_end, body, evenings, trace


@pytest.mark.parametrize(
    ("count", "names"),
    [
        pytest.param(3, ["mol"], id="few"),
        pytest.param(33, ["mol", "mol-part-2"], id="more than a campaign has airtimes"),
    ],
)
def test_every_airing_with_its_load(count: int, names: list[str]) -> None:
    """All airings are there, as valid campaigns; the first keeps the load that was announced."""
    starts = evenings(count)
    announced = body(starts)
    calendar = {MOL: parse_campaign(announced)}
    found = fit(trace(3, after_the_end(starts[:2], [500, 700])), calendar)[MOL]
    made = list(campaigns(announced, found, set()))
    assert [each["metadata"]["name"] for each in made] == names
    specs = [parse_campaign(each) for each in made]
    span = starts[0], starts[-1] + timedelta(days=1)
    again = [airing for spec in specs for airing in airings(spec, *span)]
    assert [airing.start for airing in again] == starts
    assert again[0].load == calendar[MOL].load
    assert [each["requestsPerSecond"] for each in loads(made)][:2] == ["500", "591.7"]
    for spec in specs:
        check(spec)


def test_announced_load_of_an_airtime_stays() -> None:
    """An airing without a past keeps the load of its own airtime, and how late it may end."""
    announced = body(evenings(1))
    own = {"shape": "Flat", "requestsPerSecond": 7}
    announced["spec"]["airtimes"][0] |= {"load": own, "endSlack": "10m"}
    found = fit(trace(2, lambda _: 0.0), {MOL: parse_campaign(announced)})[MOL]
    (made,) = campaigns(announced, found, set())
    (airtime,) = made["spec"]["airtimes"]
    assert airtime == {
        "name": "episode-20270104-200000",
        "start": "2027-01-04T20:00:00Z",
        "duration": "1h",
        "endSlack": "10m",
        "load": own,
    }


def test_parts_take_no_name_of_another_campaign() -> None:
    """The second part has another number where a campaign is called as it would be."""
    assert names_of(body(evenings(65)), {"mol", "mol-part-2"}) == [
        "mol",
        "mol-part-3",
        "mol-part-4",
    ]


def test_campaign_that_the_api_server_names() -> None:
    """All parts of a campaign with generateName have that, and no name."""
    announced = body(evenings(33))
    announced["metadata"] = {"generateName": "mol-", "namespace": "tv"}
    found = fit(trace(1, lambda _: 0.0), {MOL: parse_campaign(announced)})[MOL]
    made = list(campaigns(announced, found, set()))
    assert [each["metadata"] for each in made] == [announced["metadata"]] * 2


def test_airtimes_that_differ_late_in_their_names() -> None:
    """Airings that begin together keep names of their own, however long these are."""
    announced = body(evenings(1))
    (airtime,) = announced["spec"]["airtimes"]
    announced["spec"]["airtimes"] = [airtime | {"name": "x" * 60 + each} for each in "abc"]
    found = fit(trace(1, lambda _: 0.0), {MOL: parse_campaign(announced)})[MOL]
    (made,) = campaigns(announced, found, set())
    assert len({each["name"] for each in made["spec"]["airtimes"]}) == 3
    check(parse_campaign(made))


def names_of(announced: dict[str, Any], taken: set[str]) -> list[str]:
    """Return the names of the campaigns that are made of one."""
    found = fit(trace(1, lambda _: 0.0), {MOL: parse_campaign(announced)})[MOL]
    return [each["metadata"]["name"] for each in campaigns(announced, found, taken)]


def loads(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the loads of all airtimes that have one."""
    return [a["load"] for each in made for a in each["spec"]["airtimes"] if "load" in a]
