"""Three campaigns on one target, begun and ended in every order: one floor, and one restore."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from itertools import pairwise, permutations
from typing import NamedTuple

import pytest

from onair.model.targets import CoolDown
from onair.plan.needs import Need
from onair.plan.situation import Put
from onair.plan.timeline import timeline
from onair.schedule.zones import to_wall_clock, zone
from tests.unit.plan.example import at, first_airing, load, needs
from tests.unit.plan.imagined import Imagined

pytestmark = pytest.mark.fault_row(23)

USUAL, OWNERS = 6, 4
SIZES = (10, 5, 19)
"""Replicas of the first two campaigns' loads, and the fixed replicas of the third."""

FIRST = at("12:00")
HOUR = timedelta(hours=1)
AT_ONCE = CoolDown(hold=timedelta(0), step=Fraction(1))


class Show(NamedTuple):
    """From which to which of six hours a campaign is on air."""

    begin: int
    end: int


Shows = tuple[Show, ...]


def orders() -> list[Shows]:
    """Return every order in which three campaigns can begin and end, one thing an hour."""
    found = []
    for hours in permutations(range(6)):
        shows = tuple(Show(*pair) for pair in zip(hours[::2], hours[1::2], strict=True))
        if all(show.begin < show.end for show in shows):
            found.append(shows)
    return found


def need(number: int, show: Show) -> Need:
    """Return what a campaign asks: a load of so many replicas, or a fixed number."""
    size, fixed = SIZES[number], number == 2
    crowd = load(shape="Flat", audience=None, requestsPerSecond=str(50 * size), headroom="0%")
    start = to_wall_clock(FIRST + show.begin * HOUR, zone("Europe/Amsterdam")).isoformat()
    airing = first_airing(crowd, start=start, duration=f"{show.end - show.begin}h", endSlack="0s")
    base = needs()[1 if fixed else 0]
    own = {"replicas": size} if fixed else {"share": Fraction(1)}
    return Need(
        campaign=f"tv/{number}",
        target=base.target.model_copy(update=own),
        lead=timedelta(0),
        cool_down=AT_ONCE,
        airings=(airing,),
    )


def expected(shows: Shows, hour: float) -> int:
    """Return the floor of design section 3.4: loads add up, of fixed replicas the most counts."""
    first, second, third = (show.begin < hour < show.end for show in shows)
    added = USUAL + SIZES[0] * first + SIZES[1] * second if first or second else 0
    return max(added, max(USUAL, SIZES[2]) if third else 0)


@pytest.mark.parametrize(
    "shows", [pytest.param(s, id=" ".join(f"{a}-{b}" for a, b in s)) for s in orders()]
)
def test_in_every_order(shows: Shows) -> None:
    """Every hour has its floor, and the owner's minimum returns where nothing is needed."""
    plan = timeline([need(*each) for each in enumerate(shows)], USUAL, [])
    target = Imagined(plan, minimum=OWNERS, now=FIRST)
    wanted = [expected(shows, hour + 0.5) for hour in range(-1, 6)]
    for hour, floor in enumerate(wanted, start=-1):
        target.now = FIRST + (hour + 0.5) * HOUR
        target.aimed = any(hour < show.end for show in shows)
        target.settle()
        target.replicas = target.minimum  # as the HPA does while nobody comes
        target.settle()
        assert (hour, target.minimum) == (hour, max(floor, OWNERS))
    assert target.live() == (OWNERS, 20)
    back = [step for step in target.done if isinstance(step, Put) and falls_to_owners(step)]
    assert len(back) == sum(before > 0 == after for before, after in pairwise(wanted)), (
        "one restore each time that nothing is needed any more"
    )


def falls_to_owners(step: Put) -> bool:
    """Tell whether a write gives the owner's minimum back."""
    return step.after.minimum == OWNERS < step.before.minimum
