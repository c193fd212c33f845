"""S1 to S3: the ledger has what the owner had, before the first change and until after the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.evidence import Evidence, Violation
from tests.faults.trails import PLURALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.ledgers import Life
    from tests.faults.trails import Point, Trail


def captured_first(evidence: Evidence) -> Iterator[Violation]:
    """S1: no number of ours stands without an acknowledged entry for that UID."""
    for trail, point in _raised(evidence):
        if not _standing(evidence, point):
            yield Violation("S1", f"{_said(trail, point)} without a ledger entry")


def written_once(evidence: Evidence) -> Iterator[Violation]:
    """S2: what was captured is the owner's, stays as it is, and its history stays with it."""
    for trail, point in _raised(evidence):
        standing = _standing(evidence, point)
        newest = max(standing, key=lambda life: life.sequence, default=None)
        if newest and newest.baseline != point.owner:
            text = f"{_said(trail, point)}, the ledger says {newest.baseline}, not {point.owner}"
            yield Violation("S2", text)
    for life in evidence.lives:
        if life.rewritten:
            yield Violation("S2", f"the data of {life.name} were changed")
        if life.sequence and not _history_is_kept(evidence, life):
            yield Violation("S2", f"{life.name} outlives the revision before it")


def erased_last(evidence: Evidence) -> Iterator[Violation]:
    """S3: an entry goes only when an uncached GET has shown the owner's numbers in place."""
    trails = [evidence.trail(duty) for duty in evidence.story.duties]
    for life in evidence.lives:
        if life.erased is None or life.erased.user != evidence.user:
            continue
        for trail in trails:
            point = trail.at(life.erased.at)
            if point is None or point.uid != life.steered or point.numbers is None:
                continue
            if point.numbers != point.owner:
                text = f"{life.name} was erased at {point.numbers}, the owner's are {point.owner}"
                yield Violation("S3", text)
            elif not _looked(evidence, trail, point, life):
                yield Violation("S3", f"{life.name} was erased without an uncached look")


def _raised(evidence: Evidence) -> Iterator[tuple[Trail, Point]]:
    """Yield each change of ours after which numbers are not the owner's."""
    for duty in evidence.story.duties:
        trail = evidence.trail(duty)
        yield from ((trail, p) for _, p in trail.ours() if p.numbers not in {None, p.owner})


def _standing(evidence: Evidence, point: Point) -> list[Life]:
    """Return the entries for a UID that were there when a write was carried out."""
    return [
        life
        for life in evidence.lives
        if life.steered == point.uid
        and life.version < point.version
        and (life.erased is None or life.erased.at > point.at)
    ]


def _history_is_kept(evidence: Evidence, life: Life) -> bool:
    earlier = [
        known
        for known in evidence.lives
        if known.steered == life.steered
        and known.sequence == life.sequence - 1
        and known.version < life.version
    ]
    if not earlier:
        return False
    gone = earlier[-1].erased
    return gone is None or gone.at > life.created.at


def _looked(evidence: Evidence, trail: Trail, point: Point, life: Life) -> bool:
    """Tell whether we read the object itself between its last change and the deletion."""
    return any(
        request.verb == "get"
        and (request.resource, request.name) == (PLURALS[trail.kind], trail.name)
        and life.erased is not None
        and point.at <= request.at <= life.erased.at
        for request in evidence.ours()
    )


def _said(trail: Trail, point: Point) -> str:
    return f"{trail.kind} {trail.name} was written {point.numbers} at {point.at:%H:%M:%S.%f}"
