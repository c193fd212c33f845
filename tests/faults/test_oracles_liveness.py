"""L1 to L5, S7, S8 and likeness: an oracle names what is broken, and excuses what a fault did."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.faults.imagined import OWNER, Log, closed, evidence, given_back, opened
from tests.faults.oracles import judge
from tests.faults.oracles.likeness import likenesses
from tests.faults.oracles.liveness import latenesses
from tests.faults.stories import Act

if TYPE_CHECKING:
    from tests.faults.evidence import Evidence


def broken(found: Evidence) -> set[str]:
    """Return the rules that an evening has broken."""
    return {violation.rule for violation in judge(found)}


def raised_in(minute: float) -> Log:
    """Return a log in which the floor of minute -3 comes in another minute."""
    log = Log()
    log.write(-8, (2, 10), OWNER)
    log.capture(-4)
    log.write(minute, (12, 15))
    return closed(log)


def test_never_at_rest() -> None:
    """S7: a write after everything was back."""
    log = closed(opened())
    log.say(12)
    assert broken(evidence(log)) == {"S7"}


def test_lease_is_no_fight() -> None:
    """S7 leaves the Lease alone, which is renewed for ever."""
    log = closed(opened())
    log.add(12, evidence(log).user, "update", "leases", "onair", answer={"metadata": {}})
    assert broken(evidence(log)) == set()


def test_ended_by_itself() -> None:
    """S8: the process ended although nobody killed it."""
    assert broken(evidence(closed(opened()), exits=("KeyError",))) == {"S8"}


def test_never_at_an_end() -> None:
    """L1: not everything was back within the time for it."""
    assert broken(evidence(closed(opened()), settled=None)) == {"L1"}


def test_left_at_other_numbers() -> None:
    """L1: a number is not as its owner left it."""
    log = opened()
    log.write(5, (7, 15))
    log.list(6)
    log.write(6.1, (2, 15))
    assert broken(evidence(log)) == {"L1"}


def test_raised_late() -> None:
    """L2: a floor came seconds after its minute."""
    assert broken(evidence(raised_in(3))) == {"L2"}


def test_raised_after_an_outage() -> None:
    """L2 counts from the end of the outage that a rise falls into."""
    assert broken(evidence(raised_in(3), outages=[(-3.5, 2)])) == set()
    late = [seconds for _, seconds in latenesses(evidence(raised_in(3), outages=[(-3.5, 2)]))]
    assert late == [pytest.approx(1)]


def test_killed_right_before_a_raise() -> None:
    """L2 counts from the end of an outage that begins while a raise is under way, too."""
    assert broken(evidence(raised_in(3), outages=[(-2.9, 2)])) == set()


def test_over_before_the_operator_was_back() -> None:
    """L2 asks for no raise whose floor falls again within the time that the operator has."""
    log = Log()
    log.write(-8, (2, 10), OWNER)
    assert broken(evidence(log, outages=[(-3.5, 2)])) == set()
    assert broken(evidence(log, outages=[(-3.5, -2)])) == {"L2"}


def test_never_raised() -> None:
    """L2: a floor that never came."""
    log = Log()
    log.write(-8, (2, 10), OWNER)
    assert broken(evidence(log)) == {"L2"}


def test_not_reasserted() -> None:
    """L2: a floor that somebody else lowered stayed down."""
    log = opened()
    log.write(-1.5, (2, 10), "argocd")
    log.write(5, (7, 15))
    assert "L2" in broken(evidence(given_back(log)))


def test_held_for_too_long() -> None:
    """L3: numbers stayed up long after their floor had fallen."""
    log = opened()
    log.list(17)
    log.write(17.1, (2, 10))
    log.look(18)
    log.erase(18.1)
    assert broken(evidence(log, settled=19)) == {"L3"}


@pytest.mark.parametrize(
    "metadata",
    [
        pytest.param({"finalizers": ["onair.dev/hold"]}, id="a finalizer"),
        pytest.param({"deletionTimestamp": "2027-01-09T19:00:00Z"}, id="a deletion that waits"),
    ],
)
def test_kept_from_being_deleted(metadata: dict[str, Any]) -> None:
    """L4: something holds a campaign up."""
    log = opened()
    log.say(1, **metadata)
    assert broken(evidence(closed(log))) == {"L4"}


def test_speaks_of_a_generation_to_come() -> None:
    """L5: a condition names a generation that the campaign does not have."""
    log = opened()
    log.say(1, observed=2)
    assert broken(evidence(closed(log))) == {"L5"}


@pytest.mark.parametrize(
    ("minute", "rules"),
    [
        pytest.param(5.5, set(), id="a killed operator may be late"),
        pytest.param(6.5, {"L5"}, id="but not for ever"),
    ],
)
def test_speaks_of_an_old_generation(minute: float, rules: set[str]) -> None:
    """L5: a status is about the manifest of three seconds ago, later only after an outage."""
    log = opened()
    body = {"kind": "Campaign", "metadata": {"name": "show", "generation": 2}}
    log.add(1, OWNER, "patch", "campaigns", "show", answer=body)
    log.say(minute, generation=2, observed=1)
    assert broken(evidence(closed(log), outages=[(2, 3)])) == rules


def test_ready_without_pods() -> None:
    """L5: Ready=True although too few pods have been ready for seconds."""
    log = opened()
    log.ready(-0.9, 5)
    log.say(4)
    assert broken(evidence(closed(log))) == {"L5"}


def test_same_as_without_the_fault() -> None:
    """A run that leaves out a step, and ends alike, is the same."""
    whole = evidence(closed(opened()))
    assert list(likenesses(evidence(given_back(opened())), whole)) == []


@pytest.mark.parametrize(
    ("outages", "told"),
    [
        pytest.param([], 1, id="none"),
        pytest.param([(0.5, 2)], 1, id="an act was seen soon"),
        pytest.param([(0.5, 4)], 0, id="an act was seen late"),
    ],
)
def test_other_numbers(outages: list[tuple[float, float]], told: int) -> None:
    """A number that the run without the fault never wrote is told, unless all was seen late."""
    log = opened()
    log.write(1, (13, 15))
    edit = Act(1, "the load is lowered", lambda *_: None)
    run = evidence(closed(log), acted=[(edit, 1)], outages=outages)
    found = list(likenesses(run, evidence(closed(opened()))))
    assert ["app was written" in violation.text for violation in found] == [True] * told


def test_captured_twice() -> None:
    """An entry that the run without the fault never made is told."""
    log = opened()
    log.capture(1, number=1)
    (found,) = likenesses(evidence(closed(log)), evidence(closed(opened())))
    assert found.text.startswith("captured")


def test_other_end() -> None:
    """An object that is left otherwise is told, but not what differs in any two runs."""
    left = {"kind": "Deployment", "metadata": {"name": "app", "uid": "1"}, "spec": {"replicas": 2}}
    other = left | {"metadata": {"name": "app", "uid": "2"}}
    whole = replace(evidence(closed(opened())), left=(left,))
    assert list(likenesses(replace(whole, left=(other,)), whole)) == []
    (found,) = likenesses(replace(whole, left=(other | {"spec": {"replicas": 3}},)), whole)
    assert "Deployment app" in found.text
