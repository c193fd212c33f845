"""The decision about one target: an ordered list of checks, each of which may have the last word.

Level-triggered: a decision names the next single step, the shell executes it and asks again. So
every intermediate state that a crash can leave behind is one that is decided upon every day.
"""

from __future__ import annotations

from dataclasses import replace

from onair.model import reasons
from onair.plan.at_once import ended_at_once
from onair.plan.claims import (
    Claim,
    claim_on_minimum,
    edited_baseline,
    is_in_place,
    live_limits,
    wished_baseline,
)
from onair.plan.floors import (
    cooling,
    floor_in_force,
    is_over,
    is_wanted,
    next_change,
    next_rise,
)
from onair.plan.ledger import Changed, Entry, Notes, State, entry_name
from onair.plan.marks import held_text, marked
from onair.plan.observed import Limits
from onair.plan.observing import observed
from onair.plan.refusals import ledger_is_damaged, refused, stopped, workload_is_missing
from onair.plan.release import give_back
from onair.plan.rivals import is_undone, undone_by, writers_of
from onair.plan.situation import Annotate, Confirm, Decision, Erase, Record, Situation, put
from onair.plan.wanted import CAPTURE_AHEAD, wanted_limits


def decide(situation: Situation) -> Decision:
    """Return the next step for one target, or why there is none."""
    decisions = (check(situation) for check in CHECKS)
    decision = next(filter(None, decisions), Decision(reasons.NOTHING_DUE))
    return observed(situation, decision) if situation.observes else decision


def _entry_is_orphaned(situation: Situation) -> Decision | None:
    """The object that an entry speaks of is gone: nobody is left to give anything back to."""
    entry, steered = situation.entry, situation.steered
    if entry is None or steered is None or entry.steered.uid == steered.id.uid:
        return None
    if not situation.proven:
        return Decision(reasons.RESTORING, "not every list has been read yet")
    superseded = entry.steered.uid == entry.workload.uid and bool(situation.autoscalers)
    step = Erase(entry, superseded)
    return Decision(reasons.RESTORING, "something else steers it now", step=step)


def _plan_changed(situation: Situation) -> Decision | None:
    """An edit lowers nothing at once: the floor in force cools down from the instant it is seen."""
    entry = situation.entry
    if entry is None or entry.notes.plan == situation.plan:
        return None
    notes = entry.notes
    due, floor = situation.timeline.at(situation.now).floor, _floor_put(situation, entry)
    if due >= floor:
        renewed = replace(notes, plan=situation.plan, campaigns=situation.held, changed=None)
        return Decision(reasons.HOLDING, step=Annotate(entry, renewed), floor=due)
    if not situation.proven or situation.confirmed is None:
        step = Confirm() if situation.proven else None
        return Decision(reasons.HOLDING, "a change awaits its proof", step, floor=floor)
    since = max(filter(None, (situation.now, situation.keeps)))
    campaigns = dict(notes.campaigns) | dict(situation.held)
    lowered = replace(
        notes,
        plan=situation.plan,
        campaigns=tuple(sorted(campaigns.items())),
        changed=Changed(floor, since, "" if cooling(situation) else notes.plan),
    )
    return Decision(reasons.HOLDING, step=Annotate(entry, lowered), floor=floor)


def _floor_put(situation: Situation, entry: Entry) -> int:
    """Return the floor in place: as noted, or as written by a process that died before noting."""
    steered = situation.steered
    if steered is None or claim_on_minimum(situation, entry) is not Claim.OURS:
        return entry.notes.floor
    return max(entry.notes.floor, live_limits(steered).minimum)


def _capture(situation: Situation) -> Decision | None:
    steered, workload = situation.steered, situation.workload
    if situation.entry is not None or steered is None or workload is None:
        return None
    rise = next_rise(situation)
    if rise is None:
        return Decision(reasons.NOTHING_DUE)
    if situation.now < rise - CAPTURE_AHEAD:
        return Decision(reasons.NOTHING_DUE, wake=rise - CAPTURE_AHEAD)
    baseline = live_limits(steered)
    entry = Entry(
        name=entry_name(steered.id.uid, 0),
        resource_version="",
        sequence=0,
        workload=workload.id,
        steered=steered.id,
        baseline=baseline,
        usual=situation.usual,
        managers=writers_of(steered),
        notes=Notes(State.CAPTURED, situation.plan, 0, situation.now, situation.held),
    )
    first = _wanted_limits(situation, entry, situation.timeline.at(rise).floor)
    intent = entry.notes.with_write(first, rise)
    return Decision(reasons.HOLDING, step=Record(replace(entry, notes=intent)))


def _owner_edited(situation: Situation) -> Decision | None:
    """An owner's edit becomes the baseline in a revision of its own; history is kept."""
    entry, steered = situation.entry, situation.steered
    if entry is None or steered is None:
        return None
    over = is_over(situation) or not is_wanted(situation)
    baseline = (wished_baseline if over else edited_baseline)(situation, entry)
    if baseline in {None, entry.baseline}:
        return None
    sequence = entry.sequence + 1
    name = entry_name(entry.steered.uid, sequence)
    revision = replace(entry, name=name, sequence=sequence, baseline=baseline)
    revision = _without_owners_maximum(revision, entry.baseline)
    floor = floor_in_force(situation)
    wanted = _wanted_limits(situation, revision, floor)
    undone = is_undone(steered, wanted)
    decision = Decision(
        reasons.HOLDING,
        "the owner changed it",
        wake=next_change(situation),
        floor=floor,
        ceiling=wanted.maximum,
        rivals=undone_by(steered, wanted) if undone else (),
    )
    if not over and not situation.may_reassert and _is_in_force(entry, floor):
        return _reverted(decision) if undone else decision
    notes = revision.notes
    if over:
        notes = replace(notes, state=State.RAISED, settled=None)
    elif live_limits(steered) != wanted:
        # What stands from now on is noted anew; where it stood already, writing it is a repair.
        since = situation.now if _is_in_force(entry, floor) else notes.since
        notes = replace(notes.with_write(wanted, situation.now), since=since)
    managers = tuple(sorted({*entry.managers, *writers_of(steered)}))
    return replace(decision, step=Record(replace(revision, notes=notes, managers=managers)))


