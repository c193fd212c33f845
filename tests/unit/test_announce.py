"""Which changes of a target are told as Events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from onair.announce import news
from onair.cluster import resources
from onair.model import reasons
from onair.plan.ledger import State
from onair.plan.observed import Limits, TargetKey
from onair.plan.situation import Decision
from onair.reports import Report
from onair.world import World
from tests.unit.plan.example import CAMPAIGN
from tests.unit.plan.imagined import SHOW, T0, Imagined, on_air

if TYPE_CHECKING:
    from onair.plan.ledger import Entry

API = TargetKey("tv", "Deployment", "api")
RAISED = on_air().ledger[-1]
LOWER = replace(RAISED, notes=replace(RAISED.notes, floor=60))
EDITED = replace(RAISED, sequence=1, baseline=Limits(8, 30))
RESTORED = replace(RAISED, notes=replace(RAISED.notes, state=State.RESTORED))


def look(
    entry: Entry | None, reason: str = reasons.HOLDING, floor: int = 0, message: str = ""
) -> Report:
    """Return a report of a target with a ledger entry."""
    situation = replace(Imagined(SHOW).situation(), entry=entry)
    return Report(Decision(reason, message, floor=floor, ceiling=139), situation, None)


def told(before: Report | None, after: Report) -> list[tuple[str, str]]:
    """Return reason and message of each Event."""
    world = World()
    metadata = {"name": "mol", "namespace": "tv", "uid": "mol", "resourceVersion": "1"}
    world.observe(resources.CAMPAIGNS, {"metadata": metadata, "spec": CAMPAIGN})
    return [(event.reason, event.message) for event in news(world, API, before, after)]


@pytest.mark.parametrize(
    ("before", "after", "want"),
    [
        pytest.param(
            None, look(RAISED), [("Raised", "raised to a floor of 111, room for 139")], id="raised"
        ),
        pytest.param(look(RAISED), look(RAISED), [], id="unchanged"),
        pytest.param(look(RAISED), look(LOWER), [], id="lowered"),
        pytest.param(
            look(RAISED),
            look(EDITED),
            [("OwnerEdited", "the owner's edit is kept: 8, max 30 will be restored")],
            id="edited",
        ),
        pytest.param(
            look(RAISED), look(RESTORED), [("Restored", "back at 4, max 20")], id="restored"
        ),
    ],
)
def test_holds(before: Report | None, after: Report, want: list[tuple[str, str]]) -> None:
    """A person hears of a floor that goes up, of an edit that is kept, and of the end."""
    assert told(before, after) == want


@pytest.mark.parametrize(
    ("before", "after", "want"),
    [
        pytest.param(None, look(None, reasons.BLOCKED, message="no right"), 1, id="new"),
        pytest.param(
            look(None, reasons.BLOCKED), look(None, reasons.BLOCKED, message="other"), 0, id="same"
        ),
        pytest.param(
            look(None, reasons.BLOCKED), look(None, reasons.REVERTED), 1, id="another reason"
        ),
        pytest.param(None, look(None, reasons.NOTHING_DUE), 0, id="nothing to tell"),
    ],
)
def test_what_keeps_a_target_down(before: Report | None, after: Report, want: int) -> None:
    """Each reason is told once, as a warning of that name."""
    assert [reason for reason, _ in told(before, after)] == [after.decision.reason] * want


@pytest.mark.parametrize(
    ("before", "want"),
    [
        pytest.param(None, 1, id="new"),
        pytest.param(look(None, reasons.OBSERVING, floor=0), 1, id="due now"),
        pytest.param(look(None, reasons.OBSERVING, floor=32), 1, id="more"),
        pytest.param(look(None, reasons.OBSERVING, floor=111), 0, id="the same"),
        pytest.param(look(None, reasons.OBSERVING, floor=139), 0, id="less"),
    ],
)
def test_what_would_be_raised(before: Report | None, want: int) -> None:
    """In mode observe a floor that would go up is told, one that falls is not."""
    after = look(None, reasons.OBSERVING, floor=111, message="would raise api")
    assert told(before, after) == [("Observing", "would raise api")] * want


def test_what_would_be_raised_soon() -> None:
    """A floor that is not due yet is in the status alone."""
    assert told(None, look(None, reasons.OBSERVING, message="would raise api at 19:05Z")) == []


def test_verdicts() -> None:
    """A verdict is told to the campaign that it is about, once, a bad one as a warning."""
    after = replace(look(None), verdicts={("tv/mol", T0): "Late", ("tv/gone", T0): "Ready"})
    assert told(None, after) == [("VerdictLate", "api at 2027-01-09T19:00Z: Late")]
    assert told(after, after) == []
