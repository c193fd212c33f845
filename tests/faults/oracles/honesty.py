"""L4 and L5: campaigns can always be deleted, and what they say is true."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.faults.evidence import Evidence, Violation
from tests.faults.trails import PLURALS, changes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tests.e2e.audit import Request
    from tests.faults.stories import Duty

Body = dict[str, Any]

TRUE_WITHIN = timedelta(seconds=3)
"""How old a truth may be, real time: L5 asks for 10 s, but at this speed no floor lasts as long."""


def deletable(evidence: Evidence) -> Iterator[Violation]:
    """L4: nothing keeps a campaign from being deleted at once."""
    for request in evidence.requests:
        if request.resource != "campaigns" or not changes(request):
            continue
        metadata = (request.answer or {}).get("metadata") or {}
        if metadata.get("finalizers") or metadata.get("deletionTimestamp"):
            yield Violation("L4", f"{request.name} has finalizers or waits for its deletion")


def observed_what_is_there(evidence: Evidence) -> Iterator[Violation]:
    """L5: every condition carries the generation that it is about, and not an old one."""
    edits = [request for request in _of_campaigns(evidence) if not request.subresource]
    for request in _statuses(evidence):
        status = request.answer["status"]
        own = (_observed(c) for c in status.get("conditions") or ())
        for observed in (_observed(status), *own):
            if observed is None or observed > _generation(request):
                yield Violation("L5", f"{request.name} says generation {observed} of itself")
        if evidence.due(request.at) != request.at:
            continue  # it cannot know better
        own_edits = [edit for edit in edits if edit.name == request.name]
        known = [e for e in own_edits if evidence.due(e.at) + TRUE_WITHIN <= request.at]
        if known and (_observed(status) or 0) < _generation(known[-1]):
            yield Violation("L5", f"{request.name} speaks of an old generation")


def ready_only_when_met(evidence: Evidence) -> Iterator[Violation]:
    """L5: Ready=True never stands beside an unmet floor."""
    for duty in evidence.story.duties:
        ready = _ready(evidence, duty)
        for request in _statuses(evidence):
            if request.name not in duty.campaigns or not _says_ready(request.answer["status"]):
                continue
            if evidence.due(request.at) != request.at:
                continue  # it cannot know better
            if _unmet(evidence, duty, ready, request.at):
                minute = evidence.minute(request.at)
                text = f"{request.name} is Ready at minute {minute:.1f}, {duty.name} is not"
                yield Violation("L5", text)


def _unmet(evidence: Evidence, duty: Duty, ready: list[tuple[datetime, int]], at: datetime) -> bool:
    """Tell whether a floor has been unmet for longer than a truth may be old."""
    since = at - TRUE_WITHIN
    floor = min(duty.floor(evidence.minute(since)), duty.floor(evidence.minute(at)))
    known = [count for when, count in ready if when <= since][-1:]
    during = [count for when, count in ready if since < when <= at]
    return floor > 0 and max((*known, *during), default=0) < floor


def _ready(evidence: Evidence, duty: Duty) -> list[tuple[datetime, int]]:
    return [
        (request.at, request.answer["status"].get("readyReplicas", 0))
        for request in evidence.requests
        if (request.resource, request.name) == (PLURALS[duty.workload], duty.name)
        and changes(request)
        and request.answer.get("kind") == duty.workload
        and "status" in request.answer
    ]


def _of_campaigns(evidence: Evidence) -> list[Request]:
    about = [r for r in evidence.requests if r.resource == "campaigns" and changes(r)]
    return [request for request in about if request.verb != "delete"]


def _statuses(evidence: Evidence) -> list[Request]:
    return [
        request
        for request in _of_campaigns(evidence)
        if request.subresource == "status" and request.user == evidence.user
    ]


def _generation(request: Request) -> int:
    return int(request.answer["metadata"]["generation"])


def _observed(part: Body) -> int | None:
    return part.get("observedGeneration")


def _says_ready(status: Body) -> bool:
    conditions = status.get("conditions") or ()
    return any((c["type"], c["status"]) == ("Ready", "True") for c in conditions)
