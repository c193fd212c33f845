"""To plan cluster by cluster, each kind once, gives what planning everything at once gives."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onair.model.parse import parse_campaign, parse_target_set
from onair.plan.aims import SEEN_AHEAD, Aim, Named, needs_between, resolve
from onair.plan.clusters import clusters
from onair.plan.needs import Need
from onair.plan.seconds import instant_at, since_epoch
from onair.plan.shares import asked
from onair.plan.timeline import Timeline, own_limit, timeline
from tests.unit.plan.example import CAMPAIGN, TARGET_SET, USUAL, at, first_airing, load, needs
from tests.unit.plan.strategies import needs as drawn_needs

API, CHAT = needs()
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
USUALS = st.integers(0, 40)
SHIFTS = st.lists(st.sampled_from([0, 7, 60, 150, 240, 1440, 2880]), min_size=1, unique=True)
LIMITS = st.none() | st.integers(1, 99)
FROM = datetime.fromisoformat("2027-03-20T12:00Z")
"""A week before the clocks change in Amsterdam."""


@st.composite
def repeated(draw: st.DrawFn) -> list[Need]:
    """Draw campaigns whose airings come again, near and far, some with a limit of their own."""
    found = []
    for number in range(draw(st.integers(1, 3))):
        need, shifts = draw(drawn_needs()), [minutes * MINUTE for minutes in draw(SHIFTS)[:3]]
        airings = [moved(need, shift) for shift in sorted(shifts)]
        every = tuple(airing for each in airings for airing in each.airings)
        found.append(replace(need, campaign=f"tv/{number}", airings=every, limit=draw(LIMITS)))
    return found


def moved(need: Need, by: timedelta) -> Need:
    """Return a need whose airings come later."""
    return replace(
        need,
        airings=tuple(
            replace(a, start=a.start + by, end=a.end + by, latest_end=a.latest_end + by)
            for a in need.airings
        ),
    )


@given(repeated(), USUALS)
def test_as_at_once(some: list[Need], usual: int) -> None:
    """The steps are those of all airings together, their limits included."""
    seconds, *columns = asked(some, usual)
    whole = [
        (instant_at(second), required, left, own_limit(bitten) if bitten else None)
        for second, required, left, bitten in zip(seconds, *columns, strict=True)
    ]
    steps = timeline(some, usual, []).steps
    assert [(s.at, s.required, s.floor, s.limited_by) for s in steps] == whole


@given(repeated(), USUALS)
def test_clusters_never_meet(some: list[Need], usual: int) -> None:
    """Every airing is in one cluster, and outside the reach of a cluster it needs nothing."""
    found = list(clusters(some))
    inside = [a for each in found for need in each.needs(some) for a in need.airings]
    assert len(inside) == sum(len(need.airings) for need in some)
    for earlier, later in pairwise(found):
        assert all(airing.end < later.begin for airing in earlier.airings)
    for each in found:
        seconds = asked(each.needs(some), usual).seconds
        assert not seconds or each.begin <= seconds[0]
        assert not seconds or seconds[-1] <= max(airing.end for airing in each.airings)


@given(repeated(), USUALS, st.integers(-(10**6), 10**6))
def test_later(some: list[Need], usual: int, seconds: int) -> None:
    """All airings later by whole seconds: the same steps, later by as many."""
    by = timedelta(seconds=seconds)
    steps = timeline(some, usual, []).steps
    later = timeline([moved(need, by) for need in some], usual, []).steps
    assert [replace(step, at=step.at + by) for step in steps] == list(later)


def test_a_pattern_is_there_once() -> None:
    """Of a show that airs every evening the steps are made and kept once."""
    evenings = [moved(API, number * DAY).airings[0] for number in range(30)]
    found = timeline([replace(API, airings=tuple(evenings))], USUAL, [])
    assert len(found.runs) == 30
    assert all(run.pattern is found.runs[0].pattern for run in found.runs)


def test_what_differs_has_a_pattern_of_its_own() -> None:
    """Another load, another length, another slack or a fraction of a second is no repetition."""
    (airing,) = API.airings
    tomorrow = moved(API, DAY).airings[0]
    small = load(audience=None, requestsPerSecond=100)
    for other in (
        replace(tomorrow, load=small),
        replace(tomorrow, end=tomorrow.end - MINUTE),
        replace(tomorrow, latest_end=tomorrow.latest_end + MINUTE),
        moved(API, DAY + timedelta(microseconds=1)).airings[0],
    ):
        found = timeline([replace(API, airings=(airing, other))], USUAL, [])
        assert len({run.pattern for run in found.runs}) == 2


def test_neighbours_keep_their_own() -> None:
    """Two campaigns that air one after the other have the patterns of each alone."""
    chat = moved(replace(CHAT, campaign="tv/other"), DAY)
    found = timeline([API, chat], USUAL, [])
    assert found.steps == timeline([API], USUAL, []).steps + timeline([chat], USUAL, []).steps


def test_nothing_asked_within_limits() -> None:
    """Multiples of no usual load ask nothing, whatever limits the campaigns have."""
    multiple = load(audience=None, headroom=None, multiplier="4")
    (airing,) = API.airings
    some = [
        replace(API, campaign=f"tv/{name}", airings=(replace(airing, load=multiple),), limit=9)
        for name in "ab"
    ]
    assert timeline(some, 0, []) == Timeline(())


def aims(repeat: str, minutes: int) -> list[Aim]:
    """Return the aims of the example's campaign with another repetition and length."""
    airtime = {"name": "show", "start": "2027-03-01T22:30:00", "duration": f"{minutes}m"}
    airtimes = [{**airtime, "repeat": repeat}]
    spec = parse_campaign({"spec": {**CAMPAIGN, "airtimes": airtimes}})
    target_set = parse_target_set({"spec": TARGET_SET})
    return resolve(Named("tv", "show"), spec, lambda _: target_set)[:1]


