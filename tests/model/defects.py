"""Slips of the kind that lose an owner's numbers, each put into the operator or its shell.

What a slip replaces is named, so a change of the operator cannot turn it into nothing unnoticed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from onair.plan import decide as deciding
from onair.plan import release, wanted
from onair.plan.claims import live_limits
from onair.plan.situation import Annotate, Decision, Erase, Put, Record, put
from tests.model import requests, shell
from tests.model.evening import INSTANTS, at
from tests.model.runs import LAST_HOUR
from tests.model.states import Budget, Shared

if TYPE_CHECKING:
    from types import ModuleType

    from onair.plan.ledger import Entry
    from onair.plan.observed import Limits
    from onair.plan.situation import Situation
    from tests.model.states import Objects

ALL_EVENING = Shared((True, True, True))
MATCH_UNLISTED = Shared(
    (False, True, False), now=INSTANTS.index(at("20:05")), old=(False,) * 3, keeps_old=True
)

DECIDE = deciding.decide
PUT = requests.put


@dataclass(frozen=True, slots=True)
class Defect:
    """A slip: what it replaces with what, the property that breaks, and what it takes to see it.

    `beginning` is how the evening begins; most are seen in the last hour of it.
    """

    name: str
    broken: str
    budget: Budget
    replaced: tuple[tuple[ModuleType, str, Any], ...]
    beginning: Shared = LAST_HOUR


def _raise_before_recording(situation: Situation) -> Decision:
    decision = DECIDE(situation)
    steered = situation.steered
    if not isinstance(decision.step, Record) or steered is None:
        return decision
    first = decision.step.entry.notes.written[-1].limits
    step = put(steered, live_limits(steered), first, "raised", first)
    return replace(decision, step=step)


def _take_every_change_for_the_owners(situation: Situation, entry: Entry) -> Limits | None:
    live = live_limits(situation.steered) if situation.steered else entry.baseline
    return None if live == entry.baseline else live


def _erase_instead_of_restoring(situation: Situation) -> Decision:
    decision = DECIDE(situation)
    if isinstance(decision.step, Put) and decision.floor == 0 and situation.entry:
        return replace(decision, step=Erase(situation.entry))
    return decision


def _take_any_view_for_proof(situation: Situation) -> Decision:
    return DECIDE(replace(situation, confirmed=situation.now))


def _write_over_anything(there: Objects, _: Objects, step: Put) -> Objects:
    return PUT(there, there, replace(step, before=live_limits(there.steered), version=""))


def _create_over_anything(there: Objects, entry: Entry) -> Objects:
    return there.with_entry(entry)


def _forget_the_limit(baseline: Limits, floor: int, most: int, *before: int) -> Limits:
    return wanted.wanted_limits(baseline, floor, 1000 * most, *before)


def _keep_the_maximum(_: Situation, entry: Entry, live: Limits) -> release.Back:
    return release.Back(replace(live, minimum=entry.baseline.minimum), "Restored")


def _rest_after_the_raise(situation: Situation) -> Decision:
    decision = DECIDE(situation)
    return replace(decision, step=None) if isinstance(decision.step, Annotate) else decision


DEFECTS = (
    Defect(
        "raises before it records",
        "S1",
        Budget(),
        ((deciding, "decide", _raise_before_recording),),
    ),
    Defect(
        "takes its own floor for the owner's edit",
        "S2",
        Budget(),
        ((deciding, "edited_baseline", _take_every_change_for_the_owners),),
    ),
    Defect(
        "records over an entry that exists",
        "S2",
        Budget(crashes=1, stale_reads=1),
        ((requests, "create", _create_over_anything),),
    ),
    Defect(
        "erases instead of restoring",
        "S3",
        Budget(),
        (
            (deciding, "decide", _erase_instead_of_restoring),
            (shell, "left_of_ours", lambda *_: ""),
        ),
    ),
    Defect(
        "takes an old list for proof",
        "S4",
        Budget(crashes=1, stale_reads=1),
        ((deciding, "decide", _take_any_view_for_proof),),
        MATCH_UNLISTED,
    ),
    Defect(
        "writes over what it has not read",
        "S4",
        Budget(edits=1),
        ((requests, "put", _write_over_anything),),
    ),
    Defect(
        "forgets the limit",
        "S5",
        Budget(),
        ((deciding, "wanted_limits", _forget_the_limit),),
        ALL_EVENING,
    ),
    Defect(
        "never gives the maximum back",
        "L1",
        Budget(),
        ((release, "_what_can_go_back", _keep_the_maximum),),
    ),
    Defect(
        "forgets what the clamp guards",
        "L1",
        Budget(edits=1),
        ((deciding, "marked", lambda *_: None),),
    ),
    Defect(
        "never notes that it has raised",
        "L1",
        Budget(),
        ((deciding, "decide", _rest_after_the_raise),),
    ),
)
