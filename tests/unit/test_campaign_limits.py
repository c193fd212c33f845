"""What the status of a campaign says of limits, and of a usual load that is not known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from onair.model import reasons
from onair.plan.status import build
from tests.unit.looks import Looks
from tests.unit.plan.example import CAMPAIGN, TARGET_SET
from tests.unit.worlds import NAME

API_TARGET, CHAT_TARGET = TARGET_SET["targets"]
SMALL = API_TARGET | {"maxReplicas": 80}
BOTH = {"targets": [SMALL, CHAT_TARGET]}
INLINE = {"targetSets": None, "targets": [SMALL]}
FOURFOLD = {"shape": "Episode", "multiplier": "4"}


@pytest.mark.parametrize("days", [0, 2, 3, 7], ids="{} days before".format)
@pytest.mark.parametrize(
    ("target_set", "campaign", "name"),
    [
        pytest.param({}, INLINE, NAME, id="of the campaign"),
        pytest.param(BOTH, {}, "api in TargetSet mol", id="of a target set"),
    ],
)
def test_a_limit_that_will_bite_is_said_ahead(
    days: int, target_set: dict[str, object], campaign: dict[str, object], name: str
) -> None:
    """Days before air there is time to raise it; what is said is how much is lacking at most."""
    looks = Looks("12:00", **campaign)
    looks.target_set(**target_set)
    looks.now -= timedelta(days=days)
    looks.look()
    assert looks.target().limited == (
        reasons.LIMITED_BY_MAX_REPLICAS,
        f"needs 111, limited to 80 by maxReplicas of {name}",
    )
    assert [target.name for target in looks.view().targets if target.limited] == ["api"]


@pytest.mark.parametrize(
    ("clock", "needs"),
    [
        pytest.param("20:40", "needs 111", id="while it bites"),
        pytest.param("20:58", "needs 101", id="while less is lacking"),
        pytest.param("21:15", None, id="when it bites no more"),
    ],
)
def test_a_limit_is_said_for_as_long_as_it_bites(clock: str, needs: str | None) -> None:
    """What is past lacks nothing any more."""
    looks = Looks(clock, airtimes=[CAMPAIGN["airtimes"][0] | {"repeat": "FREQ=DAILY;COUNT=1"}])
    looks.target_set(targets=[SMALL])
    looks.look()
    limited = looks.target().limited
    assert (limited[1].partition(",")[0] if limited else None) == needs


@pytest.mark.parametrize(
    ("load", "usual", "unknown"),
    [
        pytest.param(FOURFOLD, 0, True, id="a multiple of nothing"),
        pytest.param(FOURFOLD, 6, False, id="a multiple of something"),
        pytest.param(FOURFOLD | {"multiplier": "1"}, 0, False, id="the usual load itself"),
        pytest.param(CAMPAIGN["load"], 0, False, id="requests"),
    ],
)
def test_a_multiple_of_nothing_is_not_content(
    load: dict[str, object], usual: int, *, unknown: bool
) -> None:
    """Where nothing is raised for want of a usual load, status and summary say what to do."""
    looks = Looks("12:00", load=load)
    looks.target_set(targets=[SMALL | {"usualReplicas": usual, "maxReplicas": 300}, CHAT_TARGET])
    looks.look()
    status = build(looks.view(), {}, looks.now)
    said = {c["type"]: (c["reason"], c["message"]) for c in status["conditions"]}
    message = (
        "api: the usual load is 0 or not known, and a multiple of it is nothing; say usualReplicas"
        " for this target"
    )
    want = (reasons.USUAL_LOAD_UNKNOWN, message) if unknown else None
    assert said.get("Feasible") == want
    assert ("the usual load is 0 or not known" in status["summary"]) == unknown


def test_a_multiple_of_nothing_beside_fixed_replicas() -> None:
    """Fixed replicas ask for no usual load, and an airtime's own load counts as well."""
    own = CAMPAIGN["airtimes"][0] | {"load": FOURFOLD}
    looks = Looks("12:00", airtimes=[own])
    looks.target_set(targets=[SMALL | {"usualReplicas": 0}, CHAT_TARGET])
    looks.look()
    assert looks.target("api").limited is not None
    assert looks.target("chat").limited is None
