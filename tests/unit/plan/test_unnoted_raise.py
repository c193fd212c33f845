"""A raise of a hold that was being given back, never noted, is given back only with new proof."""

from __future__ import annotations

from dataclasses import replace

from onair.model import reasons
from onair.plan.ledger import State, Write
from onair.plan.observed import Limits
from onair.plan.situation import Annotate, Decision
from tests.unit.plan.ended import ended, given_back
from tests.unit.plan.imagined import T0, minutes, noted


def test_the_end_is_noted_first_of_a_raise_that_never_was() -> None:
    """The list of minute 31 is older than the raise of minute 32, so it cannot prove its end."""
    target = ended()  # its hold ended in minute 30, and its minimum is raised again since
    written = (*target.ledger[-1].notes.written, Write(T0 + minutes(32), Limits(111, 139)))
    noted(target, written=written)
    target.confirmed, target.now = T0 + minutes(31), T0 + minutes(33)
    entry = target.ledger[-1]
    over = replace(entry.notes, state=State.RAISED, floor=0, since=target.now)
    assert given_back(target) == Decision(reasons.RESTORING, step=Annotate(entry, over))
