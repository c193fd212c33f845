"""S1 to S6: an oracle names what is broken, and is silent about an evening on which nothing is."""

from __future__ import annotations

from tests.faults.evidence import Evidence
from tests.faults.imagined import OWNER, US, Log, closed, evidence, given_back, opened
from tests.faults.oracles import judge
from tests.faults.stories import Act


def broken(found: Log | Evidence) -> set[str]:
    """Return the rules that an evening has broken."""
    judged = judge(found if isinstance(found, Evidence) else evidence(found))
    return {violation.rule for violation in judged}


def test_good_evening() -> None:
    """Nothing is broken where everything was done in its order."""
    assert broken(closed(opened())) == set()


def test_owners_edit() -> None:
    """Nothing is broken where an owner's edit is captured, overruled for the show and restored."""
    log = opened()
    log.write(1, (4, 10), OWNER)
    log.capture(1.1, (4, 10), number=1)
    log.write(1.2, (12, 15))
    log.write(5, (7, 15))
    log.list(6)
    log.write(6.1, (4, 15))
    log.write(7, (4, 10))
    log.look(8)
    log.erase(8.1)
    log.erase(8.2, number=1)
    assert broken(log) == {"L1"}  # the story knows of no edit and wants 2 to 10


def test_raised_without_entry() -> None:
    """S1: a raise before its ledger entry."""
    log = Log()
    log.write(-8, (2, 10), OWNER)
    log.write(-3, (12, 15))
    log.capture(-2.9)
    assert broken(closed(log)) == {"S1"}


def test_raised_with_the_entry_of_another_object() -> None:
    """S1: a raise of an object that was created anew since its namesake was captured."""
    log = Log(uid="uid-0")
    log.write(-8, (2, 10), OWNER)
    log.capture(-4)
    log.uid = "uid-1"
    log.write(-3.5, (2, 10), OWNER)
    log.write(-3, (12, 15))
    assert broken(closed(log)) == {"S1"}


def test_captured_our_own_number() -> None:
    """S2: a number of ours was taken for the owner's."""
    log = opened()
    log.capture(1, (12, 15), number=1)
    log.write(2, (13, 16))
    assert broken(closed(log)) == {"S2"}


def test_changed_what_was_captured() -> None:
    """S2: the data of an entry were replaced."""
    log = opened()
    log.rewrite(1, (12, 15))
    assert broken(closed(log)) == {"S2"}


def test_lost_history() -> None:
    """S2: the revision before an owner's edit went while the hold went on."""
    log = opened()
    log.write(1, (4, 10), OWNER)
    log.capture(1.2, (4, 10), number=2)
    log.write(1.3, (12, 15))
    assert "S2" in broken(closed(log))


def test_erased_too_early() -> None:
    """S3: an entry went while a number of ours was in place."""
    log = opened()
    log.write(5, (7, 15))
    log.list(6)
    log.write(6.1, (2, 15))
    log.look(6.2)
    log.erase(6.3)
    log.write(7, (2, 10))
    assert broken(log) == {"S3"}


def test_erased_without_a_look() -> None:
    """S3: an entry went although nobody had read the object since it was restored."""
    log = opened()
    log.write(5, (7, 15))
    log.list(6)
    log.write(6.1, (2, 10))
    log.erase(8)
    assert broken(log) == {"S3"}


def test_lowered_on_air() -> None:
    """S4: a write of ours below the floor of its minute."""
    log = opened()
    log.write(1, (7, 15))
    log.write(2, (12, 15))
    assert broken(closed(log)) == {"S4"}


def test_maximum_below_the_owners() -> None:
    """S4: a maximum of ours below the one that its owner set."""
    log = opened()
    log.write(5, (7, 9))
    log.write(5.5, (7, 15))
    assert broken(given_back(log)) == {"S4"}


def test_ceiling_falls_on_air() -> None:
    """S4: a maximum of ours that falls while a floor is due."""
    log = opened()
    log.write(1, (12, 13))
    log.write(2, (12, 15))
    assert broken(closed(log)) == {"S4"}


def test_restored_without_proof() -> None:
    """S4: the owner's minimum was put back without a list since the last write."""
    log = opened()
    log.write(5, (7, 15))
    log.write(6.1, (2, 10))
    log.look(8)
    log.erase(8.1)
    assert broken(log) == {"S4"}


def test_believed_a_deletion() -> None:
    """S4: the first lowering after somebody ended a need, without a list since, if it is seen."""
    act = Act(4, "deleted", lambda *_: None, ends_need=True)
    assert broken(evidence(closed(opened()), acted=[(act, 4)])) == {"S4"}
    unseen = evidence(closed(opened()), acted=[(act, 4)], outages=[(3.9, 5.5)])
    assert broken(unseen) == set()


def test_above_the_cap() -> None:
    """S5: a maximum above the target's maxReplicas."""
    log = opened()
    log.write(1, (12, 40))
    assert broken(closed(log)) == {"S5"}


def test_another_object() -> None:
    """S6: a write to a workload that no campaign names."""
    log = opened()
    log.add(1, US, "patch", "deployments", "other", subresource="scale", answer=log.hpa())
    assert broken(closed(log)) == {"S6"}


def test_another_resource() -> None:
    """S6: a write to a Deployment itself, and not to its scale."""
    log = opened()
    log.add(1, US, "patch", "deployments", "app", answer=log.hpa())
    assert broken(closed(log)) == {"S6"}


def test_more_than_limits() -> None:
    """S6: something else of an HPA changed with its limits."""
    log = opened()
    log.write(1, (12, 16), metrics=["other"])
    assert broken(closed(log)) == {"S6"}
