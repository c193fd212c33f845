"""The next airings of a campaign: what they ask for, and when that is worked out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onair import upcoming
from onair.aims import Aims
from onair.cluster import resources
from onair.model import reasons
from onair.plan.situation import Decision
from onair.plans import Plans
from onair.reports import Report
from onair.upcoming import Shown, Upcoming
from onair.usual import History
from tests.unit.plan.example import CAMPAIGN, TARGET_SET, at
from tests.unit.worlds import API, CHAT, announce, body, example, run

if TYPE_CHECKING:
    from datetime import datetime

    from onair.plan.observed import TargetKey

NOON = at("12:00")
ONCE = CAMPAIGN["airtimes"][0] | {"repeat": None, "except": None}
TAIL = CAMPAIGN["load"] | {"audience": {"people": "3M"}}
CALM = {
    "shape": "Custom",
    "points": [{"at": f"start-{ahead}", "level": "100%"} for ahead in ("3h", "1h")],
    "requestsPerSecond": "1k",
    "headroom": "0%",
}
OWN = {"shape": "Flat", "requestsPerSecond": "1k", "headroom": "0%"}


def once(**fields: Any) -> dict[str, Any]:  # noqa: ANN401  # as in a manifest
    """Return the example's airtime without its repetition, fields of it changed."""
    return {name: said for name, said in {**ONCE, **fields}.items() if said is not None}


SEND = once(endSlack=None, duration="10m")


class Looks:
    """A world of which what is shown is kept from look to look."""

    def __init__(self, most: int = 500, **campaign: Any) -> None:  # noqa: ANN401  # as in a manifest
        self.world = example(**campaign)
        self.aims = Aims(self.world)
        self.plans = Plans(self.world, self.aims, History(), most)
        self.reports: dict[TargetKey, Report] = {}
        self.upcoming = Upcoming(self.aims, self.reports)

    def target_set(self, name: str = "mol", **fields: Any) -> None:  # noqa: ANN401  # as in a manifest
        """Let the API's part of the target set be another one."""
        api = {**TARGET_SET["targets"][0], **fields}
        api = {name: said for name, said in api.items() if said is not None}
        self.world.observe(resources.TARGET_SETS, body(name, {**TARGET_SET, "targets": [api]}, 2))

    def look(self, now: datetime = NOON) -> Shown:
        """Look at both targets, and return what is shown then."""
        for key in (API, CHAT):
            planned = self.plans.of(key, now)
            self.reports[key] = Report(Decision(reasons.NOTHING_DUE), None, planned)
        return self.shown(now)

    def shown(self, now: datetime = NOON) -> Shown:
        """Return what is shown, although nothing was looked at again."""
        campaign = self.world.campaign("tv", "wie-is-de-mol")
        assert campaign is not None
        return self.upcoming.of(campaign, now)


def moments(shown: Shown) -> list[tuple[str, int]]:
    """Return the moments of the first airing: time of day and replicas."""
    return [(f"{when:%H:%M}", required) for when, required in shown.airings[0].moments]


def test_the_earliest_warm_up_and_the_latest_end_are_shown() -> None:
    """Of two target sets the longer lead counts, and the longer cool-down."""
    looks = Looks(airtimes=[once()], targetSets=[{"name": "mol"}, {"name": "slow"}])
    slow = {"warmUp": {"lead": "25m"}, "coolDown": {"hold": "20m", "step": "100%", "every": "1m"}}
    chat = {**TARGET_SET, "targets": TARGET_SET["targets"][1:]} | slow
    looks.world.observe(resources.TARGET_SETS, body("slow", chat))
    looks.target_set()
    (view,) = looks.look().airings
    assert (view.warm_up, view.demand) == (at("18:50"), (at("19:15"), at("21:45")))
    assert view.cooled == at("21:45") + timedelta(minutes=20)


@pytest.mark.parametrize(
    ("campaign", "want"),
    [
        pytest.param({}, [("19:15", 32 + 12), ("20:36", 111 + 12)], id="an audience"),
        pytest.param(
            {"load": {"shape": "Episode", "multiplier": "4"}},
            [("19:15", 11 + 12), ("20:36", 24 + 12)],
            id="four times the usual load",
        ),
        pytest.param(
            {"load": {"shape": "Push", "multiplier": "4"}, "airtimes": [SEND]},
            [("19:40", 24 + 12)],
            id="a send",
        ),
        pytest.param(
            {"airtimes": [once(load=OWN)], "load": None},
            [("19:30", 23 + 12)],
            id="a load of the airtime's own",
        ),
    ],
)
def test_what_the_moments_ask_for(campaign: dict[str, Any], want: list[tuple[str, int]]) -> None:
    """Whatever the load is said in, all targets together are asked for at each moment."""
    assert moments(Looks(**campaign).look()) == want


@pytest.mark.parametrize(
    ("start", "load", "want"),
    [
        pytest.param("18:00", OWN, [32, 111], id="over before"),
        pytest.param("22:30", OWN, [32, 111], id="not begun"),
        pytest.param("21:00", OWN, [32, 128], id="at the second moment"),
        pytest.param("18:15", TAIL, [35, 111], id="over but for its tail"),
        pytest.param("23:50", CALM, [32, 128], id="long before it starts"),
    ],
)
def test_all_campaigns_on_a_target_count(start: str, load: dict[str, Any], want: list[int]) -> None:
    """At each moment what others need is in it, as long as they have demand then."""
    looks = Looks()
    other = once(name="x", start=f"2027-01-09T{start}:00", endSlack=None)
    announce(looks.world, "other", airtimes=[other], load=load)
    assert [required - 12 for _, required in moments(looks.look())] == want


