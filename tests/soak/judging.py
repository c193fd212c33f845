"""Judges a soak: the oracles of the fault suite at each target by itself, and rules for all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.faults.evidence import Evidence, Violation
from tests.faults.ledgers import lives
from tests.faults.oracles import capture, floors, honesty, isolation, liveness
from tests.faults.stories import Duty, Story
from tests.faults.trails import PLURALS, changes
from tests.soak import rules
from tests.soak.course import SETS
from tests.soak.needs import steps
from tests.soak.stage import CAP, HOME, OWNED, USER, place, steered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from onair.clock import Clock
    from tests.e2e.audit import Request
    from tests.faults.evidence import Outage
    from tests.faults.trails import Numbers
    from tests.soak.gathered import Gathered
    from tests.soak.needs import Excuses, Told

Body = dict[str, Any]

OF_A_TARGET = (
    capture.captured_first,
    capture.written_once,
    capture.erased_last,
    floors.never_lowered_on_air,
    floors.ceiling_never_falls,
    floors.proven_before_lowering,
    floors.bounded,
    isolation.changed_only_limits,
    liveness.reached_and_stayed,
)
OF_ALL = (
    isolation.kept_to_itself,
    liveness.no_fights,
    liveness.kept_running,
    honesty.deletable,
)


@dataclass(frozen=True, slots=True)
class Played:
    """What a soak has left behind; `told` is what people said of the campaigns of each set.

    `starved` is when the machine was too busy, which is excused, too; `edited` are the numbers, by
    kind and name, that owners have changed; `settled`, `ended`, `exits` and `left` are as in the
    evidence of a story.
    """

    clock: Clock
    start: datetime
    told: Mapping[int, tuple[Told, ...]]
    excuses: Excuses
    starved: tuple[Outage, ...]
    edited: Mapping[tuple[str, str], Numbers]
    settled: datetime | None
    ended: datetime
    exits: tuple[str, ...]
    left: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is broken, and by how many seconds each rise was late that no fault excuses."""

    violations: tuple[Violation, ...]
    lateness: tuple[float, ...]


def judge(played: Played, gathered: Gathered) -> Verdict:
    """Judge a soak by the requests of its audit log."""
    whole = _whole(played, gathered)
    found = [violation for oracle in OF_ALL for violation in oracle(whole)]
    found += [*rules.unmarked(played.left), *rules.written_once(gathered.ours)]
    late: list[float] = []
    entries = gathered.by_uid()
    for number in range(SETS):
        told = played.told.get(number, ())
        for target in steered(number):
            about = gathered.steered[PLURALS[target[0]], target[1]]
            requests = (*about, *_ledger(about, entries), *gathered.lists[place(number)])
            duty = _duty(whole, played, told, target)
            verdict = judge_target(whole, played, told, duty, requests)
            found += verdict.violations
            late += verdict.lateness
    return Verdict(tuple(found), tuple(late))


def judge_target(
    whole: Evidence, played: Played, told: tuple[Told, ...], duty: Duty, requests: Iterable[Request]
) -> Verdict:
    """Judge one target: by the requests about it and its ledger entries, and the lists of needs."""
    story = replace(whole.story, duties=(duty,))
    requests = tuple(requests)
    evidence = replace(whole, story=story, requests=requests, lives=tuple(lives(requests)))
    trail, start, excuses = evidence.trail(duty), played.start, played.excuses
    found = [violation for oracle in OF_A_TARGET for violation in oracle(evidence)]
    found += rules.held(trail, told, start, excuses)
    found += rules.restored(trail, told, start, played.ended, excuses)
    return Verdict(tuple(found), tuple(rules.latenesses(trail, told, start, excuses)))


def _whole(played: Played, gathered: Gathered) -> Evidence:
    every = [target for number in range(SETS) for target in steered(number)]
    duties = tuple(Duty(kind, name, (), OWNED[kind]) for kind, name in every)
    return Evidence(
        story=Story("soak", (), lambda _: (), duties),
        namespace=HOME,
        user=USER,
        clock=played.clock,
        start=played.clock.calendar + (played.start - played.clock.real) * played.clock.speed,
        requests=(*gathered.ours, *gathered.campaigns),
        lives=(),
        acted=(),
        outages=(),
        blind=False,
        settled=played.settled and played.excuses.on_time(played.settled),
        ended=played.ended,
        exits=played.exits,
        left=(),
        told=(),
    )


def _duty(whole: Evidence, played: Played, told: tuple[Told, ...], target: tuple[str, str]) -> Duty:
    needed = steps(told, played.start, played.excuses)
    heights = [(whole.minute(step.begin), step.floor) for step in needed]
    ends = [(whole.minute(step.end), 0) for step in needed[-1:]]
    kind, name = target
    return Duty(kind, name, (*heights, *ends), played.edited.get(target, OWNED[kind]), cap=CAP)


def _ledger(about: Iterable[Request], entries: Mapping[str, list[Request]]) -> list[Request]:
    """Return what was asked of the ledger entries of an object, whatever UIDs it has had."""
    uids = {r.answer["metadata"]["uid"] for r in about if changes(r) and r.answer}
    return [request for uid in uids for request in entries.get(uid, ())]
