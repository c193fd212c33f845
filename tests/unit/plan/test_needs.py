"""What a campaign needs is its demand with lead and cool-down, straight from the definition."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.model.parse import parse_target_set
from onair.model.targets import CoolDown, Target
from onair.plan.curves import Curve, Piece, total
from onair.plan.demand import levels, span
from onair.plan.highest import highest
from onair.plan.needs import Need, at_peak, carrying, carrying_at, fixed, fixed_at
from onair.plan.outlines import PEAK
from onair.plan.seconds import Number, seconds, since_epoch
from onair.schedule.airings import Airing
from tests.unit.model.manifests import TARGET_SET, changed
from tests.unit.plan.example import USUAL, at, carrying_load, demand, load, needs
from tests.unit.plan.strategies import EPSILON, FEW_POINTS, START, largest
from tests.unit.plan.strategies import needs as drawn_needs

API, CHAT = needs()
RATE: dict[str, Any] = {"audience": None, "requestsPerSecond": 1000}
MULTIPLIED: dict[str, Any] = {"audience": None, "headroom": None, "multiplier": "4"}
MULTIPLE = load(**MULTIPLIED)


def flat(*airings: tuple[str, str], cool_down: CoolDown = API.cool_down) -> Need:
    """Return the API's need of 1,000 requests/s: 20.8 replicas at 80 % x 1.3 / 50."""
    said = load(shape="Flat", **RATE)
    times = tuple(Airing(at(start), at(end), at(end), "a", said) for start, end in airings)
    return replace(API, airings=times, cool_down=cool_down)


def value(curve: Curve, clock: str) -> Number:
    """Return the value of a curve at a time of day."""
    return curve.at(since_epoch(at(clock)))


PER_REQUEST = Fraction(8, 10) * Fraction(13, 10) / 50
"""What a request/s costs of the API: its share with headroom over what a replica serves."""


@pytest.mark.parametrize(
    ("need", "want"),
    [
        pytest.param(API, Fraction(14960, 3) * PER_REQUEST, id="an audience"),
        pytest.param(carrying_load(API, load(**RATE)), 1000 * PER_REQUEST, id="a rate"),
        pytest.param(carrying_load(API, MULTIPLE), Fraction(18), id="three more times the usual"),
        pytest.param(CHAT, Fraction(0), id="fixed replicas"),
        pytest.param(carrying_load(CHAT, MULTIPLE), Fraction(0), id="fixed, beside a multiplier"),
    ],
)
def test_at_peak(need: Need, want: Fraction) -> None:
    """The peak costs its share with headroom over what a replica serves, or a part of the usual."""
    assert at_peak(need, need.airings[0], USUAL) == want


def test_capacity_that_nobody_knows() -> None:
    """Requests on a target of which nobody knows what it serves are refused, not guessed."""
    unknown = replace(API, target=API.target.model_copy(update={"per_replica": None}))
    said = "a target without perReplica and replicas carries only a multiplier"
    with pytest.raises(ValueError, match=f"^{said}$"):
        at_peak(unknown, unknown.airings[0], USUAL)


@pytest.mark.parametrize(
    ("clock", "want"),
    [
        pytest.param("19:49:59", 0, id="before the lead"),
        pytest.param("19:50:00", 100, id="from the lead on"),
        pytest.param("20:59:59.999", 100, id="to the end of demand"),
        pytest.param("21:04:59.999", 100, id="through the hold"),
        pytest.param("21:05:00", 75, id="after the hold"),
        pytest.param("21:05:59.999", 75, id="to the end of the first step"),
        pytest.param("21:06:00", 50, id="second step"),
        pytest.param("21:07:00", 25, id="third step"),
        pytest.param("21:08:00", 0, id="after the cool-down"),
    ],
)
def test_lead_and_cool_down(clock: str, want: int) -> None:
    """A flat crowd is led by ten minutes, held for five and let go in four steps a minute apart."""
    assert value(carrying(flat(("20:00", "21:00")), USUAL), clock) == Fraction(208, 10) * want / 100


@pytest.mark.parametrize(
    ("step", "want"),
    [
        pytest.param(Fraction(3, 10), [100, 70, 40, 10, 0], id="that does not divide 100 %"),
        pytest.param(Fraction(1), [100, 0, 0, 0, 0], id="of everything at once"),
    ],
)
def test_steps_of_cool_down(step: Fraction, want: list[int]) -> None:
    """Each step takes its part of the whole, the last what is left."""
    cool_down = CoolDown(hold=timedelta(0), step=step, every=timedelta(minutes=1))
    curve = carrying(flat(("20:00", "21:00"), cool_down=cool_down), USUAL)
    found = [value(curve, f"2{clock}") for clock in ("0:59", "1:00", "1:01", "1:02", "1:03")]
    assert found == [Fraction(208, 10) * percent / 100 for percent in want]


def test_no_dip_between_airings() -> None:
    """Airings of one campaign add up before the lead, which neither dips nor counts twice."""
    curve = carrying(flat(("20:00", "21:00"), ("21:00", "21:30"), ("21:35", "22:00")), USUAL)
    assert {value(curve, f"21:{minute:02}") for minute in range(60)} == {Fraction(208, 10)}
    both = carrying(flat(("20:00", "21:00"), ("20:30", "21:30")), USUAL)
    assert [value(both, clock) for clock in ("20:19", "20:20", "21:04", "21:05")] == [
        Fraction(208, 10) * share / 10 for share in (10, 20, 20, 15)
    ]


