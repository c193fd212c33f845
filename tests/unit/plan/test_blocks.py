"""What is too costly to plan exactly stands as a block, never below what is needed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onair.model.campaigns import CampaignSpec
from onair.model.targets import CoolDown
from onair.plan import timeline as module
from onair.plan.blocks import cost, weight
from onair.plan.demand import levels
from onair.plan.needs import Need
from onair.plan.timeline import Timeline, timeline
from onair.plan.widening import widened
from tests.unit.plan.example import CAMPAIGN, needs
from tests.unit.plan.strategies import needs as drawn_needs

API, CHAT = needs()
STEPS = 4
"""Of the example's cool-down, 25 % each."""


def coarse(some: Sequence[Need], usual: int, most: int = 0) -> Timeline:
    """Return the timeline where no more may be spent on it than this."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST", most)
        return timeline(some, usual, [])


@given(
    st.lists(st.tuples(drawn_needs(), st.none() | st.integers(1, 200)), min_size=1, max_size=3),
    st.integers(0, 40),
)
def test_nowhere_below(drawn: list[tuple[Need, int | None]], usual: int) -> None:
    """Whoever draws too much keeps a floor that carries it, within the same limits."""
    some = [
        replace(need, campaign=f"tv/{number}", limit=limit)
        for number, (need, limit) in enumerate(drawn)
    ]
    exact, block = timeline(some, usual, []), coarse(some, usual)
    assume(exact.steps)
    assert block.coarse
    assert not exact.coarse
    for step in (*exact.steps, *block.steps):
        assert block.at(step.at).floor >= exact.at(step.at).floor
        assert block.at(step.at).required >= exact.at(step.at).required
    assert block.steps[-1].floor == 0


def test_it_is_one_block() -> None:
    """From the first lead to the end of the cool-down it stands at what the peak needs."""
    exact, block = timeline([API, CHAT], 6, []), coarse([API, CHAT], 6)
    assert [step.floor for step in block.steps] == [max(step.floor for step in exact.steps), 0]
    assert block.steps[0].at <= exact.steps[0].at
    assert block.steps[-1].at >= exact.steps[-1].at


def test_what_comes_first_is_exact() -> None:
    """What can be spent is spent on the next airings; later ones get their turn in time."""
    (airing,) = API.airings
    week = timedelta(days=7)
    load = airing.load.model_copy(update={"headroom": Fraction(1)})
    later = replace(
        airing,
        start=airing.start + week,
        end=airing.end + week,
        latest_end=airing.latest_end + week,
        load=load,
    )
    both = replace(API, airings=(airing, later))
    found = coarse([both], 6, cost([API]))
    exact = timeline([both], 6, [])
    half = airing.end + week / 2
    assert [s for s in found.steps if s.at < half] == [s for s in exact.steps if s.at < half]
    assert len([s for s in found.steps if s.at > half]) == 2
    assert found.coarse


def test_what_is_like_an_earlier_one_costs_nothing() -> None:
    """A show that airs every evening is planned once, so it is exact on every evening."""
    (airing,) = API.airings
    evenings = [timedelta(days=n) for n in range(5)]
    daily = tuple(
        replace(
            airing,
            start=airing.start + days,
            end=airing.end + days,
            latest_end=airing.latest_end + days,
        )
        for days in evenings
    )
    assert not coarse([replace(API, airings=daily)], 6, cost([API])).coarse


def test_two_clocks_tell_as_much() -> None:
    """A block that is widened is a block still."""
    assert widened(coarse([API], 6), timedelta(minutes=5)).coarse


def test_cost() -> None:
    """Every piece of every airing counts once for every step of the cool-down."""
    (airing,) = API.airings
    pieces = len(levels(airing).pieces)
    fine = CoolDown(step=Fraction(1, 100))
    assert cost([API]) == STEPS * pieces
    assert cost([API, replace(API, cool_down=fine)]) == (STEPS + 100) * pieces
    assert cost([replace(API, airings=(airing, airing))]) == 2 * STEPS * pieces


def spec(**fields: Any) -> CampaignSpec:  # noqa: ANN401
    """Return a campaign like the example's, with another airtime."""
    airtime = {"name": "a", "start": "2027-01-09T20:30:00", "duration": "1h"} | fields
    said = {k: v for k, v in airtime.items() if v is not None}
    return CampaignSpec.model_validate(CAMPAIGN | {"airtimes": [said]})


POINTS = [{"at": f"start+{n}m", "level": "50%"} for n in range(10)]
DRAWN = {"shape": "Custom", "points": POINTS, "multiplier": 2}
DATES = [f"2027-01-{day:02d}T20:30:00" for day in range(1, 21)]


@pytest.mark.parametrize(
    ("fields", "want"),
    [
        pytest.param({"load": DRAWN}, 10, id="points of its own"),
        pytest.param({}, 64, id="a shape"),
        pytest.param({"load": DRAWN, "repeat": "FREQ=DAILY"}, 70, id="repeated"),
        pytest.param({"load": DRAWN, "start": None, "starts": DATES}, 200, id="several dates"),
    ],
)
def test_weight(fields: dict[str, object], want: int) -> None:
    """What a campaign adds is told from its manifest, before any date is looked for."""
    assert weight(spec(**fields), CoolDown()) == STEPS * want
    assert weight(spec(**fields), CoolDown(step=Fraction(1, 100))) == 100 * want
