"""S4 and S5: nothing is written below the floor or above the caps, and a need's end is proven."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.evidence import Evidence, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tests.faults.trails import Point


def never_lowered_on_air(evidence: Evidence) -> Iterator[Violation]:
    """S4: no write of ours goes below the owner's number or the floor of its instant."""
    for duty in evidence.story.duties:
        for _, point in evidence.trail(duty).ours():
            floor = duty.floor(evidence.minute(point.at))
            least = (max(point.owner[0], floor), max(point.owner[1] or 0, floor))
            if any(number < low for number, low in zip(_both(point), least, strict=True)):
                text = f"{_said(evidence, duty.name, point)}, floor {floor}, owner {point.owner}"
                yield Violation("S4", text)


def ceiling_never_falls(evidence: Evidence) -> Iterator[Violation]:
    """S4: while a floor is due no maximum of ours falls, which would cut at once (design, 5)."""
    for duty in evidence.story.duties:
        for before, point in evidence.trail(duty).ours():
            was, now = (numbers and numbers[1] for numbers in (before.numbers, point.numbers))
            if was and now and now < was and duty.floor(evidence.minute(point.at)):
                yield Violation("S4", f"{_said(evidence, duty.name, point)}, its ceiling was {was}")


def proven_before_lowering(evidence: Evidence) -> Iterator[Violation]:
    """S4: a need's end is believed only after an uncached list of the campaigns."""
    lists = [
        request.at
        for request in evidence.ours()
        if (request.verb, request.resource, request.code) == ("list", "campaigns", 200)
    ]
    for duty in evidence.story.duties:
        for before, point in evidence.trail(duty).ours():
            since = _to_be_proven_since(evidence, before, point)
            if since and not any(since <= listed <= point.at for listed in lists):
                text = f"{_said(evidence, duty.name, point)} without a list since {since:%H:%M:%S}"
                yield Violation("S4", text)


def bounded(evidence: Evidence) -> Iterator[Violation]:
    """S5: no write exceeds the target's maxReplicas, but where its owner does."""
    for duty in evidence.story.duties:
        for _, point in evidence.trail(duty).ours():
            most = max(duty.cap, *(number or 0 for number in point.owner))
            if max(number or 0 for number in point.numbers or ()) > most:
                yield Violation("S5", f"{_said(evidence, duty.name, point)}, at most {most}")


def _to_be_proven_since(evidence: Evidence, before: Point, point: Point) -> datetime | None:
    """Return since when a list is due before a write of ours; None if none is.

    Giving back the minimum takes one made since the last write; so does the first lowering after
    somebody has ended a need.
    """
    if not before.numbers or not point.numbers or point.numbers[0] >= before.numbers[0]:
        return None
    ends = [
        at
        for act, at in evidence.acted
        if act.ends_need and before.at <= at and evidence.due(at) <= point.at
    ]
    restored = [before.at] if point.numbers[0] == point.owner[0] else []
    return max((*ends, *restored), default=None)


def _both(point: Point) -> tuple[int, int]:
    """Return minimum and maximum; a workload has none, which counts as no limit."""
    minimum, maximum = point.numbers or (0, None)
    return minimum, 2**31 if maximum is None else maximum


def _said(evidence: Evidence, name: str, point: Point) -> str:
    return f"{name} was written {point.numbers} at minute {evidence.minute(point.at):.2f}"
