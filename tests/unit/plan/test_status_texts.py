"""What a status says word by word, and to whom each of its parts belongs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

import pytest

from onair.model import reasons
from onair.model.errors import InvalidManifest
from onair.plan.status import build, phase_of
from tests.unit.plan.imagined import T0, minutes
from tests.unit.plan.test_honesty import said
from tests.unit.plan.test_status import API, INVALID, UPCOMING, VIEW, condition, view_of

if TYPE_CHECKING:
    from onair.plan.views import CampaignView

WEB = replace(API, name="web", kind="StatefulSet", workload="mol-web")
REFUSED = replace(API, reason=reasons.HPA_OWNED, message="hpa belongs to ScaledObject x")


def of(*targets: Any, **fields: Any) -> CampaignView:  # noqa: ANN401 - targets and fields of a view
    """Return the campaign with other targets, and any other field changed."""
    return replace(VIEW, targets=targets, **fields)


def test_the_whole_status_of_a_campaign_on_air() -> None:
    """Every field has what its reader looks for."""
    target = replace(
        API,
        reason=reasons.HOLDING,
        due=111,
        ready=61,
        steered_by="HorizontalPodAutoscaler mol-api",
        baseline="min 4, max 20",
        ceiling=139,
        held=True,
        overlapping=tuple(f"tv/other-{n}" for n in range(25)),
        why="5,000 requests/s",
        verdicts=((UPCOMING.moments[0][0], "Ready"),),
    )
    status = build(of(target), {}, T0 + minutes(31))
    conditions = status.pop("conditions")
    at = T0.astimezone(UTC)
    assert status == {
        "observedGeneration": 3,
        "phase": "OnAir",
        "summary": "Saturday 20:30: not ready yet, 61 of 111",
        "next": "Sat 9 Jan 2027 20:30",
        "peak": "111",
        "ready": "61/111",
        "upcoming": [
            {
                "airtime": "episode",
                "warmUp": f"{at + minutes(20):%Y-%m-%dT%H:%M:%SZ}",
                "start": f"{at + minutes(30):%Y-%m-%dT%H:%M:%SZ}",
                "end": f"{at + minutes(90):%Y-%m-%dT%H:%M:%SZ}",
                "moments": [
                    {
                        "at": f"{at + minutes(30):%Y-%m-%dT%H:%M:%SZ}",
                        "required": 32,
                        "verdict": "Ready",
                    },
                    {"at": f"{at + minutes(91):%Y-%m-%dT%H:%M:%SZ}", "required": 111},
                ],
                "peakReplicas": 111,
            }
        ],
        "targets": [
            {
                "name": "api",
                "kind": "Deployment",
                "workload": "mol-api",
                "steeredBy": "HorizontalPodAutoscaler mol-api",
                "baseline": "min 4, max 20",
                "floor": 111,
                "ceiling": 139,
                "ready": 61,
                "overlapping": [f"tv/other-{n}" for n in range(20)],
                "why": "5,000 requests/s",
            }
        ],
    }
    assert {c["type"]: (c["status"], c["reason"], c["message"]) for c in conditions} == {
        "Valid": ("True", reasons.ACCEPTED, "1 airing"),
        "Ready": ("False", reasons.FLOOR_UNMET, "api: 61 of 111 ready"),
        "Restored": ("False", reasons.HOLDING, "api: min 4, max 20 is kept for its owner"),
    }
    assert {c["observedGeneration"] for c in conditions} == {3}


def test_the_status_of_an_idle_campaign() -> None:
    """Where nothing is due and nothing follows, the cells are empty and all is well."""
    status = build(of(upcoming=()), {}, T0)
    cells = (status["next"], status["peak"], status["ready"], status["phase"])
    assert cells == ("-", "-", "-", "Ended")
    assert said(status, "Ready") == "no floor is due now"
    assert (condition(status, "Restored"), said(status, "Restored")) == (
        ("True", reasons.RESTORED),
        "every number is its owner's",
    )


def test_what_follows_is_the_first_airing_that_has_not_cooled_down() -> None:
    """The columns speak of the airing on air, and of the next one as soon as that is over."""
    later = replace(
        UPCOMING,
        airing=replace(UPCOMING.airing, start=T0 + minutes(230)),
        cooled=T0 + minutes(330),
        peak=7,
    )
    view = of(API, upcoming=(UPCOMING, later))
    assert [build(view, {}, T0 + minutes(m))["peak"] for m in (129, 130, 329, 330)] == [
        *("111", "7", "7", "-")
    ]


def test_surplus_of_one_target_is_no_help_to_another() -> None:
    """Ready counts at most what is due of each target."""
    view = of(replace(API, due=10, ready=40), replace(WEB, due=5, ready=2))
    assert build(view, {}, T0)["ready"] == "12/15"


@pytest.mark.parametrize(
    ("view", "want"),
    [
        pytest.param(of(REFUSED, WEB), "Scheduled", id="one of two targets is refused"),
        pytest.param(of(REFUSED, REFUSED), "Invalid", id="both are refused"),
        pytest.param(of(), "Scheduled", id="no target"),
        pytest.param(of(upcoming=(), later=False), "Ended", id="nothing to come"),
        pytest.param(of(replace(API, held=True), WEB), "CoolingDown", id="one is still held"),
    ],
)
def test_phases(view: CampaignView, want: str) -> None:
    """One target that can be steered keeps a campaign valid, one that is held keeps it going."""
    assert phase_of(view, T0) == want


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        pytest.param(reasons.TARGET_MISSING, "is not there", id="missing"),
        pytest.param(reasons.SEVERAL_HPAS, "has two HPAs", id="several HPAs"),
        pytest.param(reasons.HPA_OWNED, "belongs to x", id="HPA owned"),
        pytest.param(reasons.SELECTOR_MATCHES_LEDGER, "adopts", id="selector"),
        pytest.param(reasons.AT_ZERO, "is off", id="at zero"),
        pytest.param(reasons.LEDGER_DAMAGED, "is damaged", id="damaged"),
    ],
)
def test_a_refusal_is_said_with_its_target(reason: str, message: str) -> None:
    """The first target that cannot be steered makes the campaign invalid, by name."""
    view = of(WEB, replace(API, reason=reason, message=message))
    status = build(view, {}, T0)
    assert (condition(status, "Valid"), said(status, "Valid")) == (
        ("False", reason),
        f"api (Deployment mol-api): {message}",
    )


def test_an_invalid_campaign_says_why() -> None:
    """A manifest's own fault comes before those of its targets."""
    status = build(of(REFUSED, invalid=INVALID), {}, T0)
    assert condition(status, "Valid") == ("False", reasons.UNKNOWN_TIME_ZONE)
    assert said(status, "Valid") == INVALID.message
    assert isinstance(INVALID, InvalidManifest)


