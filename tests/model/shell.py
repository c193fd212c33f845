"""The shell around the decision: one step as `onair.apply` carries it out.

A request and its answer are one move: what others do in between is as if it had been done before
and not been seen yet. Each deletion of an Erase is a move of its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onair.apply import left_of_ours
from onair.plan import decide as deciding
from onair.plan.claims import live_limits
from onair.plan.ledger import entry_name
from onair.plan.observed import Autoscaler
from onair.plan.situation import Annotate, Confirm, Erase, Put, Record
from tests.model import requests
from tests.model.others import STALE
from tests.model.requests import RefusedError, in_words
from tests.model.situations import acknowledged, situation
from tests.model.states import Local, Move, Objects, Shared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onair.plan.ledger import Entry
    from onair.plan.observed import TargetKey
    from onair.plan.situation import Decision, Step


def decide(key: TargetKey, shared: Shared, local: Local) -> Decision:
    """Return what the operator decides on what its process has seen."""
    return deciding.decide(situation(key, shared, local))


def moves(key: TargetKey, shared: Shared, local: Local) -> Iterator[Move]:
    """Return the next request about a target: answered, or with its answer lost."""
    if local.seen is None:
        return
    if local.erasing:
        move = _delete(shared, local, local.seen, *local.erasing)
    else:
        step = decide(key, shared, local).step
        if step is None:
            return
        move = _carry_out(shared, local, local.seen, step)
    move = replace(move, local=_noted(key, move.local))
    yield move
    if move.local.there != local.there:
        unseen = replace(move.local, seen=local.seen, erasing=(), acknowledged="", blind=True)
        said = f"{move.said}; the answer is lost"
        yield replace(move, said=said, local=unseen, cost=STALE, needs=STALE)


def _noted(key: TargetKey, local: Local) -> Local:
    if not local.there.entries:
        return local
    plan = acknowledged(key)[local.there.entries[-1].notes.plan]
    either = tuple(once or now for once, now in zip(local.needed, plan, strict=True))
    return replace(local, needed=either)


def _carry_out(shared: Shared, local: Local, seen: Objects, step: Step) -> Move:
    match step:
        case Record(entry=entry):
            move = _record(shared, local, seen, entry)
        case Annotate():
            move = _annotate(shared, local, seen, step)
        case Put() if seen.entries and seen.entries[-1].name != local.acknowledged:
            move = _read_entry(shared, local, seen)
        case Put():
            move = _put(shared, local, seen, step)
        case Confirm():
            move = _confirm(shared, local)
        case Erase(entry=entry):
            move = _look_before_erasing(shared, local, seen, entry)
        case _:
            move = _release(shared, local, seen)
    return move


def _confirm(shared: Shared, local: Local) -> Move:
    campaigns, now = shared.campaigns, shared.now
    confirmed = replace(shared, seen=campaigns, confirmed=now, blind=False)
    return Move("list the campaigns uncached", confirmed, local)


def _release(shared: Shared, local: Local, seen: Objects) -> Move:
    said = "take the marks off"
    if _numbers(local.there) != _numbers(seen):
        return _target_read(said, shared, local, seen)
    there = requests.release(local.there)
    after = replace(local, there=there, seen=seen.with_steered(there.steered))
    return Move(said, shared, after, ours=True)


def _numbers(objects: Objects) -> tuple[object, ...]:
    """Return what an uncached look at a target compares: numbers, wishes and marks."""
    steered = objects.steered
    if isinstance(steered, Autoscaler):
        wishes = steered.minimum.wish, steered.maximum.wish
        return live_limits(steered), *wishes, steered.annotated
    return live_limits(steered), steered.replicas.wish


def _target_read(said: str, shared: Shared, local: Local, seen: Objects) -> Move:
    """An uncached look at the target shows something else than what the decision was made on."""
    read = replace(local, seen=seen.with_steered(local.there.steered))
    return Move(f"{said}: has changed, read again", shared, read)


def _record(shared: Shared, local: Local, seen: Objects, entry: Entry) -> Move:
    said = f"record {entry.name[-1]}: baseline {in_words(entry.baseline)}"
    if _numbers(local.there) != _numbers(seen):
        return _target_read(said, shared, local, seen)
    try:
        there, acknowledged = requests.create(local.there, entry), entry.name
    except RefusedError:
        there, acknowledged = local.there, local.acknowledged
        said = f"{said}: exists already"
    known = _with_entry(seen.with_steered(there.steered), there, entry.name)
    after = replace(local, there=there, seen=known, acknowledged=acknowledged)
    return Move(said, shared, after, ours=True)


def _annotate(shared: Shared, local: Local, seen: Objects, step: Annotate) -> Move:
    name, notes = step.entry.name, step.notes
    said = f"note in {name[-1]}: {notes.state}, floor {notes.floor}"
    try:
        there = requests.annotate(local.there, step.entry, notes)
    except RefusedError:
        refused = replace(local, seen=_with_entry(seen, local.there, name), acknowledged="")
        return Move(f"{said}: refused, read again", shared, refused)
    after = replace(local, there=there, seen=_with_entry(seen, there, name))
    return Move(said, shared, after, ours=True)


def _read_entry(shared: Shared, local: Local, seen: Objects) -> Move:
    """No number is written on the word of an entry that only a list or a watch has told of."""
    newest = seen.entries[-1]
    following = entry_name(newest.steered.uid, newest.sequence + 1)
    read = _with_entry(_with_entry(seen, local.there, newest.name), local.there, following)
    known = newest.name if read == seen else ""
    said = f"read {newest.name[-1]}" if known else f"read {newest.name[-1]}: has changed"
    return Move(said, shared, replace(local, seen=read, acknowledged=known))


def _with_entry(seen: Objects, there: Objects, name: str) -> Objects:
    found = there.entry(name)
    return seen.with_entry(found) if found else seen.without(name)


def _put(shared: Shared, local: Local, seen: Objects, step: Put) -> Move:
    said = f"write {in_words(step.after)} over {in_words(step.before)}"
    try:
        there = requests.put(local.there, seen, step)
    except RefusedError:
        there, said = local.there, f"{said}: refused, read again"
    after = replace(local, there=there, seen=seen.with_steered(there.steered))
    return Move(said, shared, after, ours=True)


def _look_before_erasing(shared: Shared, local: Local, seen: Objects, entry: Entry) -> Move:
    """Read the steered object and the entries, all uncached."""
    there = local.there
    doubted = replace(local, acknowledged="", seen=seen.with_steered(there.steered))
    if _numbers(there) != _numbers(seen):
        return _target_read("do not erase", shared, doubted, seen)
    ours = left_of_ours(there.steered, entry)
    if ours:
        return Move(f"do not erase: {ours} is ours", shared, doubted)
    if there.entry(entry_name(entry.steered.uid, entry.sequence + 1)):
        return _entry_read(shared, doubted, entry)
    older = (each for each in there.entries if each.sequence < entry.sequence)
    return Move("begin to erase", shared, replace(doubted, erasing=(*older, entry)))


def _entry_read(shared: Shared, local: Local, entry: Entry) -> Move:
    """What is to be erased is not what the decision was made on."""
    seen = _with_entry(local.seen or local.there, local.there, entry.name)
    told = f"do not erase {entry.name[-1]}: has changed, read again"
    return Move(told, shared, replace(local, seen=seen, erasing=()))


def _delete(shared: Shared, local: Local, seen: Objects, entry: Entry, *following: Entry) -> Move:
    try:
        there = requests.delete(local.there, entry)
    except RefusedError:
        return _entry_read(shared, local, local.erasing[-1])
    after = replace(local, there=there, seen=seen.without(entry.name), erasing=following)
    return Move(f"delete {entry.name[-1]}", shared, after, ours=True)
