"""The text of a plan: what a person reads as one change."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.cli.planned import lines, runs
from onair.preview.announced import Announced
from onair.preview.plans import preview
from onair.preview.results import Step
from onair.preview.windows import Window
from onair.schedule.zones import zone
from tests.unit.plan.example import at
from tests.unit.preview.announcing import EVENING, announced, flat, inline

START = datetime(2027, 1, 9, 19, tzinfo=UTC)


def steps_of(*said: tuple[int, int, str]) -> list[Step]:
    """Return steps from minute, floor and campaign."""
    return [
        Step(
            at=START + timedelta(minutes=minute),
            floor=floor,
            required=floor,
            campaigns=(campaign,) if campaign else (),
            limited_by=None,
        )
        for minute, floor, campaign in said
    ]


@pytest.mark.parametrize(
    ("steps", "want"),
    [
        pytest.param([(0, 5, "a"), (1, 6, "a"), (2, 9, "a")], [3], id="a ramp"),
        pytest.param([(0, 5, "a"), (1, 9, "a"), (2, 7, "a"), (3, 6, "a")], [2, 2], id="up, down"),
        pytest.param([(0, 5, "a"), (15, 6, "a"), (31, 7, "a")], [2, 1], id="a rest between"),
        pytest.param([(0, 5, "a"), (1, 6, "b")], [1, 1], id="another campaign"),
        pytest.param([(0, 5, "a"), (1, 0, "")], [1, 1], id="the end"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_runs(steps: list[tuple[int, int, str]], want: list[int]) -> None:
    """Steps that go on in one direction are one change."""
    assert [len(run) for run in runs(steps_of(*steps))] == want


STEPS = st.lists(
    st.tuples(st.integers(1, 30), st.integers(0, 9), st.sampled_from("ab")), max_size=20
)


@given(STEPS)
def test_runs_hide_no_step(drawn: list[tuple[int, int, str]]) -> None:
    """All steps are in them, in order, and between the ends of a run the floor only goes one way.

    So the rows of the table, from the first step of each run to its last, are the steps.
    """
    minute, said = 0, list[tuple[int, int, str]]()
    for rest, floor, campaign in drawn:
        minute += rest
        if not said or said[-1][1] != floor:
            said.append((minute, floor, campaign))
    steps = steps_of(*said)
    found = runs(steps)
    assert [step for run in found for step in run] == steps
    for run in found:
        rises = {other.floor > one.floor for one, other in pairwise(run)}
        assert len(rises) < 2
        assert len({step.campaigns for step in run}) == 1


def text(
    *campaigns: Announced, window: Window = EVENING, where: str = "UTC", width: int = 80
) -> str:
    """Return the text of a plan on a terminal of so many columns."""
    made = preview(campaigns, {}, 500, window)
    return "\n".join(lines(made, zone(where), width))


def test_a_chart_is_no_wider_than_can_be_read() -> None:
    """It is as wide as the terminal, up to 120 columns."""
    for width, want in ((100, 100), (120, 120), (300, 120)):
        shown = text(announced(), width=width).splitlines()
        assert {len(line) for line in shown if " └─" in line} == {want}


def test_a_campaign_that_airs_later() -> None:
    """In a window without an airing it says so, and when the next is."""
    noon = Window(at("12:00"), at("13:00"))
    shown = text(announced(), window=noon).splitlines()
    assert "  airs not within this window" in shown
    assert "  beyond this window: Sat 9 Jan 2027 19:30" in shown
    assert "  airs not within this window" not in text(announced()).splitlines()


def test_the_most_that_a_limited_change_needs() -> None:
    """A row says how much is lacking at the worst, and one floor once."""
    show = announced(targetSets=None, targets=inline(100))
    (target,) = preview([show], {}, 500, EVENING).targets
    limited = [step for step in target.steps if step.limited_by]
    most = max(step.required for step in limited)
    shown = text(show)
    assert limited[0].required < most
    assert f"needs up to {most}, limited by" in shown
    assert " 100 to 100 " not in shown


def test_an_airing_of_a_second() -> None:
    """What costs less than a hundredth of a replica-hour is no part of a hundred."""
    moment = Window(at("18:00"), at("18:00") + timedelta(seconds=1))
    tiny = flat("one", at("18:00"), targetSets=None, targets=inline(9, usualReplicas=1))
    shown = text(tiny, window=moment)
    assert shown.endswith("always at the peak 0.0: 0.0 less")


NIGHT = Window(datetime(2027, 10, 30, 12, tzinfo=UTC), datetime(2027, 11, 1, 12, tzinfo=UTC))


def test_the_hour_that_clocks_show_twice() -> None:
    """In the night in which summer time ends, an hour from 02:30 on does not end at 02:30."""
    show = flat("night", datetime(2027, 10, 31, 0, 30, tzinfo=UTC))
    shown = text(show, window=NIGHT, where="Europe/Amsterdam")
    assert "Sun 31 Oct 2027 02:30+02:00 until 02:30+01:00" in shown
    assert "From Sat 30 Oct 2027 14:00 to Mon 1 Nov 2027 13:00" in shown


def test_a_title_stays_in_its_line() -> None:
    """It cannot forge lines, colour them or turn them around."""
    forged = "a\r\nDeployment tv/api: nothing is needed\x1b[31m\u202e\u2028"
    head = next(line for line in text(announced(title=forged)).splitlines() if "Campaign" in line)
    lost = "\N{REPLACEMENT CHARACTER}"
    said = f"a{lost}{lost}Deployment tv/api: nothing is needed{lost}[31m{lost}{lost}"
    assert head.endswith(f"/wie-is-de-mol: {said}\x1b[0m")


def test_whose_moment_it_is() -> None:
    """Of several campaigns each moment names its own, of one alone none does."""
    both = text(flat("one", at("14:00")), flat("two", at("18:00")))
    assert "tv/one show: 1,000 requests/s" in both
    assert "tv/two show: 1,000 requests/s" in both
    assert " show: 1,000 requests/s x" not in text(flat("one", at("14:00")))
