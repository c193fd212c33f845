"""A moment is judged once, when it has come, by what the target had then."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from onair.aims import Aims
from onair.model import reasons
from onair.plan.situation import Decision
from onair.plans import Planned, Plans
from onair.reports import Report, judge
from onair.usual import History
from tests.unit.plan.example import USUAL, at, needs
from tests.unit.plan.imagined import Imagined, plan
from tests.unit.worlds import API as TARGET
from tests.unit.worlds import example

API, _ = needs()
SEND = {"name": "send", "start": "2027-01-09T20:30:00", "duration": "10m"}
FOURFOLD = {"shape": "Episode", "multiplier": "4"}
MOMENT = at("20:36")
KEY = (API.campaign, MOMENT)


def report(clock: str, ready: int, floor: int = 111, reason: str = reasons.HOLDING) -> Report:
    """Return a look at the API with so many ready replicas and this floor in force."""
    planned = Planned(
        needs=(API,),
        usual=USUAL,
        limits=(),
        fingerprint="one",
        revision=0,
        timeline=plan(),
        moments=((MOMENT, API.campaign),),
        until=at("23:59"),
        aimed=True,
    )
    situation = Imagined(timeline=plan(), now=at(clock), replicas=ready).situation()
    return Report(Decision(reason, floor=floor), situation, planned)


@pytest.mark.parametrize(
    ("look", "want"),
    [
        pytest.param(report("20:35:59", 111), {}, id="before the moment"),
        pytest.param(report("20:36", 111), {KEY: "Ready"}, id="enough"),
        pytest.param(report("20:36", 110), {KEY: "Late"}, id="one too few, although asked for"),
        pytest.param(report("20:36", 80, 80), {KEY: "Short"}, id="not asked for"),
        pytest.param(
            report("20:36", 80, reason=reasons.REVERTED), {KEY: "Short"}, id="kept down by others"
        ),
        pytest.param(
            report("20:36", 110, reason=reasons.OBSERVING),
            {KEY: "Short"},
            id="only observed, and the owner's maximum is too low",
        ),
        pytest.param(
            report("20:36", 80, reason=reasons.LEDGER_DAMAGED),
            {KEY: "Short"},
            id="nobody may write to it",
        ),
        pytest.param(report("20:37", 111), {}, id="looked at too late"),
        pytest.param(replace(report("20:36", 111), planned=None), {}, id="without a plan"),
    ],
)
def test_judge(look: Report, want: dict[object, str]) -> None:
    """A moment that has come at most ten seconds ago gets a verdict, any other none."""
    now = look.situation.now if look.situation else MOMENT
    assert judge(look, None, now - timedelta(seconds=10)) == want


@pytest.mark.parametrize(
    ("with_hpa", "maximum", "want"),
    [
        pytest.param(True, 300, "Late", id="an HPA that could have had more"),
        pytest.param(True, 110, "Short", id="an HPA that could not"),
        pytest.param(False, 300, "Short", id="replicas that nobody raises"),
    ],
)
def test_judged_by_what_the_owner_admits(*, with_hpa: bool, maximum: int, want: str) -> None:
    """Where a target is only observed, its owner's own limits say what could be asked of it."""
    look = report("20:36", 80, reason=reasons.OBSERVING)
    target = Imagined(plan(), now=MOMENT, replicas=80, maximum=maximum, with_hpa=with_hpa)
    assert judge(replace(look, situation=target.situation()), None, MOMENT) == {KEY: want}


@pytest.mark.parametrize(
    ("campaign", "when", "required"),
    [
        pytest.param({"load": FOURFOLD}, "19:15", 11, id="four times the usual load, at first"),
        pytest.param({"load": FOURFOLD}, "20:36", 24, id="four times the usual load"),
        pytest.param(
            {"load": FOURFOLD | {"shape": "Push"}, "airtimes": [SEND]}, "19:40", 24, id="a send"
        ),
        pytest.param(
            {"airtimes": [SEND | {"load": FOURFOLD}], "load": None},
            "19:41",
            24,
            id="a load of the airtime's own",
        ),
    ],
)
def test_judged_by_the_load_of_the_moment(
    campaign: dict[str, Any], when: str, required: int
) -> None:
    """Whatever the load is said in, one replica too few is one too few."""
    world = example(**campaign)
    planned = Plans(world, Aims(world), History(), 500).of(TARGET, at("12:00"))
    for ready, want in ((required, "Ready"), (required - 1, "Late")):
        look = replace(report(when, ready), planned=planned)
        assert judge(look, None, at(when)) == {(API.campaign, at(when)): want}


def test_judged_once() -> None:
    """A verdict stays as it was, until its moment is no longer part of the plan."""
    first = report("20:36", 80)
    first.verdicts.update(judge(first, None, MOMENT))
    later = report("20:37", 111)
    assert judge(later, first, MOMENT) == {KEY: "Late"}
    assert later.planned is not None
    forgotten = replace(later, planned=replace(later.planned, moments=()))
    assert judge(forgotten, first, MOMENT) == {}