def _without_owners_maximum(revision: Entry, before: Limits) -> Entry:
    """Forget maxima that only repeated the owner's former one: they were no ceilings of ours."""
    if revision.baseline.maximum == before.maximum:
        return revision
    written = tuple(
        replace(write, limits=Limits(write.limits.minimum))
        if write.limits.maximum == before.maximum
        else write
        for write in revision.notes.written
    )
    return replace(revision, notes=replace(revision.notes, written=written))


def _hold(situation: Situation) -> Decision | None:
    entry, steered = situation.entry, situation.steered
    floor = floor_in_force(situation)
    if entry is None or steered is None or floor == 0:
        return None
    live, wanted = live_limits(steered), _wanted_limits(situation, entry, floor)
    known = Decision(
        reasons.HOLDING, wake=next_change(situation), floor=floor, ceiling=wanted.maximum
    )
    if live == wanted:
        notes = _after_write(situation, entry, floor)
        noted = Annotate(entry, notes) if notes != entry.notes else _retired(situation)
        return replace(known, step=noted or marked(situation, entry, wanted))
    if live.minimum > wanted.minimum and not situation.proven:
        return replace(known, message="not every list has been read yet")
    if entry.notes.state is State.RESTORED or not entry.notes.intends(wanted):
        intent = _begun_anew(entry.notes).with_write(wanted, situation.now)
        return replace(known, step=Annotate(entry, intent))
    first = entry.notes.state is not State.RAISED
    step = put(steered, live, wanted, held_text(situation, entry), wanted, first=first)
    if not _is_reassertion(entry, floor, wanted):
        return replace(known, step=step)
    reverted = _reverted(replace(known, rivals=undone_by(steered, wanted)))
    return replace(reverted, step=step if situation.may_reassert else None)


def _retired(situation: Situation) -> Annotate | None:
    """Return the step that takes the floor off an entry which an owner's edit has replaced.

    The clamp goes by every entry with a floor; only the newest one's is ever lowered.
    """
    standing = [entry for entry in situation.superseded if entry.notes.floor]
    return Annotate(standing[0], replace(standing[0].notes, floor=0)) if standing else None


def _give_back(situation: Situation) -> Decision | None:
    if situation.entry is None:
        return None
    return give_back(situation, situation.entry, next_rise(situation))


CHECKS = (
    ledger_is_damaged,
    workload_is_missing,
    _entry_is_orphaned,
    refused,
    stopped,
    _plan_changed,
    ended_at_once,
    _capture,
    _owner_edited,
    _hold,
    _give_back,
)


def _wanted_limits(situation: Situation, entry: Entry, floor: int) -> Limits:
    """Return the limits for a floor; a ceiling never falls within a hold, noted or not."""
    stands = entry.notes.state is State.RAISED or is_in_place(situation)
    before = [
        write.limits.maximum or 0
        for write in entry.notes.written
        if write.at <= situation.now and stands
    ]
    return wanted_limits(entry.baseline, floor, situation.most, *before)


def _begun_anew(notes: Notes) -> Notes:
    """Return the notes of a hold; one that was restored begins again, its ceilings forgotten."""
    if notes.state is not State.RESTORED:
        return notes
    return replace(notes, state=State.CAPTURED, written=(), settled=None)


def _after_write(situation: Situation, entry: Entry, floor: int) -> Notes:
    """Return the notes of a floor in force: what it is, and what will be written next."""
    notes = entry.notes
    fresh = any(notes.since < write.at <= situation.now for write in notes.written)
    if notes.state is not State.RAISED or notes.floor != floor or fresh:
        notes = replace(notes, state=State.RAISED, floor=floor, since=situation.now)
    if notes.changed is None and situation.held:
        notes = replace(notes, campaigns=situation.held)
    following = situation.timeline.next_change(situation.now)
    upcoming = situation.timeline.at(following).floor if following else 0
    if following is None or upcoming == 0:
        return notes
    limits = _wanted_limits(situation, replace(entry, notes=notes), upcoming)
    return notes if notes.intends(limits) else notes.with_write(limits, following)


def _is_reassertion(entry: Entry, floor: int, wanted: Limits) -> bool:
    """Tell whether these limits were in force already: somebody has undone them."""
    if not _is_in_force(entry, floor):
        return False
    notes = entry.notes
    return any(write.limits == wanted and write.at <= notes.since for write in notes.written)


def _is_in_force(entry: Entry, floor: int) -> bool:
    """Tell whether this floor has been in place, so that a write of it only repairs."""
    return entry.notes.state is State.RAISED and entry.notes.floor == floor


def _reverted(decision: Decision) -> Decision:
    """Return a decision that blames those who have undone the floor."""
    who = " and ".join(decision.rivals)
    message = f"{who} undid the floor, which is written again once a minute"
    return replace(decision, reason=reasons.REVERTED, message=message)
