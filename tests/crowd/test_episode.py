"""The evening: its curve, the campaign that announces it, the order of the arms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import groupby, permutations

import pytest

from onair.model.parse import parse_campaign
from onair.plan.demand import level_at, peak_rate
from onair.plan.needs import Need
from onair.plan.timeline import timeline
from onair.schedule.airings import airings
from tests.crowd.arms import ARMS
from tests.crowd.episode import PEAK, USUAL_RATE, USUAL_REPLICAS, Episode
from tests.crowd.manifests import campaign
from tests.crowd.pairs import TURNOUT, evenings

BEGIN = datetime(2027, 1, 9, 19, 30, tzinfo=UTC)


@pytest.mark.parametrize("speed", [pytest.param(1, id="real speed"), pytest.param(4, id="short")])
def test_campaign_announces_the_crowd_that_comes(speed: int) -> None:
    """At every second the operator expects the crowd that an exact turnout sends."""
    episode = Episode(speed)
    start = BEGIN + timedelta(seconds=episode.start)
    spec = parse_campaign(campaign(episode, start.replace(microsecond=0)))
    day = timedelta(days=1)
    (airing,) = airings(spec, BEGIN - day, BEGIN + day)
    shift = timedelta(microseconds=start.microsecond)
    for second in range(int(episode.length)):
        at = BEGIN + timedelta(seconds=second) - shift
        announced = float(level_at(airing, at) * peak_rate(airing))
        assert episode.rate(second) == pytest.approx(USUAL_RATE + announced, abs=0.5)


@pytest.mark.parametrize(
    ("second", "want"),
    [
        pytest.param(0, 40, id="the usual load"),
        pytest.param(25, 110, id="the bump before the start"),
        pytest.param(37, 82, id="during the broadcast"),
        pytest.param(87, 201, id="half of the ramp after the end"),
        pytest.param(117, 320, id="the peak"),
        pytest.param(193, 180, id="a half-life after the hold"),
        pytest.param(209, 40, id="the crowd has gone"),
    ],
)
def test_rate_follows_the_shape(second: float, want: float) -> None:
    """The usual load is always there; the crowd comes after the end, at its own speed."""
    assert Episode().rate(second) == pytest.approx(want)


def test_turnout_changes_the_crowd_alone() -> None:
    """A crowd of 110 % of what was announced leaves the usual load as it is."""
    big = Episode(turnout=1.1)
    assert big.rate(0) == USUAL_RATE
    assert big.rate(117) == pytest.approx(USUAL_RATE + 1.1 * PEAK)


def test_evenings_are_fair() -> None:
    """Each pair meets one crowd in every arm, every order has its turn, crowds and instants differ.

    The HPA's looks are spread evenly over its 15 s.
    """
    order = list(evenings(6, 1))
    pairs = [list(group) for _, group in groupby(order, key=lambda evening: evening[0])]
    assert all({arm for _, arm, _ in pair} == set(ARMS) for pair in pairs)
    assert all(len({episode for _, _, episode in pair}) == 1 for pair in pairs)
    assert {tuple(arm for _, arm, _ in pair) for pair in pairs} == set(permutations(ARMS))
    assert [pair[0][2].hpa_ahead for pair in pairs] == [0, 2.5, 5, 7.5, 10, 12.5]
    turnouts = {pair[0][2].turnout for pair in pairs}
    assert len(turnouts) == 6
    assert all(TURNOUT[0] <= turnout <= TURNOUT[1] for turnout in turnouts)
    assert list(evenings(6, 1)) == order


@pytest.mark.parametrize("speed", [pytest.param(1, id="real speed"), pytest.param(8, id="short")])
def test_measurement_sees_the_floor_rise_and_fall(speed: int) -> None:
    """It begins before the first warm-up and ends after the last step of the cool-down."""
    episode, start, day = Episode(speed), BEGIN, timedelta(days=1)
    spec = parse_campaign(campaign(episode, start))
    assert spec.targets
    assert spec.warm_up
    assert spec.cool_down
    need = Need(
        campaign="tv/final",
        target=spec.targets[0],
        lead=spec.warm_up.lead,
        cool_down=spec.cool_down,
        airings=airings(spec, start - day, start + day),
    )
    steps = timeline([need], USUAL_REPLICAS, ()).steps
    begin = start - timedelta(seconds=episode.start)
    assert steps[0].at > begin
    assert steps[-1].floor == 0
    assert steps[-1].at < begin + timedelta(seconds=episode.length)
