"""What a status says where the operator may not write, or cannot read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from onair.model import reasons
from onair.plan.status import build
from tests.unit.plan.imagined import T0, minutes
from tests.unit.plan.test_status import condition, view_of

if TYPE_CHECKING:
    from onair.plan.views import CampaignView

WOULD = "would raise mol-api to 32..40 now; this operator only observes"
BLIND = "OnAir has no right to list deployments.apps in namespace tv"


def observing(**target: Any) -> CampaignView:  # noqa: ANN401 - any field of a target
    """Return a campaign that is only observed."""
    return replace(view_of(**target), observing=True)


def said(status: dict[str, Any], kind: str) -> str:
    """Return the message of a condition."""
    return str(next(c["message"] for c in status["conditions"] if c["type"] == kind))


@pytest.mark.parametrize(
    ("ready", "want", "message"),
    [
        pytest.param(6, ("False", reasons.OBSERVING), f"api: 6 of 32 ready; {WOULD}", id="too few"),
        pytest.param(
            32,
            ("True", reasons.FLOOR_MET),
            "every floor that is due is met by what the owners set; this operator only observes",
            id="enough",
        ),
    ],
)
def test_ready_is_what_the_owners_brought(ready: int, want: tuple[str, str], message: str) -> None:
    """A floor that is due and only observed is met by others or not at all."""
    view = observing(reason=reasons.OBSERVING, message=WOULD, due=32, ready=ready)
    status = build(view, {}, T0 + minutes(30))
    assert (condition(status, "Ready"), said(status, "Ready")) == (want, message)


@pytest.mark.parametrize(
    ("minute", "target", "want"),
    [
        pytest.param(0, {}, "Saturday 20:30: planned, peak 111; only observed", id="before"),
        pytest.param(
            30,
            {"due": 32},
            "Saturday 20:30: not ready yet, 6 of 32; only observed",
            id="too few",
        ),
        pytest.param(
            30,
            {"due": 32, "ready": 40},
            "Saturday 20:30: ready, 32 of 32; only observed",
            id="enough, with no room promised",
        ),
        pytest.param(125, {}, "Saturday 20:30: over; only observed", id="after"),
        pytest.param(140, {"held": True}, "over; only observed", id="over, and nothing given back"),
    ],
)
def test_the_summary_says_that_it_is_only_observed(
    minute: float, target: dict[str, Any], want: str
) -> None:
    """Nobody who announces a campaign takes an observed one for a raised one."""
    assert build(observing(**target), {}, T0 + minutes(minute))["summary"] == want


def test_who_brought_what_is_ready_is_said() -> None:
    """What an operator in mode enforce left raised is not called its owner's."""
    view = observing(reason=reasons.OBSERVING, due=32, ready=32, held=True)
    assert said(build(view, {}, T0), "Ready") == (
        "every floor that is due is met by what an operator in mode enforce raised; "
        "this operator only observes"
    )


def test_a_hold_that_cannot_be_given_back_is_not_restored() -> None:
    """What an earlier operator raised is kept for its owner, with the next step."""
    held = "run `onair restore`"
    view = observing(reason=reasons.OBSERVING, message=held, held=True, baseline="min 4, max 20")
    status = build(view, {}, T0)
    assert condition(status, "Restored") == ("False", reasons.OBSERVING)
    assert said(status, "Restored") == f"api: min 4, max 20 is kept for its owner; {held}"


@pytest.mark.parametrize(
    "kind", [pytest.param("Ready", id="Ready"), pytest.param("Restored", id="Restored")]
)
def test_nothing_is_asserted_of_what_cannot_be_read(kind: str) -> None:
    """Where objects cannot be read the conditions are unknown, and name what is missing."""
    status = build(replace(view_of(), unread=BLIND), {}, T0)
    assert condition(status, kind) == ("Unknown", reasons.CANNOT_READ)
    assert said(status, kind).startswith(BLIND)


@pytest.mark.parametrize(
    ("view", "want"),
    [
        pytest.param(
            view_of(due=32, ready=32), "Saturday 20:30: ready, 32 of 32, room for 32", id="raised"
        ),
        pytest.param(observing(), "Saturday 20:30: on air; only observed", id="only observed"),
    ],
)
def test_the_summary_says_that_it_may_be_old(view: CampaignView, want: str) -> None:
    """The line for people does not contradict the conditions, and says so once."""
    blind = replace(view, unread=BLIND)
    status = build(blind, {}, T0 + minutes(30))
    assert status["summary"] == f"{want}; cannot be seen at present"
    assert build(blind, status, T0 + minutes(30)) == status


def test_a_known_hold_is_said_although_nothing_can_be_read() -> None:
    """That a target is held is in this process's own ledger entry."""
    view = replace(view_of(held=True, reason=reasons.HOLDING), unread=BLIND)
    assert condition(build(view, {}, T0), "Restored") == ("False", reasons.HOLDING)