def test_fixed() -> None:
    """Fixed replicas are there from the lead before the first demand to the cool-down."""
    curve = fixed(CHAT)
    clocks = ("19:04:59", "19:05", "20:10", "21:49:59", "21:50", "21:51", "21:52", "21:53")
    assert [value(curve, clock) for clock in clocks] == [0, 12, 12, 12, 9, 6, 3, 0]
    assert [fixed_at(CHAT, at(clock)) for clock in ("19:14", "19:15", "21:44", "21:45")] == [
        0,
        12,
        12,
        0,
    ]
    assert fixed(API) == carrying(CHAT, USUAL) == Curve()
    assert fixed_at(API, at("20:00")) == 0


def test_fixed_through_a_lull() -> None:
    """Fixed replicas stay while a shape is at zero between its first and its last demand."""
    points = [
        {"at": "start", "level": "100%"},
        {"at": "start+1m", "level": "0%"},
        {"at": "end-1m", "level": "0%"},
        {"at": "end", "level": "100%"},
    ]
    need = carrying_load(CHAT, load(shape="Custom", points=points))
    assert fixed_at(need, at("20:00")) == 12
    assert value(fixed(need), "20:00") == 12


def test_cool_down_of_the_smallest_step() -> None:
    """The cool-down of the most steps that a manifest may ask for takes off a hundredth in each."""
    spec = changed(TARGET_SET, {"spec.coolDown": {"hold": "1h", "step": "1%", "every": "28m"}})
    need = replace(flat(("20:00", "21:00")), cool_down=parse_target_set(spec).cool_down)
    found, over = carrying(need, USUAL), since_epoch(at("22:00"))
    for passed in range(100):
        assert found.at(over + passed * 28 * 60) == Fraction(208, 10) * (99 - passed) / 100


def test_without_airings() -> None:
    """A campaign without airings near needs nothing."""
    assert carrying(replace(API, airings=()), USUAL) == fixed(replace(CHAT, airings=())) == Curve()


def needed(target: Target, airing: Airing) -> Curve:
    """Return the replicas for one airing: the design's formula, for a rate or for a multiple."""
    if airing.load.multiplier:
        factor = (airing.load.multiplier - 1) * USUAL / PEAK
        return levels(airing).scaled(factor).moved(since_epoch(airing.start))
    cost = target.share * (1 + airing.load.headroom) / (target.per_replica or 1)
    return demand(airing).scaled(cost)


def r(need: Need) -> Curve:
    """Return the replicas over time without lead and cool-down."""
    if need.target.per_replica:
        return total([needed(need.target, airing) for airing in need.airings])
    replicas = need.target.replicas or 0
    spans = [(since_epoch(first), since_epoch(last)) for first, last in map(span, need.airings)]
    return highest([Curve((Piece(*span, replicas, replicas),)) for span in spans])


def k(cool_down: CoolDown, since: Number) -> Fraction:
    """Return what is left so many seconds after: the design's formula."""
    hold, every = seconds(cool_down.hold), seconds(cool_down.every)
    if since <= hold:
        return Fraction(1)
    return max(1 - cool_down.step * ceil(Fraction(since - hold) / every), Fraction())


def by_definition(need: Need, time: Number) -> Number:
    """Return the largest over s <= t of (the largest r over [s, s + lead]) x k(t - s)."""
    bare, lead, cool_down = r(need), seconds(need.lead), need.cool_down
    edges = {edge for piece in bare.pieces for edge in piece[:2]}
    reach = [time - seconds(cool_down.hold) - step * seconds(cool_down.every) for step in range(16)]
    # Between these instants the led curve has no peak, and k does not change.
    starts = {*edges, *(edge - lead for edge in edges), *reach, time}
    near = {start + shift for start in starts for shift in (-EPSILON, 0, EPSILON)}
    return max(largest(bare, s, s + lead) * k(cool_down, time - s) for s in near if s <= time)


@given(drawn_needs(shapes=FEW_POINTS), st.fractions(-16200, 21600))
def test_definition(need: Need, since: Fraction) -> None:
    """Lead and cool-down give at every instant what their definition says."""
    time = since_epoch(START) + since
    now, soon = (by_definition(need, instant) for instant in (time, time + EPSILON))
    found = max(carrying(need, USUAL).at(time), fixed(need).at(time))
    assert now <= found
    # Half-open, and an oracle that comes near to a supremum only.
    assert found <= max(now, soon) + Fraction(1, 1000)


def test_carrying_at_is_the_demand() -> None:
    """Without lead and cool-down an instant needs what its demand needs."""
    assert carrying_at(API, USUAL, at("20:36")) == Fraction(14960, 3) * PER_REQUEST
    assert carrying_at(API, USUAL, at("19:14")) == 0


def test_requests_and_a_multiple_at_once() -> None:
    """Airings of one campaign with loads of both kinds add up in replicas."""
    rates = flat(("20:00", "21:00"))
    airing = replace(rates.airings[0], load=load(shape="Flat", **MULTIPLIED))
    both = replace(rates, airings=(*rates.airings, airing))
    assert carrying_at(both, USUAL, at("20:30")) == 1000 * PER_REQUEST + 3 * USUAL
