"""S6: what we write is ours to write, and nothing else changes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.faults.evidence import Evidence, Violation
from tests.faults.trails import PLURALS, changes, version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.audit import Request

Body = dict[str, Any]

ALLOWED = {
    ("patch", "campaigns", "status"),
    ("patch", "deployments", "scale"),
    ("patch", "statefulsets", "scale"),
    ("patch", "horizontalpodautoscalers", ""),
    ("create", "controllerrevisions", ""),
    ("patch", "controllerrevisions", ""),
    ("delete", "controllerrevisions", ""),
    ("create", "events", ""),
    ("patch", "events", ""),
    ("create", "leases", ""),
    ("update", "leases", ""),
    ("patch", "leases", ""),
}
"""Verb, resource and subresource of every write that OnAir has to make (reliability.md, 4)."""

HPAS = "horizontalpodautoscalers"
OF_THE_SERVER = ("resourceVersion", "generation", "managedFields")
OURS = "onair.dev/"


def kept_to_itself(evidence: Evidence) -> Iterator[Violation]:
    """S6: writes touch the kinds and names that a campaign has named, and nothing else."""
    steered = {(PLURALS[duty.kind], duty.name) for duty in evidence.story.duties}
    for request in filter(changes, evidence.ours()):
        what = f"{request.verb} {request.resource}/{request.subresource} {request.name}"
        if (request.verb, request.resource, request.subresource) not in ALLOWED:
            yield Violation("S6", f"{what} is nothing that OnAir may do")
        about = (request.resource, request.name)
        if request.resource in PLURALS.values() and about not in steered:
            yield Violation("S6", f"{what} is no target of this story")


def changed_only_limits(evidence: Evidence) -> Iterator[Violation]:
    """S6: of an HPA only the limits, our annotations and our managedFields entry change."""
    for duty in evidence.story.duties:
        if duty.kind != "HorizontalPodAutoscaler":
            continue
        before: Body | None = None
        for request in _writes_to(evidence, duty.name):
            after = _foreign_part(request.answer)
            if request.user == evidence.user and before is not None and before != after:
                yield Violation("S6", f"more than limits of {duty.name} changed: {request.sent}")
            before = after


def _writes_to(evidence: Evidence, name: str) -> list[Request]:
    about = [
        request
        for request in evidence.requests
        if (request.resource, request.name) == (HPAS, name)
        and changes(request)
        and request.verb != "delete"
    ]
    return sorted(about, key=version)


def _foreign_part(body: Body) -> Body:
    """Return what of an HPA we must never touch."""
    metadata, spec = dict(body["metadata"]), dict(body["spec"])
    for field in OF_THE_SERVER:
        metadata.pop(field, None)
    annotations = metadata.pop("annotations", None) or {}
    kept = {key: text for key, text in annotations.items() if not key.startswith(OURS)}
    for field in ("minReplicas", "maxReplicas"):
        spec.pop(field, None)
    return {"metadata": metadata, "annotations": kept, "spec": spec}
