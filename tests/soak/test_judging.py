"""What a soak sees at one target, by an imagined evening: one HPA of 2 to 10, one airing.

Its load is for 11 replicas beside the usual one, its floor due at second -3; it ends at second 37
and its cool-down at 47.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.faults.evidence import ON_TIME, Outage
from tests.faults.imagined import CLOCK, DUTY, OWNER, START, Log, evidence, instant
from tests.faults.stories import Duty
from tests.soak import rules
from tests.soak.course import Airing
from tests.soak.judging import Played, Verdict, judge_target
from tests.soak.needs import Excuses, Told, free, steps
from tests.soak.stage import CAP, HPA, LEAD

if TYPE_CHECKING:
    from collections.abc import Callable

AIRING = Airing(begin=LEAD - 3, length=40 - LEAD, replicas=11)
AS_ANNOUNCED = (Told(0, AIRING, instant(-19), instant(-19)),)
NOW_LESS = (
    *AS_ANNOUNCED,
    Told(0, replace(AIRING, replicas=6), instant(20), instant(20.1)),
)
DELETED = (*AS_ANNOUNCED, Told(0, None, instant(20), instant(20.1)))
AWAY = Excuses.of([Outage(instant(-4), instant(1)), Outage(instant(0), instant(6))], [])
ENDED = 200


def nothing(_: Log) -> None:
    """Do nothing that is worth a mention."""


def evening(on_air: Callable[[Log], None] = nothing, raised: float = -3) -> Log:
    """Return an evening on which something happens beside what must."""
    log = Log()
    log.write(-20, (2, 10), OWNER)
    log.capture(-4)
    log.write(raised, (12, 15))
    on_air(log)
    log.write(38, (7, log.limits[1]))
    return log


def given_back(log: Log) -> Log:
    """Give back what the owner had."""
    log.list(44)
    log.write(45, (2, log.limits[1]))
    log.write(46, (2, 10))
    log.look(47)
    log.erase(47.1)
    return log


def judged(
    log: Log, told: tuple[Told, ...] = AS_ANNOUNCED, excuses: Excuses | None = None
) -> Verdict:
    """Return what a soak makes of an evening."""
    excuses = excuses or Excuses()
    whole = replace(evidence(log), requests=(), lives=())
    played = Played(CLOCK, START, {}, excuses, (), {}, None, instant(ENDED), (), ())
    heights = [(whole.minute(s.begin), s.floor) for s in steps(told, START, excuses)]
    duty = Duty(HPA, "app", (*heights, (37, 0)), DUTY.final, cap=CAP)
    return judge_target(whole, played, told, duty, log.requests)


def broken(
    log: Log, told: tuple[Told, ...] = AS_ANNOUNCED, excuses: Excuses | None = None
) -> set[str]:
    """Return the rules that an evening has broken."""
    return {violation.rule for violation in judged(log, told, excuses).violations}


def lowered(log: Log) -> None:
    """Let a write of ours go below the floor at second 10."""
    log.write(10, (7, 15))
    log.write(11, (12, 15))


def undone(log: Log) -> None:
    """Let a rival undo the raise at second 10, and nobody raise again."""
    log.write(10, (2, 10), OWNER)
    log.limits = (2, 15)


def less(log: Log) -> None:
    """Let the floor fall at second 21."""
    log.write(21, (7, 15))


def test_good_evening() -> None:
    """Nothing is broken where everything was done in its order, and the rise is counted."""
    assert judged(given_back(evening())) == Verdict((), (0.0,))


def test_lowered_on_air() -> None:
    """S4: a write below what is needed for sure; a load that fell just before is no such need."""
    assert broken(given_back(evening(lowered))) == {"S4"}
    assert broken(given_back(evening(less))) == {"S4"}
    assert broken(given_back(evening(less)), NOW_LESS) == set()


def test_raised_late() -> None:
    """L2: a floor that comes nine seconds late, if no fault kept anybody from it."""
    late = given_back(evening(raised=6))
    assert broken(late) == {"L2"}
    assert judged(late).lateness == (9.0,)
    assert broken(late, excuses=AWAY) == set()
    assert judged(late, excuses=AWAY).lateness == ()
    assert [s.begin for s in steps(AS_ANNOUNCED, START, AWAY)] == [instant(6) + ON_TIME]


def test_not_raised_again() -> None:
    """L2: a floor that somebody else has lowered and nobody put back."""
    assert broken(given_back(evening(undone))) == {"L2"}


def test_not_given_back() -> None:
    """L1 and L3: a floor that stays when nothing needs it any more."""
    assert broken(evening()) == {"L1", "L3"}


def test_deleted() -> None:
    """From a deletion on nothing is needed, and after a cool-down nothing may be left."""
    assert [(s.end, s.floor) for s in steps(DELETED, START, Excuses())] == [(instant(20), 12)]
    assert free(DELETED, START, instant(ENDED)) == [(instant(30), instant(ENDED))]


def test_together() -> None:
    """Airings of one target add up, to no more than its limit."""
    told = [Told(n, AIRING, instant(-19), instant(-19)) for n in range(3)]
    assert [s.floor for s in steps(told[:2], START, Excuses())] == [23]
    assert [s.floor for s in steps(told, START, Excuses())] == [CAP]


def test_marks() -> None:
    """L1: an annotation or a field of ours that is left; a Scale's entry cannot be taken off."""
    fields = [{"manager": "onair"}]
    marked = {"name": "app", "annotations": {"onair.dev/held": "tv/show"}}
    left = [
        {"kind": HPA, "metadata": marked},
        {"kind": HPA, "metadata": {"name": "app", "managedFields": fields}},
        {"kind": "Deployment", "metadata": {"name": "app", "managedFields": fields}},
    ]
    assert [v.rule for v in rules.unmarked(left)] == ["L1", "L1"]


@pytest.mark.parametrize(
    ("version", "want"),
    [pytest.param("102", {"S7"}, id="to the same"), pytest.param("103", set(), id="to another")],
)
def test_written_twice(version: str, want: set[str]) -> None:
    """S7: a patch of ours that has led to no new version."""
    log = opened_twice(version)
    assert {v.rule for v in rules.written_once(log.requests)} == want


def opened_twice(version: str) -> Log:
    """Return a log in which the HPA is patched two times."""
    log = Log()
    log.write(-20, (2, 10), OWNER)
    log.capture(-4)
    log.write(-3, (12, 15))
    log.write(-2, (12, 15))
    log.requests[-1].answer["metadata"]["resourceVersion"] = version
    return log
