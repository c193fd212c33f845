"""Loads fitted to past airings, walk forward."""

from __future__ import annotations

from array import array
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.fitting.fitting import Fit, fit
from onair.model.loads import Load
from onair.model.parse import parse_campaign
from onair.plan.aims import Named
from onair.plan.demand import peak_over
from onair.traces.trace import Trace
from tests.unit.fitting.crowds import (
    LENGTH,
    MOL,
    after_the_end,
    body,
    campaign,
    evenings,
    trace,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

PEAKS = [500, 700, 400, 800, 600]


def fitted(peaks: Sequence[float], days: int, **load: Any) -> Fit:  # noqa: ANN401 - a manifest
    """Return the fit of airings, one each evening, of which the trace has so many."""
    starts = evenings(len(peaks))
    made = trace(days, after_the_end(starts, peaks))
    return fit(made, {MOL: campaign(starts, **load)})[MOL]


def peak_of(body: dict[str, Any]) -> float:
    """Return the peak that the planner makes of a load, requests/s."""
    return float(peak_over(Load.model_validate(body), LENGTH))


def test_forecasts_walk_forward() -> None:
    """Each airing is forecast from those before it; the first one cannot be."""
    found = fitted(PEAKS, 6)
    forecasts = [each.forecast for each in found.airings]
    assert [each and each.past for each in forecasts] == [None, 1, 2, 3, 4]
    sizes = [each.size.peak for each in forecasts if each]
    assert sizes == pytest.approx([500, (500 * 700) ** 0.5, 500, (500 * 700) ** 0.5])
    assert found.load
    assert found.load.past == 5
    assert found.load.size.peak == pytest.approx(600)


def test_airings_on_one_day() -> None:
    """A forecast knows the airing before if that was over six hours before the start, else not."""
    one, other = evenings(2)
    for gap, want in ((571, 1), (569, None)):
        later = one + timedelta(minutes=gap)
        made = trace(2, after_the_end([one, later], [500, 700]))
        found = fit(made, {MOL: campaign([one, later, other + 9 * LENGTH])})[MOL].airings[1]
        assert (found.forecast and found.forecast.past) == want


def test_size_of_a_later_airing_does_not_matter() -> None:
    """How later airings are announced changes no forecast of earlier ones."""
    starts = evenings(4)
    announced = body(starts, requestsPerSecond=300)
    (airtime,) = announced["spec"]["airtimes"]
    listed = [
        airtime | {"name": f"day-{n}", "starts": [s]} for n, s in enumerate(airtime["starts"])
    ]
    announced["spec"]["airtimes"] = listed
    made = trace(3, after_the_end(starts[:3], [500, 700, 600]))
    same = fit(made, {MOL: parse_campaign(announced)})[MOL].airings
    listed[3]["load"] = {"shape": "Flat", "audience": {"people": 9}}
    changed = fit(made, {MOL: parse_campaign(announced)})[MOL].airings
    assert [each.forecast for each in changed[:3]] == [each.forecast for each in same[:3]]
    assert same[2].forecast


def test_more_than_a_list_of_airings() -> None:
    """Every airing in the trace is used, also of a campaign with more than are listed at once."""
    announced = body(evenings(3))
    daily = {"start": "2024-01-01T00:00:00Z", "repeat": "FREQ=DAILY", "duration": "1m"}
    hours = [daily | {"name": f"h{n}", "start": f"2024-01-01T{n:02}:10:00Z"} for n in range(24)]
    announced["spec"]["airtimes"] = hours
    found = fit(trace(3, lambda _: 0.0), {MOL: parse_campaign(announced)})[MOL].airings
    assert len(found) == 24 * (3 + 400)


def test_errors() -> None:
    """The error is that of the peak; a forecast with its headroom is enough or is not."""
    found = fitted([500, 1000, 250], 4).airings
    assert [each.error for each in found] == [
        None,
        pytest.approx(-0.5),
        pytest.approx((500 * 1000) ** 0.5 / 250 - 1),
    ]
    assert [each.covered for each in found] == [False, False, True]


def test_airings_to_come_have_the_latest_forecast() -> None:
    """What is announced for after the trace is forecast from all that is in it."""
    found = fitted(PEAKS, 4).airings
    assert found[-1].looked.seen is None
    assert found[-1].error is None
    assert found[-1].forecast
    assert found[-1].forecast.past == 4


@given(st.integers(2, 9), st.floats(0, 10_000), st.integers(240, 600))
def test_nothing_looks_ahead(airing: int, rate: float, earlier: int) -> None:
    """Whatever comes from six hours before an airing on, its forecast stays the same."""
    gap = timedelta(minutes=earlier)
    starts = sorted(start - late for start in evenings(5) for late in (gap, timedelta()))
    made = trace(5, after_the_end(starts, PEAKS * 2))
    known = (starts[airing] - timedelta(hours=6) - made.begin) // timedelta(seconds=made.step)
    changed = array("d", [*made.rates[:known], *[rate] * (len(made.rates) - known)])
    other = Trace(made.begin, made.step, changed)
    spec = campaign(starts)
    before, after = (fit(each, {MOL: spec})[MOL].airings[airing] for each in (made, other))
    assert before.forecast == after.forecast
    assert before.forecast


@pytest.mark.parametrize(
    ("load", "want"),
    [
        pytest.param({"multiplier": 4}, "requestsPerSecond", id="a multiple becomes a rate"),
        pytest.param({"requestsPerSecond": "5k"}, "requestsPerSecond", id="a rate"),
        pytest.param({"audience": {"people": "20k", "within": "5m"}}, "audience", id="people"),
        pytest.param({"audience": {"people": 10}}, "audience", id="more requests than people"),
    ],
)
def test_planner_makes_the_forecast_of_the_load(load: dict[str, Any], want: str) -> None:
    """The block to paste has the peak that was forecast, whichever way its size is said."""
    found = fitted(PEAKS, 6, **load).load
    assert found
    assert want in found.load
    assert peak_of(found.load) == pytest.approx(found.size.peak, rel=0.01)
    assert peak_of(found.load) >= found.size.peak * (1 - 1e-6)


def test_people_stay_as_announced() -> None:
    """Of an audience the ratio is fitted: how many respond, or else how much each asks for."""
    found = fitted(PEAKS, 6, audience={"people": "200k", "requestsPerPerson": "5"}).load
    assert found
    audience = found.load["audience"]
    assert (audience["people"], audience["requestsPerPerson"]) == ("200000", "5")
    assert 0 < float(audience["response"].rstrip("%")) < 100


def test_nobody_came() -> None:
    """Where no airing had a crowd, no load is made up."""
    found = fitted([0, 0, 0], 4)
    assert found.load is None
    assert [each.forecast for each in found.airings] == [None, None, None]


def test_classes_do_not_mix() -> None:
    """Each campaign is forecast from its own airings, but all have their windows."""
    starts = evenings(6)
    made = trace(7, after_the_end(starts, [500, 5000] * 3))
    final = Named("tv", "final")
    found = fit(made, {MOL: campaign(starts[::2]), final: campaign(starts[1::2])})
    sizes = [each.load.size.peak for each in found.values() if each.load]
    assert sizes == pytest.approx([500, 5000])


@given(st.lists(st.floats(0, 1e8), min_size=1, max_size=8), st.sampled_from(["rate", "people"]))
def test_every_load_is_valid(peaks: list[float], said: str) -> None:
    """Whatever came, each load that is printed is one that a manifest may say."""
    load = {"requestsPerSecond": 7} if said == "rate" else {"audience": {"people": 3}}
    found = fitted(peaks, len(peaks) + 1, **load)
    for each in (found.load, *[airing.forecast for airing in found.airings]):
        if each:
            parse_campaign({"spec": body(evenings(1))["spec"] | {"load": each.load}})
