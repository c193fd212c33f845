"""When a ledger entry goes: of a capture that was never used, and of a hold that is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from onair.model import reasons
from onair.model.names import MANAGER
from onair.plan.observed import Limits, Number
from onair.plan.situation import Decision, Erase, Put, Release
from tests.unit.plan.ended import captured, given_back, restored
from tests.unit.plan.imagined import T0, minutes, noted


@pytest.mark.parametrize(
    ("ahead", "kept"),
    [
        pytest.param(minutes(1), True, id="soon"),
        pytest.param(minutes(2), True, id="in two minutes"),
        pytest.param(minutes(2) + timedelta(microseconds=1), False, id="later"),
        pytest.param(None, False, id="never"),
    ],
)
def test_a_capture_is_kept_for_a_raise_that_is_near(ahead: timedelta | None, *, kept: bool) -> None:
    """A capture whose raise is not near any more is forgotten, with nothing to give back."""
    target = captured()
    rise = None if ahead is None else target.now + ahead
    forgotten = Decision(reasons.NOTHING_DUE, step=Erase(target.ledger[-1]))
    want = Decision(reasons.NOTHING_DUE, wake=rise) if kept else forgotten
    assert given_back(target, rise) == want


@pytest.mark.parametrize(
    ("fields", "released"),
    [
        pytest.param({}, False, id="nothing"),
        pytest.param({"marked": True}, True, id="our annotations"),
        pytest.param({"by": ("min",)}, True, id="our minimum"),
        pytest.param({"by": ("max",)}, True, id="our maximum"),
    ],
)
def test_marks_go_before_the_ledger(fields: dict[str, object], *, released: bool) -> None:
    """Whatever still says that we were there is taken off first."""
    target = restored(marked=fields.get("marked", False))
    for name in fields.get("by", ()):  # type: ignore[attr-defined]
        target.managers[name] = frozenset({MANAGER, "kubectl"})
    hpa = target.situation().autoscalers[0].id
    release = Decision(reasons.RESTORED, step=Release(hpa))
    assert (given_back(target) == release) is released


@pytest.mark.parametrize(
    ("minute", "rise", "wake"),
    [
        pytest.param(40, None, 90, id="an hour after the restore"),
        pytest.param(40, 60, 60, id="the next raise, if that is sooner"),
        pytest.param(40, 100, 90, id="not the next raise, if that is later"),
    ],
)
def test_the_entry_stays_while_replicas_carry_our_floor(
    minute: float, rise: float | None, wake: float
) -> None:
    """For an hour more replicas than usual may still be ours."""
    target = restored(now=T0 + minutes(minute))
    rises = None if rise is None else T0 + minutes(rise)
    assert given_back(target, rises) == Decision(reasons.RESTORED, wake=T0 + minutes(wake))


@pytest.mark.parametrize(
    ("minute", "fields", "erased"),
    [
        pytest.param(40, {"replicas": 6}, True, id="as many as usual"),
        pytest.param(40, {"replicas": 7}, False, id="more than usual"),
        pytest.param(89.9, {}, False, id="within the hour"),
        pytest.param(90, {}, True, id="after the hour"),
    ],
)
def test_when_the_entry_goes(minute: float, fields: dict[str, object], *, erased: bool) -> None:
    """The ledger entry is the last thing to go."""
    target = restored(now=T0 + minutes(minute), **fields)
    want = Decision(reasons.RESTORED, step=Erase(target.ledger[-1]))
    assert (given_back(target) == want) is erased


def test_the_owners_minimum_may_be_what_is_usual() -> None:
    """An owner whose minimum is above the usual replicas has fallen back at that minimum."""
    target = restored(replicas=8)
    target.ledger[-1] = replace(target.ledger[-1], baseline=Limits(8, 20))
    assert isinstance(given_back(target).step, Erase)
    assert isinstance(given_back(restored(), workload=None).step, Erase)


def test_when_it_was_given_back_may_be_unknown() -> None:
    """Then the hour begins now."""
    target = noted(restored(), settled=None)
    assert given_back(target).wake == target.now + timedelta(hours=1)


def test_a_number_of_nobody_is_not_ours() -> None:
    """A field without an owner carries no mark of ours."""
    target = restored()
    hpa = replace(target.situation().autoscalers[0], maximum=Number(20, frozenset()))
    assert given_back(target, autoscalers=(hpa,)).step is None


def test_a_raise_that_comes_to_light_late_is_given_back() -> None:
    """What was noted as given back, before the watch told of a last raise, is not forgotten."""
    target = restored(minimum=111, maximum=139)
    target.managers = dict.fromkeys(("min", "max"), frozenset({MANAGER}))
    step = given_back(target).step
    assert isinstance(step, Put)
    assert step.after.minimum == 4
    target.settle(31)
    assert (target.minimum, target.maximum) == (4, 20)


def test_a_maximum_that_comes_to_light_late_waits_for_its_crowd() -> None:
    """It is ours still: it is neither released nor forgotten before it is back."""
    target = restored(maximum=139, replicas=60)
    target.managers["max"] = frozenset({MANAGER})
    assert given_back(target).reason == reasons.CROWD_STAYS
    assert given_back(target).step is None
    target.replicas = 20
    target.settle(31)
    assert (target.minimum, target.maximum) == (4, 20)
