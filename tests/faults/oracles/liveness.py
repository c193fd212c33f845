"""L1 to L3, S7 and S8: what is desired comes about, in time, and then nothing is written."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.faults.evidence import Evidence, Violation
from tests.faults.trails import changes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tests.faults.stories import Duty
    from tests.faults.trails import Trail

AT_MOST = timedelta(seconds=5)
"""L2 asks for 2 s at the 99th percentile, which the report shows; one run has this long."""

BACK_WITHIN = timedelta(seconds=5)
"""L2: real time until a floor is back that somebody else has lowered."""

FALLS_WITHIN = timedelta(seconds=10)
"""L3: real time within which numbers follow a fall of their floor."""

BY_THE_CLOCK = ("events", "leases")
"""The Lease is renewed for ever; and a process that starts within ten seconds of a moment judges it
and tells of it, which is the ten minutes before its start at the speed of these stories."""


def reached_and_stayed(evidence: Evidence) -> Iterator[Violation]:
    """L1: in the end every number is its owner's, nothing is held, and it is said."""
    if evidence.settled is None:
        yield Violation("L1", "not everything was back in time: see the status that is left")
    for duty in evidence.story.duties:
        points = evidence.trail(duty).points
        last = points[-1].numbers if points else None
        if last != duty.final:
            yield Violation("L1", f"{duty.name} is left at {last}, not at {duty.final}")


def raised_on_time(evidence: Evidence) -> Iterator[Violation]:
    """L2: each rise is in place soon after its minute, or after the outage that it fell into."""
    for name, lateness in latenesses(evidence):
        if lateness is None or lateness > AT_MOST.total_seconds():
            late = "never" if lateness is None else f"{lateness:.1f} s late"
            yield Violation("L2", f"{name} was raised {late}")


def reasserted(evidence: Evidence) -> Iterator[Violation]:
    """L2: a floor that somebody else has lowered is back soon."""
    for duty in evidence.story.duties:
        trail = evidence.trail(duty)
        for point in trail.points:
            floor = duty.floor(evidence.minute(point.at))
            if point.ours or not point.numbers or not 0 < point.numbers[0] < floor:
                continue
            due = evidence.due(point.at) + BACK_WITHIN
            if evidence.minute(due) < duty.floors[-1][0] and not _has_floor(evidence, duty, due):
                yield Violation("L2", f"{duty.name} was lowered by others and not raised again")


def latenesses(evidence: Evidence) -> Iterator[tuple[str, float | None]]:
    """Yield each rise: whose, and by how many seconds it was late; None if it never came."""
    for duty in evidence.story.duties:
        trail = evidence.trail(duty)
        for minute, floor in duty.rises():
            planned = evidence.real(minute)
            due = evidence.due(planned)
            late = _raised_after(trail, due, floor)
            if late is None and due != planned and not _lasts(evidence, duty, due, floor):
                continue  # it was over again before the operator had to be there
            yield duty.name, late


def given_back(evidence: Evidence) -> Iterator[Violation]:
    """L3: when a floor falls the numbers follow, later at most by the outages."""
    for duty in evidence.story.duties:
        trail = evidence.trail(duty)
        for minute, floor in duty.falls():
            by = evidence.real(minute) + evidence.outage() + FALLS_WITHIN
            point = trail.at(by)
            most = max(floor, point.owner[0]) if point else 0
            if by <= evidence.ended and point and point.numbers and point.numbers[0] > most:
                text = f"{duty.name} is at {point.numbers[0]}, {by:%H:%M:%S} after {minute}"
                yield Violation("L3", f"{text}: {most} would do")


def no_fights(evidence: Evidence) -> Iterator[Violation]:
    """S7: once everything is back nothing is written to any object."""
    if evidence.settled is None:
        return
    for request in evidence.ours():
        if (
            request.at > evidence.settled
            and changes(request)
            and request.resource not in BY_THE_CLOCK
        ):
            text = f"{request.verb} {request.resource}/{request.subresource} {request.name}"
            yield Violation("S7", f"{text} although everything was back")


def kept_running(evidence: Evidence) -> Iterator[Violation]:
    """S8: no object and no fault makes the process end, but those that kill it."""
    for said in evidence.exits:
        yield Violation("S8", f"the operator ended by itself: {said}")


def _has_floor(evidence: Evidence, duty: Duty, instant: datetime) -> bool:
    point = evidence.trail(duty).at(instant)
    floor = duty.floor(evidence.minute(instant))
    return point is not None and (not point.numbers or point.numbers[0] >= floor)


def _lasts(evidence: Evidence, duty: Duty, due: datetime, floor: int) -> bool:
    return duty.floor(evidence.minute(due + AT_MOST)) >= floor


def _raised_after(trail: Trail, due: datetime, floor: int) -> float | None:
    standing = trail.at(due)
    if standing and standing.numbers and standing.numbers[0] >= floor:
        return 0.0
    for point in trail.points:
        if point.at > due and point.numbers and point.numbers[0] >= floor:
            return (point.at - due).total_seconds()
    return None
