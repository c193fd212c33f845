"""What is marked on an HPA: for whoever is on call, and for the clamp, which guards those limits.

A mark is what stands on air, not the floor where the owner has more: rungs of a climb below that
write nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onair.plan.observed import Autoscaler, Limits
from onair.plan.situation import Put, Situation, put

if TYPE_CHECKING:
    from onair.plan.ledger import Entry


def marked(situation: Situation, entry: Entry, wanted: Limits) -> Put | None:
    """Return the step that marks limits which stand without a write of ours, None if they are."""
    steered = situation.steered
    if steered is None or not lacks_marks(situation, wanted):
        return None
    return put(steered, wanted, wanted, held_text(situation, entry), wanted)


def lacks_marks(situation: Situation, guarded: Limits) -> bool:
    """Tell whether the clamp guards other limits of an HPA than these, and they may be marked now.

    Where no clamp is known to be in force marks protect nothing, and who strips them is left alone.
    """
    steered = situation.steered
    if not isinstance(steered, Autoscaler) or not situation.clamped or not situation.may_reassert:
        return False
    return steered.marks != guarded


def held_text(situation: Situation, entry: Entry) -> str:
    """Return the note for whoever is on call: for whom, until when, and what the owner had."""
    campaigns = ", ".join(name for name, _ in entry.notes.campaigns)
    until = max((held.end for _, held in entry.notes.campaigns), default=situation.now)
    was = f"min={entry.baseline.minimum} max={entry.baseline.maximum}"
    return f"{campaigns} until {until:%H:%MZ}, was {was}"
