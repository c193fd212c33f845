"""`onair stop --now`: what a campaign alone has raised ends without its cool-down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onair.model import reasons
from onair.plan.floors import floor_in_force
from onair.plan.situation import Annotate, Confirm, Decision

if TYPE_CHECKING:
    from onair.plan.ledger import Notes
    from onair.plan.situation import Situation


def ended_at_once(situation: Situation) -> Decision | None:
    """Leave out of a cool-down the campaigns that are to end at once; it takes proof, as any end.

    Floors that others need are in the plan, and stay.
    """
    entry = situation.entry
    if entry is None or entry.notes.changed is None:
        return None
    if situation.at_once.isdisjoint(dict(entry.notes.campaigns)):
        return None
    floor = floor_in_force(situation)
    if not situation.proven or situation.confirmed is None:
        proof = Confirm() if situation.proven else None
        return Decision(reasons.HOLDING, "a stop awaits its proof", proof, floor=floor)
    step = Annotate(entry, _left(situation, entry.notes))
    return Decision(reasons.HOLDING, step=step, floor=floor)


def _left(situation: Situation, notes: Notes) -> Notes:
    """Return the notes without what ends at once.

    If nothing else has changed since the plan that asked for the floor, no cool-down is left at
    all, and who ended keeps its name on what is to be given back. Otherwise the whole floor goes on
    to cool down, as those do whose ends were part of it.
    """
    others = tuple(held for held in notes.campaigns if held[0] not in situation.at_once)
    alone = notes.changed is not None and notes.changed.plan == situation.unhurried
    if others and not alone:
        return replace(notes, campaigns=others)
    return replace(notes, changed=None)
