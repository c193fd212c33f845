"""What must hold: S1 to S5 after every move, and L1 wherever the operator has come to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onair.model.names import MANAGER
from onair.plan.claims import live_limits
from onair.plan.observed import Autoscaler, Limits
from tests.model.evening import CAPS, INSTANTS
from tests.model.requests import in_words
from tests.model.situations import floor

if TYPE_CHECKING:
    from onair.plan.observed import TargetKey
    from onair.plan.situation import Decision
    from tests.model.states import Local, Move, Objects, Shared


def broken_by(key: TargetKey, before: Local, move: Move) -> str:
    """Return which of S1 to S5 a move breaks and how, "" if none."""
    after = move.local
    found = [
        _replaced(before, after),
        _erased_early(before, after),
        _not_captured(after),
    ]
    if move.ours:
        found += [_lowered(key, move.shared, before, after), _unbounded(key, before, after)]
    return next(filter(None, found), "")


def _not_captured(local: Local) -> str:
    """S1: what differs from what its owner wants has an entry."""
    live, wish = live_limits(local.there.steered), local.wishes[-1]
    if live == wish or local.there.entries:
        return ""
    return f"S1: {in_words(live)} stands, its owner wants {in_words(wish)}, and there is no entry"


def _replaced(before: Local, after: Local) -> str:
    """S2: an entry's data stay; a new one has what its owner has set, and follows the others."""
    minimums = {wish.minimum for wish in after.wishes}
    maximums = {wish.maximum for wish in after.wishes}
    for entry in after.there.entries:
        known = before.there.entry(entry.name)
        if known and (known.baseline, known.usual) != (entry.baseline, entry.usual):
            return f"S2: the baseline {in_words(known.baseline)} became {in_words(entry.baseline)}"
        if entry.baseline.minimum not in minimums or entry.baseline.maximum not in maximums:
            return f"S2: {in_words(entry.baseline)} was captured, which no owner has ever set"
    return ""


def _erased_early(before: Local, after: Local) -> str:
    """S3: the newest entry goes last, and only when what stands is its owner's."""
    kept = {entry.name for entry in after.there.entries}
    gone = [entry for entry in before.there.entries if entry.name not in kept]
    if gone and kept and gone[-1].sequence > after.there.entries[-1].sequence:
        return "S3: an earlier revision outlives the newest"
    live, wish = live_limits(after.there.steered), after.wishes[-1]
    if gone and not kept and live != wish:
        return f"S3: erased while {in_words(live)} stands and its owner wants {in_words(wish)}"
    return ""


def _lowered(key: TargetKey, shared: Shared, before: Local, after: Local) -> str:
    """S4: no write goes below what the owner wants, nor below what is known to be needed.

    Known is a campaign that the ledger has noted; it is needed as long as it exists.
    """
    live = live_limits(after.there.steered)
    if live == live_limits(before.there.steered):
        return ""
    both = tuple(a and b for a, b in zip(before.needed, shared.campaigns, strict=True))
    least = max(after.wishes[-1].minimum, floor(key, both, shared.now))
    return f"S4: {live.minimum} written where {least} are needed" if live.minimum < least else ""


def _unbounded(key: TargetKey, before: Local, after: Local) -> str:
    """S5: no write goes above the cap, unless its owner is above it."""
    live, cap = live_limits(after.there.steered), CAPS[key]
    if live == live_limits(before.there.steered):
        return ""
    own = max(wish.maximum or wish.minimum for wish in after.wishes)
    most = max(cap, own)
    highest = live.maximum or live.minimum
    return f"S5: {highest} written where {most} are allowed" if highest > most else ""


def unmatched(key: TargetKey, shared: Shared, local: Local, decision: Decision) -> str:
    """Return how a target at rest falls short of L1, "" if it does not."""
    live, wish = live_limits(local.there.steered), local.wishes[-1]
    stopped = local.there.workload.replicas.value == 0
    due = floor(key, shared.campaigns, shared.now)
    entries = local.there.entries
    cooling = bool(entries) and entries[-1].notes.changed is not None
    least = max(wish.minimum, due)
    if live.minimum < least and not stopped:
        return f"L1: at rest at {in_words(live)} where {least} are needed: {decision.reason}"
    if live.minimum > least and not cooling and not stopped:
        return f"L1: at rest at {in_words(live)} where {least} would do: {decision.reason}"
    if due == 0 and not cooling and live != wish:
        return f"L1: at rest at {in_words(live)}, not {in_words(wish)} again: {decision.reason}"
    if due and not stopped and _guarded(local.there) < least:
        return f"L1: at rest with {_guarded(local.there)} guarded where {least} are needed"
    if shared.now == len(INSTANTS) - 1:
        return _left_behind(local.there, wish)
    return ""


def _guarded(there: Objects) -> int:
    """Return the minimum that a clamp guards; that of a workload is in its ledger entry."""
    steered = there.steered
    if isinstance(steered, Autoscaler):
        return steered.marks.minimum if steered.marks else 0
    return live_limits(steered).minimum


def _left_behind(there: Objects, wish: Limits) -> str:
    """In the end nothing of ours is left."""
    live, steered = live_limits(there.steered), there.steered
    if live != wish:
        return f"L1: {in_words(live)} is left for good, not {in_words(wish)}"
    if there.entries:
        return "L1: an entry is left for good"
    if not isinstance(steered, Autoscaler):
        return ""
    if steered.annotated or MANAGER in steered.minimum.managers | steered.maximum.managers:
        return "L1: marks are left for good"
    return ""
