"""What campaigns with limits of their own ask of a target, and leave."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from onair.model.targets import CoolDown
from onair.plan.needs import Need
from onair.plan.seconds import since_epoch
from onair.plan.shares import asked, most_together, room, smallest
from onair.schedule.airings import Airing
from tests.unit.plan.example import at, carrying_load, load, needs

API, CHAT = needs()
BARE = replace(API, lead=API.lead * 0)
FLAT = {"audience": None, "shape": "Flat", "headroom": "25%"}
TEN = carrying_load(BARE, load(**FLAT, requestsPerSecond=500))
"""A need of exactly ten replicas while its airing lasts: 500 x 80 % x 1.25 / 50."""

ONE = CHAT.target.model_copy(update={"replicas": 1})
HALF_A_SECOND = 1 / 120
"""In minutes."""


def limited(need: Need, name: str, limit: int | None) -> Need:
    """Return a need of a campaign by this name with a limit of its own."""
    return replace(need, campaign=f"tv/{name}", limit=limit)


@pytest.mark.parametrize(
    ("limit", "usual", "want"),
    [
        pytest.param(None, 6, None, id="no limit"),
        pytest.param(10, 6, 4, id="beside the usual ones"),
        pytest.param(6, 6, 0, id="none left"),
        pytest.param(5, 6, 0, id="less than the usual ones"),
    ],
)
def test_room(limit: int | None, usual: int, want: int | None) -> None:
    """A campaign may add what its limit leaves beside the usual replicas."""
    assert room(limited(API, "a", limit), usual) == want


@pytest.mark.parametrize(
    ("limits", "usual", "want"),
    [
        pytest.param([], 10, None, id="nobody"),
        pytest.param([30, None], 10, None, id="one without a limit"),
        pytest.param([30], 10, 30, id="one"),
        pytest.param([30, 20], 10, 40, id="two: the usual ones count once"),
        pytest.param([5, 20], 10, 20, id="one that leaves nothing"),
        pytest.param([5, 7], 10, 7, id="two that leave nothing"),
    ],
)
def test_most_together(limits: list[int | None], usual: int, want: int | None) -> None:
    """Limits add up beside the usual replicas."""
    some = [limited(API, str(number), limit) for number, limit in enumerate(limits)]
    assert most_together(some, usual) == want


def test_smallest() -> None:
    """Who has no limit is never named; between equal limits the name decides."""
    free, high, low, same = (
        limited(API, name, limit) for name, limit in (("a", None), ("b", 9), ("d", 5), ("c", 5))
    )
    assert smallest([free, high, low]) == low
    assert smallest([low, same, high]) == same


def test_a_limit_that_is_reached_does_not_bite() -> None:
    """Who asks for exactly what its limit allows is not the one that is cut."""
    alone = asked([limited(TEN, "a", 16)], 6)
    assert max(alone.asked) == 16
    assert set(alone.bitten) == {None}
    exact, cut = limited(TEN, "a", 16), limited(TEN, "b", 30)
    more = carrying_load(cut, load(**FLAT, requestsPerSecond=5000))
    both = asked([exact, more], 6)
    assert {need.campaign for need in both.bitten if need} == {"tv/b"}


def test_nothing_is_asked_before_the_first_and_after_the_last() -> None:
    """The columns begin with the first second of a need and end with nothing."""
    one, other = limited(TEN, "a", 8), limited(TEN, "b", 9)
    both = asked([one, other], 0)
    assert (both.asked[0], both.left[0]) == (20, 17)
    assert (both.asked[-1], both.left[-1], both.bitten[-1]) == (0, 0, None)
    assert list(both.seconds) == sorted(set(both.seconds))


def flat(name: str, rate: float, limit: int | None, minutes: float = 60) -> Need:
    """Return a need of so many requests/s from 20:00 on; 50 of them are one replica."""
    start = at("20:00")
    end = start + timedelta(minutes=minutes)
    airing = Airing(start, end, end, "a", load(**FLAT, requestsPerSecond=rate))
    cool_down = CoolDown(hold=timedelta(0), step=Fraction(1), every=timedelta(seconds=1))
    return replace(limited(BARE, name, limit), airings=(airing,), cool_down=cool_down)


def test_a_campaign_that_is_over_adds_no_room() -> None:
    """From the second after its end on only the limits of the others count.

    Although the rungs of what is asked are the same as before.
    """
    small, large = flat("small", 5, 5, minutes=30 + HALF_A_SECOND), flat("large", 5000, 50)
    both = asked([small, large], 0)
    over = int(since_epoch(at("20:30:01")))
    rows = dict(
        zip(both.seconds, zip(both.asked, both.left, both.bitten, strict=True), strict=True)
    )
    assert rows[over] == (101, 50, large)
    assert [left for second, (_, left, _) in rows.items() if second < over] == [51]


def test_fixed_replicas_beside_a_limit_that_leaves_nothing() -> None:
    """One replica that is usual, and one that is fixed, are one: nothing is added to them."""
    none_left = flat("small", 500, 1)
    fixed = replace(none_left, campaign="tv/fixed", limit=None, target=ONE)
    found = asked([none_left, fixed], 1)
    assert (max(found.asked), max(found.left)) == (11, 1)


@pytest.mark.parametrize(
    ("limit", "later_limit"),
    [pytest.param(5, 30, id="the smaller one earlier"), pytest.param(30, 5, id="and later")],
)
def test_who_exceeds_now_is_named(limit: int, later_limit: int) -> None:
    """A campaign that is there, but exceeded its limit earlier or will later, is not the one."""
    little = flat("", 5, None, minutes=40).airings
    early, late = flat("early", 5000, limit, minutes=10), flat("late", 5000, later_limit)
    (crowd,) = late.airings
    crowd = replace(crowd, start=crowd.start + timedelta(minutes=20))
    needs = [replace(early, airings=early.airings + little)]
    needs.append(replace(late, airings=(crowd, *little)))
    both = asked(needs, 0)
    named = dict(zip(both.seconds, both.bitten, strict=True))
    first, later = (named[int(since_epoch(at(time)))] for time in ("20:00", "20:20"))
    assert first is not None
    assert later is not None
    assert (first.campaign, later.campaign) == ("tv/early", "tv/late")


def test_who_comes_to_exceed_a_limit_is_named_from_then_on() -> None:
    """A smaller limit that does not bite yet is not named before it does."""
    early, late = flat("small", 100, 5), flat("small", 500, 5)
    (first,), (then,) = early.airings, late.airings
    then = replace(then, start=first.end, end=at("22:00"), latest_end=at("22:00"))
    small = replace(early, airings=(first, then))
    large = flat("large", 5000, 50, minutes=120)
    found = asked([small, large], 0)
    bitten = dict(zip(found.seconds, found.bitten, strict=True))
    assert bitten[int(since_epoch(at("20:00")))] == large
    assert bitten[int(since_epoch(at("21:00")))] == small
