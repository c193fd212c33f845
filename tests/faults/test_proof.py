"""When the suite is proved to see: every defect is flagged, and nothing else."""

from __future__ import annotations

import pytest

from tests.faults.catalogue import BY_NAME
from tests.faults.defects import DEFECTS, Sight
from tests.faults.evidence import Violation
from tests.faults.plans import Plan
from tests.faults.proof import TRUE, Trial, is_proved
from tests.faults.suite import Outcome, Run

FIRST, SECOND = (Plan("deployment", f"reply lost from patch {n} of a/b") for n in (1, 2))


def outcome(plan: Plan, rule: str) -> Outcome:
    """Return what became of a plan that a rule has flagged, "" for one that held."""
    violations = (Violation(rule, "what is wrong"),) if rule else ()
    return Outcome(Run(plan), violations, (), 20.0, hit=True)


@pytest.mark.parametrize(
    ("flagged", "proved"),
    [
        pytest.param(("S1", "S1", ""), True, id="under both plans"),
        pytest.param(("", "S1", ""), True, id="under one of them"),
        pytest.param(("", "", ""), False, id="not at all"),
        pytest.param(("L1", "", ""), False, id="by another rule"),
        pytest.param(("S1", "S1", "S1"), False, id="the true operator, too"),
    ],
)
def test_proved(flagged: tuple[str, str, str], *, proved: bool) -> None:
    """A defect counts as seen where its own rule has flagged it, the true operator never is."""
    plans = (FIRST, SECOND, Plan("suspended"))
    trials = [Trial("a defect", Run(FIRST), "S1"), Trial("a defect", Run(SECOND), "S1")]
    trials.append(Trial(TRUE, Run(plans[2]), ""))
    outcomes = [outcome(plan, rule) for plan, rule in zip(plans, flagged, strict=True)]
    assert is_proved(trials, {o.run: o for o in outcomes}) is proved


def test_a_sight_is_the_first_plan_with_its_words() -> None:
    """All of them, in any order; a plan that is not there is an error, not a proof."""
    assert Sight("deployment", "a/b…reply lost", "S1").plan([FIRST, SECOND]) == FIRST
    assert Sight("deployment", "patch 2", "S1").plan([FIRST, SECOND]) == SECOND
    with pytest.raises(LookupError, match="patch 3"):
        Sight("deployment", "patch 3", "S1").plan([FIRST, SECOND])


def test_ten_defects() -> None:
    """There are ten, in stories that are played, and rules of both kinds see them."""
    sights = [sight for defect in DEFECTS for sight in defect.sights]
    assert len({defect.seed.name for defect in DEFECTS}) == 10
    assert {sight.story for sight in sights} <= BY_NAME.keys()
    assert {"S1", "S2", "S3", "S4", "L1", "L2", "L5"} == {sight.rule for sight in sights}
