"""What a status says of a campaign that nobody can see yet, or that nobody looks after any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from onair.model import reasons
from onair.model.status import CampaignStatus
from onair.plan.status import build
from onair.plan.unseen import not_known, not_looked_after
from tests.unit.plan.imagined import T0, minutes
from tests.unit.plan.test_honesty import said
from tests.unit.plan.test_status import UPCOMING, VIEW, condition, view_of
from tests.unit.plan.test_summary import NOUNS

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2027, 1, 9, 20, 53, tzinfo=UTC)
WHY = "no list of HPAs"
HELD = view_of(due=111, ready=61, ceiling=139, held=True, baseline="min 4, max 20")
JUDGED = replace(HELD.targets[0], verdicts=((UPCOMING.moments[0][0], "Late"),))
ON_AIR = build(replace(HELD, targets=(JUDGED,)), {}, T0 + minutes(31))
STOPPED = build(view_of(reason=reasons.STOPPED_BY_OWNER, held=True), {}, T0 + minutes(31))
BROKEN = build(view_of(reason=reasons.LEDGER_DAMAGED), {}, T0 + minutes(31))


def left(before: dict[str, Any]) -> dict[str, Any]:
    """Return the status of a campaign after a restore."""
    return not_looked_after(3, AMSTERDAM, before, NOW)


def test_what_was_said_may_be_old() -> None:
    """The summary of an earlier process stays, and says once that it cannot be checked."""
    status = not_known(3, WHY, ON_AIR, NOW)
    want = "Saturday 20:30: not ready yet, 61 of 111; cannot be seen at present"
    assert (status["phase"], status["summary"]) == ("OnAir", want)
    assert not_known(3, WHY, status, NOW) == status
    assert condition(status, "Valid") == ("True", reasons.ACCEPTED)
    assert said(status, "Ready") == said(status, "Restored") == WHY


@pytest.mark.parametrize(
    "before",
    [
        pytest.param({}, id="a new campaign"),
        pytest.param({"phase": "Unknown", "summary": "none"}, id="one without a phase"),
        pytest.param(not_known(3, WHY, {}, T0), id="one that nobody has seen yet"),
        pytest.param(left(ON_AIR), id="one that a new operator finds after a restore"),
    ],
)
def test_where_nothing_was_known_nothing_is_said(before: dict[str, Any]) -> None:
    """Nobody claims anything, neither of a floor nor of a restore."""
    status = not_known(3, WHY, before, NOW)
    assert (status["phase"], status["summary"]) == ("Unknown", "nothing can be said yet")
    for kind in ("Ready", "Restored"):
        assert condition(status, kind) == ("Unknown", reasons.CANNOT_READ)


def test_after_a_restore_nobody_speaks_of_a_floor() -> None:
    """Phase, cells, targets and conditions say that all is back and that no operator is there."""
    status = left(ON_AIR)
    assert (status["phase"], status["ready"], status["targets"]) == ("Unknown", "-", [])
    assert condition(status, "Ready") == ("Unknown", reasons.NO_OPERATOR)
    assert condition(status, "Restored") == ("True", reasons.RESTORED)
    assert condition(status, "Valid") == ("True", reasons.ACCEPTED)
    assert said(status, "Ready") == (
        "no operator looks after it since `onair restore` has given everything back"
    )
    assert said(status, "Restored") == "every number is its owner's"


def test_since_when_is_said_to_people() -> None:
    """The summary has the campaign's own time, and no word of Kubernetes."""
    summary = left(ON_AIR)["summary"]
    want = "not looked after since Sat 9 Jan 2027 21:53; everything is as its owner set it"
    assert summary == want
    assert not NOUNS.search(summary)


def test_the_calendar_and_its_verdicts_stay() -> None:
    """A later operator finds what was judged, and readers when the next airing is."""
    status = left(ON_AIR)
    assert {field: status[field] for field in ("next", "peak", "upcoming")} == {
        field: ON_AIR[field] for field in ("next", "peak", "upcoming")
    }
    assert status["upcoming"][0]["moments"][0]["verdict"] == "Late"


def test_without_a_calendar_its_cells_are_empty() -> None:
    """A campaign that nobody has planned yet shows a dash in each column."""
    status = not_known(3, WHY, {}, NOW)
    assert (status["next"], status["peak"], status["ready"]) == ("-", "-", "-")


def test_a_status_without_a_summary_says_nothing_old() -> None:
    """What an earlier version did not say is not called old."""
    status = not_known(3, WHY, {"phase": "OnAir"}, NOW)
    assert (status["phase"], status["summary"]) == ("OnAir", "nothing can be said yet")


def test_the_generation_that_was_seen_last_stays() -> None:
    """Nobody has looked at what was edited since."""
    assert not_looked_after(9, AMSTERDAM, ON_AIR, NOW)["observedGeneration"] == 3
    assert not_looked_after(9, AMSTERDAM, {}, NOW)["observedGeneration"] == 9


def test_a_stop_is_over() -> None:
    """What is not held any more cannot be stopped."""
    assert "Stopped" in {c["type"] for c in STOPPED["conditions"]}
    assert "Stopped" not in {c["type"] for c in left(STOPPED)["conditions"]}


def test_what_nobody_knew_is_not_called_restored() -> None:
    """Of an entry that was damaged or gone a restore knows nothing either."""
    status = left(BROKEN)
    assert condition(status, "Restored") == ("Unknown", reasons.LEDGER_DAMAGED)
    assert status["summary"] == "not looked after since Sat 9 Jan 2027 21:53"


@pytest.mark.parametrize(
    "before", [pytest.param({}, id="without a status"), pytest.param(ON_AIR, id="with one")]
)
def test_the_api_server_takes_it(before: dict[str, Any]) -> None:
    """Every field that a status must have is there."""
    CampaignStatus.model_validate(left(before))


def test_an_operator_that_comes_back_says_something_else() -> None:
    """Its status differs from what the restore left, so it is written."""
    status = left(ON_AIR)
    later = build(VIEW, status, NOW)
    assert later["phase"] == "OnAir"
    assert condition(later, "Ready") == ("True", reasons.NOTHING_DUE)
    assert later["upcoming"][0]["moments"][0]["verdict"] == "Late"