def test_the_target_sets_of_others_are_read_at_their_own_airings() -> None:
    """An airing weeks ahead is shown with what airs beside it then."""
    looks = Looks()
    third = once(name="x", start="2027-01-23T20:30:00", duration="2h")
    announce(looks.world, "third", airtimes=[third], load=OWN)
    peaks = [view.peak for view in looks.look().airings]
    assert peaks == [123, 123, 128 + 12, 123, 123]


def test_limits_are_known_as_far_ahead_as_airings() -> None:
    """What a limit leaves is said of every moment that is shown, not of the next days only."""
    looks = Looks()
    looks.target_set(maxReplicas=80)
    week_ahead = NOON - timedelta(days=7)
    lacks = looks.look(week_ahead).lacks
    assert [key for key, _ in lacks] == [API] * 5
    _, first = lacks[0]
    assert (first.at, first.required, first.left) == (at("20:36"), 111, 80)
    assert first.limit.name == "maxReplicas of api in TargetSet mol"


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(timedelta(hours=5, minutes=59), id="hours later"),
        pytest.param(timedelta(hours=6), id="when it is time to look for more airings"),
    ],
)
def test_what_is_shown_is_kept(later: timedelta) -> None:
    """For some hours the very same is shown; the next look shows the same all the same."""
    looks = Looks()
    shown = looks.look()
    again = looks.look(NOON + later)
    assert again.airings == shown.airings
    assert (again is shown) == (later < timedelta(hours=6))


def test_an_airing_that_is_over_makes_room() -> None:
    """From the instant at which the first has cooled down the second is the first."""
    looks = Looks()
    first, second = looks.look(at("21:00")).airings[:2]
    assert looks.look(first.cooled - timedelta(seconds=1)).airings[0] == first
    assert looks.look(first.cooled).airings[0] == second
    assert len(looks.look(first.cooled).airings) == 5


def test_an_airing_that_comes_within_a_year_is_found() -> None:
    """A campaign of which nothing is shown yet is looked at again although nothing changed."""
    looks = Looks(airtimes=[once()])
    assert looks.look(NOON - timedelta(days=401)).airings == ()
    assert len(looks.look(NOON - timedelta(days=397)).airings) == 1
    assert len(looks.look(NOON).airings) == 1


def test_one_that_follows_within_a_year_is_found() -> None:
    """Where fewer are shown than could be, later ones join them before the first is over."""
    looks = Looks(airtimes=[once(repeat="FREQ=YEARLY")])
    assert len(looks.look(NOON - timedelta(days=36)).airings) == 1
    assert len(looks.look(NOON - timedelta(days=30)).airings) == 2


def test_another_usual_load_is_another_requirement() -> None:
    """What was seen of the target after the first word is taken in."""
    looks = Looks(load={"shape": "Episode", "multiplier": "4"})
    looks.target_set(usualReplicas=None)
    assert looks.look().airings[0].peak == 16
    run(looks.world, resources.DEPLOYMENTS, API.name, 6)
    assert looks.look().airings[0].peak == 24


def test_what_others_announce_is_another_requirement() -> None:
    """A campaign on the same target changes what is needed at the moments of this one."""
    looks = Looks()
    assert looks.look().airings[0].peak == 123
    announce(looks.world, "another", airtimes=[once(name="x", duration="2h")], load=OWN)
    assert looks.look().airings[0].peak == 128 + 12


@pytest.mark.parametrize(
    ("uid", "generation"),
    [
        pytest.param("uid-wie-is-de-mol", 2, id="edited"),
        pytest.param("another", 1, id="deleted and made again"),
    ],
)
def test_another_manifest_is_shown_at_once(uid: str, generation: int) -> None:
    """Even before its targets are looked at again."""
    looks = Looks()
    assert len(looks.look().airings) == 5
    made = body("wie-is-de-mol", CAMPAIGN | {"airtimes": [once()]}, generation)
    made["metadata"]["uid"] = uid
    looks.world.observe(resources.CAMPAIGNS, made)
    assert len(looks.shown().airings) == 1


def test_a_campaign_that_is_gone_is_forgotten() -> None:
    """One of that name is worked out anew."""
    looks = Looks()
    shown = looks.look()
    looks.upcoming.forget("tv", "another")
    assert looks.look() is shown
    looks.upcoming.forget("tv", "wie-is-de-mol")
    assert looks.look() is not shown


def test_before_a_first_look_usual_counts_as_nothing() -> None:
    """A target without a plan has no usual load and no limits yet."""
    looks = Looks()
    assert moments(looks.shown()) == [("19:15", 26 + 12), ("20:36", 106 + 12)]
    looks.reports[API] = replace(Report(Decision(reasons.TARGET_MISSING), None, None))
    assert looks.shown().lacks == ()


def test_no_more_is_kept_than_can_be_on_air(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of ten thousand campaigns those are kept that were worked out last."""
    monkeypatch.setattr(upcoming, "KEPT", 1)
    looks = Looks()
    shown = looks.look()
    announce(looks.world, "another")
    another = looks.world.campaign("tv", "another")
    assert another is not None
    known = looks.upcoming.of(another, NOON)
    assert looks.upcoming.of(another, NOON) is known
    assert looks.look() is not shown