@pytest.mark.parametrize(
    ("target", "reason", "message"),
    [
        pytest.param({"reason": reasons.HOLDING}, reasons.FLOOR_UNMET, "", id="pods are late"),
        pytest.param(
            {"reason": reasons.BLOCKED, "message": "quota"},
            reasons.BLOCKED,
            "; quota",
            id="blocked",
        ),
        pytest.param(
            {"reason": reasons.REVERTED, "message": "argocd"},
            reasons.REVERTED,
            "; argocd",
            id="reverted",
        ),
        pytest.param(
            {"reason": reasons.STOPPED_BY_OWNER, "message": "zero"},
            reasons.STOPPED_BY_OWNER,
            "; zero",
            id="stopped",
        ),
        pytest.param(
            {"reason": reasons.TARGET_MISSING, "message": "gone"},
            reasons.TARGET_MISSING,
            "; gone",
            id="refused",
        ),
    ],
)
def test_why_a_floor_is_not_met(target: dict[str, Any], reason: str, message: str) -> None:
    """The counts come first, then what stands in the way; only some reasons are the condition's."""
    view = of(replace(WEB, due=5, ready=5), replace(API, due=111, ready=110, **target))
    status = build(view, {}, T0)
    assert condition(status, "Ready") == ("False", reason)
    assert said(status, "Ready") == f"api: 110 of 111 ready{message}"


