"""What campaigns with limits of their own ask of a target, and leave."""

from dataclasses import replace

import pytest

from onair.plan.needs import Need
from onair.plan.shares import asked, most_together, room, smallest
from tests.unit.plan.example import carrying_load, load, needs

API, _ = needs()
BARE = replace(API, lead=API.lead * 0)
FLAT = {"audience": None, "shape": "Flat", "headroom": "25%"}
TEN = carrying_load(BARE, load(**FLAT, requestsPerSecond=500))
"""A need of exactly ten replicas while its airing lasts: 500 x 80 % x 1.25 / 50."""


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
