"""Which stretch of time a preview is about, and which airings count in it."""

from datetime import datetime, timedelta

import pytest

from onair.preview.windows import Window, choose, cut, dated, following
from tests.unit.plan.example import at
from tests.unit.preview.announcing import EVENING, announced, flat

NOON = at("12:00")
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("after", "before"),
    [
        pytest.param(NOON, NOON + WEEK, id="an airing within a week: a week"),
        pytest.param(at("22:40"), at("22:40") + WEEK, id="one that cools down still: a week"),
        pytest.param(
            NOON - 30 * DAY, at("21:53"), id="a month ahead: until the first one has cooled down"
        ),
        pytest.param(NOON + 365 * DAY, NOON + 365 * DAY + WEEK, id="all over: a week"),
        pytest.param(NOON - 500 * DAY, NOON - 500 * DAY + WEEK, id="beyond the horizon: a week"),
    ],
)
def test_a_window_reaches_the_first_airing(after: datetime, before: datetime) -> None:
    """A week is shown, and more only where there would be nothing to see."""
    assert choose([announced()], after) == Window(after, before)


def test_the_first_of_several_campaigns_ends_the_window() -> None:
    """The window ends with the airing that is over first."""
    both = [announced(), flat("early", at("10:00"))]
    after = at("10:00") - 30 * DAY
    assert choose(both, after).before == at("11:08")


def test_a_suspended_campaign_has_no_airings() -> None:
    """Nothing is held for it."""
    assert list(dated(announced(suspend=True), EVENING)) == []


@pytest.mark.parametrize(
    ("window", "seen"),
    [
        pytest.param(Window(NOON, at("19:05")), False, id="until the warm-up begins"),
        pytest.param(Window(NOON, at("19:06")), True, id="a minute longer"),
        pytest.param(Window(at("21:52"), at("23:00")), True, id="before it has cooled down"),
        pytest.param(Window(at("21:53"), at("23:00")), False, id="from then on"),
    ],
)
def test_an_airing_counts_from_warm_up_to_cool_down(window: Window, *, seen: bool) -> None:
    """It is of a window if anything is held for it there."""
    found = list(dated(announced(), window))
    assert bool(found) is seen
    if seen:
        assert (found[0].warm_up, found[0].cooled) == (at("19:05"), at("21:53"))


def test_the_longest_times_of_all_targets_count() -> None:
    """What is held longest for an airing, before it and after it, says how long it counts."""
    both = announced(targetSets=[{"name": "mol"}, {"name": "slow"}])
    (found,) = dated(both, EVENING)
    assert (found.warm_up, found.cooled) == (at("18:35"), at("22:28"))


def test_what_follows_is_beyond_the_window() -> None:
    """The next airing is the first for which nothing is held within the window."""
    for window in (EVENING, Window(NOON, at("20:00"))):
        later = following(announced(), window)
        assert later is not None
        assert later.start == at("19:30") + WEEK
    assert following(announced(), Window(NOON, NOON + 100 * DAY)) is None


def test_too_many_airings_are_cut() -> None:
    """Of a window with more than 2,000 airings it is known from when on they are left out."""
    hours = [
        {"name": f"a{n}", "start": f"2027-01-09T{n:02}:00:00Z", "duration": "1m"}
        | {"repeat": "FREQ=DAILY;COUNT=200"}
        for n in range(20)
    ]
    many, begin = announced(airtimes=hours, timeZone="UTC"), at("00:00")
    found = cut(many, Window(begin, begin + 150 * DAY))
    assert found == begin + 100 * DAY
    assert cut(many, Window(begin, found)) is None
    assert cut(many, Window(begin, found + timedelta(seconds=1))) == found
    assert cut(announced(airtimes=hours, suspend=True), Window(begin, begin + 150 * DAY)) is None