def planned(some: Sequence[Aim], after: datetime, before: datetime) -> Timeline:
    """Return the plan for a window, as the operator makes it."""
    return timeline(needs_between(some, after, before + SEEN_AHEAD), USUAL, [])


@given(
    st.sampled_from(["FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,SA,SU"]),
    st.integers(5, 1440),
    st.integers(1, 200),
    st.integers(1, 200),
    st.data(),
)
def test_two_windows(repeat: str, minutes: int, hours: int, more: int, data: st.DataObject) -> None:
    """A window planned in two halves says at every instant what it says planned as a whole."""
    some = aims(repeat, minutes)
    middle = FROM + timedelta(hours=hours)
    end = middle + timedelta(hours=more)
    whole = planned(some, FROM, end)
    early, late = planned(some, FROM, middle), planned(some, middle, end)
    within = [step.at for step in whole.steps if FROM <= step.at < end]
    instant = data.draw(st.sampled_from([FROM, middle - timedelta.resolution, middle, *within]))
    half = early if instant < middle else late
    assert replace(half.at(instant), at=instant) == replace(whole.at(instant), at=instant)


def test_a_cluster_begins_before_its_first_need() -> None:
    """The cluster of the example begins where its floor does: a lead before the first demand."""
    (cluster,) = clusters([API, CHAT])
    assert cluster.begin == since_epoch(at("19:05"))


def test_what_meets_is_one_cluster() -> None:
    """An airing that needs replicas from the second on in which another ends is planned with it."""
    (one,) = clusters([API])
    length = timedelta(seconds=one.airings[0].end - one.begin)
    numbers = []
    for apart in (length, length + timedelta(seconds=1)):
        both = replace(API, airings=API.airings + moved(API, apart).airings)
        numbers.append(len(list(clusters([both]))))
    assert numbers == [1, 2]


def test_a_cluster_has_whole_seconds_around_its_airings() -> None:
    """What begins within a second begins with it, what ends within one ends after it."""
    (whole,) = clusters([API])
    (half,) = clusters([moved(API, timedelta(seconds=0.5))])
    assert (half.begin, half.airings[0].end) == (whole.begin, whole.airings[0].end + 1)


def test_a_cluster_keeps_the_order() -> None:
    """The needs stand as they were given, their airings by start, whatever needs replicas first."""
    early = first_airing(start="2027-01-09T20:30:00")
    sale = first_airing(load(shape="TicketSale"), start="2027-01-09T20:40:00")
    first = replace(CHAT, campaign="tv/first", airings=(early,))
    second = replace(API, airings=(early, sale))
    (cluster,) = clusters([first, second])
    assert [each.airing for each in cluster.airings if each.need == 1] == [1, 0]
    assert cluster.needs([first, second]) == [first, second]
