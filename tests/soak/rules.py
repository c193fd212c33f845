"""Rules of reliability.md section 1, by what was needed for sure and what may have been."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.e2e.clamps import of_onair
from tests.faults.evidence import Violation
from tests.faults.ledgers import LEDGER
from tests.faults.oracles.liveness import AT_MOST
from tests.faults.trails import PLURALS, changes, version
from tests.soak.needs import Excuses, free, rises, steps
from tests.soak.stage import HPA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from tests.e2e.audit import Request
    from tests.faults.trails import Trail
    from tests.soak.needs import Told

Body = dict[str, Any]

RESTORED_WITHIN = timedelta(seconds=60)
"""L3: real time after the cool-down until the owner's numbers are back."""

EARLY = timedelta(seconds=30)
"""By how much a shifted date may bring a rise forward, which is no reason to complain."""

BRIEF = timedelta(seconds=2.5)
"""A little more than the grace in any step."""


def held(
    trail: Trail, told: Iterable[Told], start: datetime, excuses: Excuses
) -> Iterator[Violation]:
    """L2: a floor is there in time, and again in time when somebody else has lowered it."""
    lowered = [point.at for point in trail.points if not point.ours]
    for step in steps(told, start, excuses):
        for due in (step.begin, *(at for at in lowered if step.begin <= at < step.end)):
            by = excuses.on_time(excuses.on_time(due) + AT_MOST)
            point = trail.at(by)
            if by < step.end and point and point.numbers and point.numbers[0] < step.floor:
                text = f"{trail.name} is at {point.numbers[0]}, {_said(by, start)}"
                yield Violation("L2", f"{text}: {step.floor} were due {_said(due, start)}")


def restored(
    trail: Trail, told: Iterable[Told], start: datetime, ended: datetime, excuses: Excuses
) -> Iterator[Violation]:
    """L3: what nothing needs any more is its owner's again."""
    for begin, end in free(told, start, ended):
        by = excuses.made_up(begin, begin + RESTORED_WITHIN)
        point = trail.at(by)
        if by + EARLY < end and point and point.numbers != point.owner:
            text = f"{trail.name} is at {point.numbers}, {_said(by, start)}"
            yield Violation("L3", f"{text}, not at {point.owner}: free {_said(begin, start)}")


def latenesses(
    trail: Trail, told: Iterable[Told], start: datetime, excuses: Excuses
) -> Iterator[float]:
    """Yield by how many seconds each rise was late that no fault excuses; 0 if it was not."""
    told = tuple(told)
    known = steps(told, start, Excuses())
    for due in rises(told, start):
        floor = next((s.floor for s in known if s.begin <= due + BRIEF < s.end), 0)
        if not floor or excuses.aware(due - BRIEF) != due - BRIEF:
            continue
        standing = trail.at(due)
        if standing and standing.numbers and standing.numbers[0] >= floor:
            yield 0.0
            continue
        later = [p.at for p in trail.points if p.at > due and p.numbers and p.numbers[0] >= floor]
        yield from ((at - due).total_seconds() for at in later[:1])


def unmarked(left: Iterable[Body]) -> Iterator[Violation]:
    """L1: nothing of ours stays on anybody's object, where the API lets it be taken off."""
    for body in left:
        ours = of_onair(body)
        if body["kind"] != HPA:
            del ours["managers"]  # of a Scale: see docs/known-flaws.md
        if any(ours.values()):
            yield Violation("L1", f"{body['kind']} {body['metadata']['name']} still has {ours}")


def written_once(ours: Iterable[Request]) -> Iterator[Violation]:
    """S7: no write of ours to a target or the ledger leaves it as it was."""
    judged = {*PLURALS.values(), LEDGER}
    patched = Counter(
        (request.resource, request.name, version(request))
        for request in ours
        if request.resource in judged and request.verb == "patch" and changes(request)
    )
    for (resource, name, _), times in patched.items():
        if times > 1:
            yield Violation("S7", f"{resource} {name} was patched {times} times to the same")


def _said(instant: datetime, start: datetime) -> str:
    return f"at second {(instant - start).total_seconds():.1f}"
