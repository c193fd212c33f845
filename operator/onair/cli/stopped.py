"""What follows when a campaign is suspended, in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from onair.cli.texts import counted
from onair.cli.times import shown
from onair.model import names
from onair.plan.ledger import Entry, State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from onair.plan.observed import TargetKey
    from onair.world import World


def follows(world: World, campaign: str, at: datetime, where: ZoneInfo | None) -> Iterator[str]:
    """Yield what becomes of each target that a campaign (namespace/name) holds.

    `where` is the zone of the instants, None if there is no cool-down.
    """
    nothing = True
    for key in sorted(world.held_targets()):
        entry = world.entry(key)
        if isinstance(entry, Entry) and campaign in dict(entry.notes.campaigns):
            nothing = False
            yield f"{key.kind} {key.namespace}/{key.name}: {_ends(entry, campaign, at, where)}"
    if nothing:
        yield "Nothing is held for it."


def unknown(world: World) -> Iterator[TargetKey]:
    """Yield the targets of which nobody knows for whom they are held."""
    for key in sorted(world.held_targets()):
        if not isinstance(world.entry(key), Entry):
            yield key


def taken_up(namespace: str, name: str, *, at_once: bool) -> str:
    """Return the command that takes a campaign up again as if it had not been stopped."""
    patch: dict[str, object] = {"spec": {"suspend": False}}
    if at_once:
        patch["metadata"] = {"annotations": {names.STOP: None}}
    where = f"kubectl -n {namespace} patch campaign {name}"
    return f"{where} --type=merge --patch '{json.dumps(patch)}'"


def _ends(entry: Entry, campaign: str, at: datetime, where: ZoneInfo | None) -> str:
    notes = entry.notes
    if notes.state is not State.RAISED:
        return "is not raised for it"
    if not notes.floor:
        return "is being given back already"
    others = [name for name, _ in notes.campaigns if name != campaign]
    left = f"to what {' and '.join(others)} needs" if others else "to what its owner had set"
    floor = f"its floor of {counted(notes.floor, 'replica')}"
    if where is None:
        falls = f"{floor} falls {left} as soon as the operator sees the stop"
        if not others or notes.changed is None:
            return falls
        return (
            f"{falls} if nothing else is cooling down there; if another edit or deletion is, it"
            " begins to cool down anew instead"
        )
    helds = [held for _, held in notes.campaigns]
    begins, over = (
        shown(at + max(lengths), where)
        for lengths in ([held.hold for held in helds], [held.length for held in helds])
    )
    return f"{floor} stays until {begins} and has fallen {left} at {over}"
