"""What a campaign says about itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from onair.model import reasons
from onair.model.errors import InvalidManifest
from onair.plan.status import build, phase_of
from onair.plan.views import CampaignView, TargetView, UpcomingView
from onair.schedule.airings import Airing
from tests.unit.plan.example import load
from tests.unit.plan.imagined import T0, minutes

AIRING = Airing(T0 + minutes(30), T0 + minutes(90), T0 + minutes(95), "episode", load())
UPCOMING = UpcomingView(
    airing=AIRING,
    warm_up=T0 + minutes(20),
    demand=(T0 + minutes(25), T0 + minutes(120)),
    cooled=T0 + minutes(130),
    moments=((T0 + minutes(30), 32), (T0 + minutes(91), 111)),
    peak=111,
)
API = TargetView(
    name="api", kind="Deployment", workload="mol-api", reason="", message="", due=0, ready=6
)
VIEW = CampaignView(
    generation=3,
    zone=ZoneInfo("Europe/Amsterdam"),
    suspended=False,
    invalid=None,
    upcoming=(UPCOMING,),
    later=False,
    counts="1 airing",
    targets=(API,),
)
INVALID = InvalidManifest(reasons.UNKNOWN_TIME_ZONE, "spec.timeZone: there is no Europe/Hilversum")


def view_of(**target: Any) -> CampaignView:  # noqa: ANN401 - any field of a target
    """Return the campaign with its target changed."""
    return replace(VIEW, targets=(replace(API, **target),))


def condition(status: dict[str, Any], kind: str) -> tuple[str, str]:
    """Return a condition's status and reason."""
    found = next(c for c in status["conditions"] if c["type"] == kind)
    return found["status"], found["reason"]


@pytest.mark.parametrize(
    ("minute", "want"),
    [
        pytest.param(0, "Scheduled", id="before"),
        pytest.param(20, "WarmingUp", id="the floor goes up"),
        pytest.param(25, "OnAir", id="first demand"),
        pytest.param(120, "CoolingDown", id="last demand is over"),
        pytest.param(130, "Ended", id="cooled down"),
    ],
)
def test_the_phase_follows_the_airing(minute: float, want: str) -> None:
    """Every boundary belongs to what begins there."""
    assert phase_of(VIEW, T0 + minutes(minute)) == want


@pytest.mark.parametrize(
    ("view", "want"),
    [
        pytest.param(replace(VIEW, invalid=INVALID), "Invalid", id="invalid"),
        pytest.param(replace(VIEW, suspended=True), "Suspended", id="suspended"),
        pytest.param(view_of(reason=reasons.AT_ZERO), "Invalid", id="every target refused"),
        pytest.param(replace(VIEW, upcoming=(), later=True), "Scheduled", id="years ahead"),
        pytest.param(
            replace(view_of(held=True), upcoming=()), "CoolingDown", id="not yet given back"
        ),
    ],
)
def test_other_phases(view: CampaignView, want: str) -> None:
    """What is not on the calendar has a phase of its own."""
    assert phase_of(view, T0) == want


def test_the_overlapping_airings_most_important_phase_wins() -> None:
    """On air beats cooling down."""
    later = replace(UPCOMING, demand=(T0 + minutes(115), T0 + minutes(200)))
    view = replace(VIEW, upcoming=(UPCOMING, later))
    assert phase_of(view, T0 + minutes(125)) == "OnAir"


@pytest.mark.parametrize(
    ("target", "want"),
    [
        pytest.param({}, ("True", reasons.NOTHING_DUE), id="nothing due"),
        pytest.param({"due": 111, "ready": 111}, ("True", reasons.FLOOR_MET), id="met"),
        pytest.param({"due": 111, "ready": 61}, ("False", reasons.FLOOR_UNMET), id="unmet"),
        pytest.param(
            {"due": 111, "ready": 61, "reason": reasons.BLOCKED},
            ("False", reasons.BLOCKED),
            id="refused by the API server",
        ),
    ],
)
def test_ready_is_false_only_while_a_due_floor_is_unmet(
    target: dict[str, Any], want: tuple[str, str]
) -> None:
    """Nothing due is ready; an unmet floor never is."""
    assert condition(build(view_of(**target), {}, T0), "Ready") == want


def test_a_limit_makes_the_campaign_infeasible_and_goes_with_it() -> None:
    """Feasible is there only while a limit bites."""
    view = view_of(limited=(reasons.LIMITED_BY_MAX_REPLICAS, "needs 111, limited to 80"))
    limited = build(view, {}, T0)
    assert condition(limited, "Feasible") == ("False", reasons.LIMITED_BY_MAX_REPLICAS)
    assert "Feasible" not in [c["type"] for c in build(VIEW, limited, T0)["conditions"]]


def test_what_is_held_is_not_restored() -> None:
    """While a floor holds, Restored says what its owner will get back."""
    view = view_of(held=True, reason=reasons.HOLDING, baseline="min 4, max 20")
    status = build(view, {}, T0)
    assert condition(status, "Restored") == ("False", reasons.HOLDING)


def test_an_unchanged_status_stays_as_it_is() -> None:
    """Building again later changes nothing, transition times included."""
    first = build(VIEW, {}, T0)
    assert build(VIEW, first, T0 + timedelta(minutes=1)) == first


def test_a_verdict_given_before_a_restart_is_kept_and_never_improves() -> None:
    """A process that has seen nothing keeps the verdict; one that saw worse says so."""
    moment = UPCOMING.moments[0][0]
    first = build(view_of(verdicts=((moment, "Late"),)), {}, T0)
    for verdicts, want in (
        ((), "Late"),
        (((moment, "Ready"),), "Late"),
        (((moment, "Short"),), "Short"),
    ):
        status = build(view_of(verdicts=verdicts), first, T0)
        assert status["upcoming"][0]["moments"][0]["verdict"] == want


def test_cells_show_the_next_airing_in_the_campaigns_zone() -> None:
    """The columns are for people: local time, replicas at the peak, ready of due."""
    status = build(view_of(due=111, ready=61), {}, T0)
    assert (status["next"], status["peak"], status["ready"]) == (
        "Sat 9 Jan 2027 20:30",
        "111",
        "61/111",
    )


def test_clocks_that_differ_are_said() -> None:
    """Every campaign says which clock is ahead, and warms up by that one."""
    view = replace(VIEW, clocks="ours is five minutes behind", ahead=minutes(5))
    status = build(view, {}, T0 + minutes(16))
    assert condition(status, "ClockSkew") == ("True", reasons.CLOCKS_DIFFER)
    assert status["phase"] == "WarmingUp"
    agreed = build(VIEW, status, T0 + minutes(16))
    assert {c["type"] for c in agreed["conditions"]}.isdisjoint({"ClockSkew"})
    assert agreed["phase"] == "Scheduled"
