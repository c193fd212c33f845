"""A need says what the demand alone asks for, and when it holds replicas at all."""

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given

from onair.plan.curves import Curve
from onair.plan.needs import Need, carrying, demanding, fixed, fixed_at, held, raised
from onair.plan.seconds import instant_at, since_epoch
from onair.schedule.airings import Airing
from tests.unit.plan.example import USUAL, at, carrying_load, load, needs
from tests.unit.plan.strategies import needs as drawn_needs
from tests.unit.plan.strategies import times_of

API, CHAT = needs()
RATE = load(shape="Flat", audience=None, requestsPerSecond=1000)
SPIKE = load(
    shape="Custom",
    audience=None,
    requestsPerSecond=1000,
    points=[{"at": "start", "level": "100%"}, {"at": "end", "level": "0%"}],
)
MULTIPLE = load(shape="Flat", audience=None, headroom=None, multiplier="4")
HALF = timedelta(seconds=0.5)


def airing(start: str, end: str) -> Airing:
    """Return an airing of a flat crowd."""
    return Airing(at(start), at(end), at(end), "a", RATE)


def during(*airings: Airing, need: Need = API) -> Need:
    """Return a need with other airings."""
    return replace(need, airings=airings)


def later(need: Need, by: timedelta) -> Need:
    """Return a need with its one airing later."""
    (only,) = need.airings
    times = {name: getattr(only, name) + by for name in ("start", "end", "latest_end")}
    return during(replace(only, **times), need=need)


@given(drawn_needs())
def test_demanding(need: Need) -> None:
    """The demand is the carried one without lead and cool-down, or fixed replicas, never both."""
    bare = replace(
        need,
        lead=timedelta(0),
        cool_down=need.cool_down.model_copy(update={"hold": timedelta(0), "step": Fraction(1)}),
    )
    crowd, stood = demanding(need, USUAL)
    want = (carrying(bare, USUAL), fixed(bare))
    assert (crowd == Curve(), stood == Curve()) == tuple(each == Curve() for each in want)
    for time in times_of(crowd, stood, *want)[:300]:
        assert (crowd.at(time), stood.at(time)) == tuple(each.at(time) for each in want)


@pytest.mark.parametrize(
    ("need", "want"),
    [
        pytest.param(during(airing("20:00", "21:00")), [("19:50", "21:08")], id="a crowd"),
        pytest.param(
            during(airing("20:00", "20:10"), airing("21:00", "21:10")),
            [("19:50", "20:18"), ("20:50", "21:18")],
            id="two apart",
        ),
        pytest.param(
            carrying_load(API, SPIKE), [("19:20", "20:53")], id="at its highest when it begins"
        ),
        pytest.param(CHAT, [("19:05", "21:53")], id="fixed replicas"),
        pytest.param(
            later(during(airing("20:00", "21:00")), HALF),
            [("19:50", "21:08:01")],
            id="between two seconds",
        ),
        pytest.param(
            later(CHAT, HALF), [("19:05", "21:53:01")], id="fixed replicas between two seconds"
        ),
    ],
)
def test_held(need: Need, want: list[tuple[str, str]]) -> None:
    """Replicas are held from the lead before the first demand until the cool-down is over."""
    found: list[tuple[datetime, datetime]] = []
    for begin, end in sorted(held(need, USUAL)):
        meets = bool(found) and instant_at(begin) <= found[-1][1]
        since = found.pop()[0] if meets else instant_at(begin)
        found.append((since, instant_at(end)))
    assert found == [(at(begin), at(end)) for begin, end in want]


@pytest.mark.parametrize("lead", [pytest.param(10, id="short"), pytest.param(90, id="long")])
def test_held_by_a_shape(lead: int) -> None:
    """All hills of a shape together hold what it needs, and none of them a second more."""
    need = replace(API, lead=timedelta(minutes=lead))
    found = list(held(need, USUAL))
    pieces = carrying(need, USUAL).pieces
    assert (pieces[0].start, pieces[-1].end) == (min(found)[0], max(end for _, end in found))
    assert all(any(a <= p.start and p.end <= b for a, b in found) for p in pieces)


def test_fixed_during_one_of_two() -> None:
    """Fixed replicas stand during each airing, and not between them."""
    two = during(airing("20:00", "20:10"), airing("21:00", "21:10"), need=CHAT)
    assert [fixed_at(two, at(clock)) for clock in ("20:05", "20:30", "21:05")] == [12, 0, 12]


def test_beside_a_multiple_of_nothing() -> None:
    """Where nothing is usual a multiple asks for nothing, and what airs with it still does."""
    multiple = replace(airing("20:30", "21:30"), load=MULTIPLE)
    both = during(airing("20:00", "21:00"), multiple)
    alone = during(airing("20:00", "21:00"))
    assert carrying(both, 0) == carrying(alone, 0) != Curve()
    assert demanding(both, 0) == demanding(alone, 0)


def test_a_multiple_needs_no_capacity() -> None:
    """What a replica serves needs not be known where no requests/s are said."""
    unknown = API.target.model_copy(update={"per_replica": None})
    need = replace(carrying_load(API, MULTIPLE), target=unknown)
    assert carrying(need, USUAL).at(since_epoch(at("20:00"))) == 3 * USUAL


def test_airings_that_do_not_meet_share_what_follows() -> None:
    """Each has a ridge of its own, which is the same one where they differ in time only."""
    first, second = raised(during(airing("19:00", "19:10"), airing("22:00", "22:10")), USUAL)
    assert first.ridge is second.ridge