def test_a_met_floor_is_said() -> None:
    """As many as are due are enough, and a target of which nothing is due does not count."""
    view = of(replace(WEB, due=5, ready=5), replace(API, due=0, ready=0))
    status = build(view, {}, T0)
    assert (condition(status, "Ready"), said(status, "Ready")) == (
        ("True", reasons.FLOOR_MET),
        "every floor that is due is met",
    )


def test_a_refused_hold_is_still_a_hold() -> None:
    """A target that is held and refused is named with what is kept for its owner."""
    target = replace(REFUSED, held=True, baseline="min 4, max 20")
    status = build(of(WEB, target), {}, T0)
    assert (condition(status, "Restored"), said(status, "Restored")) == (
        ("False", reasons.HOLDING),
        "api: min 4, max 20 is kept for its owner; hpa belongs to ScaledObject x",
    )


def test_what_cannot_be_read_is_said_in_full() -> None:
    """Ready adds that what is known may be old."""
    status = build(of(replace(API, due=9, ready=9), unread="no list"), {}, T0)
    assert said(status, "Ready") == "no list; what is known of the targets may be old"
    assert said(status, "Restored") == "no list"


def test_the_first_limit_is_said_with_its_target() -> None:
    """Feasible names the target that the limit is on."""
    view = of(WEB, replace(API, limited=(reasons.LIMITED_BY_MAX_REPLICAS, "limited to 80")))
    assert said(build(view, {}, T0), "Feasible") == "api: limited to 80"


def test_a_stop_is_a_condition_while_it_lasts() -> None:
    """Stopped says who, and goes when the stop is lifted."""
    stop = replace(API, reason=reasons.STOPPED_BY_OWNER, message="someone set it to zero")
    stopped = build(of(WEB, stop), {}, T0)
    assert condition(stopped, "Stopped") == ("True", reasons.STOPPED_BY_OWNER)
    assert said(stopped, "Stopped") == "api (Deployment mol-api): someone set it to zero"
    assert "Stopped" not in {c["type"] for c in build(of(WEB), stopped, T0)["conditions"]}


def test_the_worst_verdict_of_all_targets_counts() -> None:
    """A moment is as good as its worst target; other moments keep their own."""
    first, second = (at for at, _ in UPCOMING.moments)
    targets = (
        replace(API, verdicts=((first, "Ready"), (second, "Short"))),
        replace(WEB, verdicts=((first, "Late"),)),
    )
    moments = build(of(*targets), {}, T0)["upcoming"][0]["moments"]
    assert [moment["verdict"] for moment in moments] == ["Late", "Short"]


def test_a_status_without_its_lists_has_no_verdicts() -> None:
    """What an earlier version left out is no verdict."""
    lists: list[dict[str, Any]] = [{"upcoming": None}, {"upcoming": [{}]}]
    for before in (*lists, {"upcoming": [{"moments": None}]}):
        moments = build(view_of(), before, T0)["upcoming"][0]["moments"]
        assert not any("verdict" in moment for moment in moments)
    without = {"upcoming": [{"moments": [{"at": "2027-01-09T19:30:00Z"}]}], "conditions": None}
    assert build(view_of(), without, T0)["phase"] == "Scheduled"


def test_what_lasts_keeps_its_time() -> None:
    """A limit and a stop that are still there say since when."""
    stop = replace(API, reason=reasons.STOPPED_BY_OWNER, limited=(reasons.LIMITED_BY_OPERATOR, ""))
    first = build(of(stop), {}, T0)
    assert build(of(stop), first, T0 + minutes(1)) == first


def test_one_raised_target_is_enough_to_say_so() -> None:
    """Where only observed, what another operator raised is not called the owners'."""
    targets = (replace(API, due=9, ready=9, held=True), replace(WEB, due=9, ready=9))
    message = said(build(of(*targets, observing=True), {}, T0), "Ready")
    assert message.startswith("every floor that is due is met by what an operator in mode enforce")
