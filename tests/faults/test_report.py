"""What makes a suite fail: a broken promise, late rises, or alarms without a fault."""

from __future__ import annotations

import pytest

from tests.faults.evidence import Violation
from tests.faults.plans import Plan
from tests.faults.report import Report
from tests.faults.suite import Outcome, Run

FAULT = "killed before patch 1 of deployments/app/scale"


def report(*outcomes: Outcome) -> Report:
    """Return the report of some outcomes."""
    taken = Report(len(outcomes), 0.0)
    for outcome in outcomes:
        taken.take(outcome)
    return taken


def outcome(name: str = FAULT, *, broken: bool = False, late: float = 0.1) -> Outcome:
    """Return what became of a plan: two rises, one of them late by some seconds."""
    violations = (Violation("S4", "written 3, floor 12"),) if broken else ()
    return Outcome(Run(Plan("deployment", name)), violations, (0.0, late), 20.0, hit=True)


@pytest.mark.parametrize(
    ("outcomes", "clean"),
    [
        pytest.param([outcome()], True, id="held"),
        pytest.param([outcome(), outcome(broken=True)], False, id="one broken"),
        pytest.param([outcome() for _ in range(100)] + [outcome(late=4)], True, id="one late"),
        pytest.param([outcome(late=2.1) for _ in range(10)], False, id="many late"),
        pytest.param(
            [outcome(f"no fault {n}", broken=not n) for n in range(42)], True, id="a false alarm"
        ),
        pytest.param(
            [outcome(f"no fault {n}", broken=n < 2) for n in range(42)], False, id="false alarms"
        ),
    ],
)
def test_what_fails(outcomes: list[Outcome], *, clean: bool) -> None:
    """Any broken plan does; lateness and false alarms do beyond their bars, over all runs."""
    assert report(*outcomes).is_clean is clean


def test_summary() -> None:
    """Both figures stand beside their bars."""
    said = report(outcome(late=1.5), outcome("no fault 0")).summary()
    assert "99 % of 4 rises within 1.50 s (bar 2 s)" in said
    assert "0.0% false alarms (bar 3.5%)" in said
