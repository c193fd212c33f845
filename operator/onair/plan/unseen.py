"""The status of a campaign of which nothing is known yet, or that nobody looks after any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from onair.model import conditions, reasons
from onair.model.status import CampaignStatus
from onair.plan.summary import airs_at, unseen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

UNKNOWN: Final = "Unknown"

ON_THE_CALENDAR: Final = ("observedGeneration", "next", "peak", "upcoming")
"""What stays true when everything has been given back; verdicts are in it, too."""


def not_known(
    generation: int, why: str, before: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Return the status of a campaign of whose targets nothing is known yet.

    What an earlier process said stays, but for the conditions that may be wrong by now, and the
    summary says so, too.
    """
    first = _empty(generation, "nothing can be said yet")
    known = before.get("phase", UNKNOWN) != UNKNOWN and "summary" in before
    summary = unseen(before["summary"]) if known else first["summary"]
    said = before.get("conditions") or ()
    for kind in (conditions.READY, conditions.RESTORED):
        unknown = conditions.condition(generation, kind, UNKNOWN, reasons.CANNOT_READ, why)
        said = conditions.set_condition(said, unknown, now)
    return first | dict(before) | {"summary": summary, "conditions": said}


def not_looked_after(
    generation: int, where: ZoneInfo, before: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Return the status of a campaign whose targets have all been given back, with no operator."""
    summary = f"not looked after since {airs_at(now, where)}"
    said = before.get("conditions") or ()
    for kind in (conditions.STOPPED, conditions.CONTESTED, conditions.CLOCK_SKEW):
        said = conditions.drop_condition(said, kind)
    why = "no operator looks after it since `onair restore` has given everything back"
    unknown = conditions.condition(generation, conditions.READY, UNKNOWN, reasons.NO_OPERATOR, why)
    said = conditions.set_condition(said, unknown, now)
    restored = conditions.get_condition(said, conditions.RESTORED)
    if restored.get("reason") != reasons.LEDGER_DAMAGED:  # of that one nobody knows what was back
        summary += "; everything is as its owner set it"
        why = "every number is its owner's"
        back = conditions.condition(generation, conditions.RESTORED, "True", reasons.RESTORED, why)
        said = conditions.set_condition(said, back, now)
    kept = {field: before[field] for field in ON_THE_CALENDAR if field in before}
    return _empty(generation, summary) | kept | {"conditions": said}


def _empty(generation: int, summary: str) -> dict[str, Any]:
    cells = {"next": "-", "peak": "-", "ready": "-", "summary": summary}
    return CampaignStatus(observed_generation=generation, phase=UNKNOWN, **cells).manifest()
