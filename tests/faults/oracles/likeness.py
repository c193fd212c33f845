"""The same as without the fault: end state, ledger entries, and no number that was not written.

As in Sieve (OSDI'22), which finds nearly all of its bugs by comparing end states and the updates of
each object with those of the run without a fault.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from onair.model.names import MANAGER
from tests.faults.evidence import ON_TIME, Evidence, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.faults.trails import Numbers

Body = dict[str, Any]

OF_THE_RUN = ("creationTimestamp", "generation", "managedFields", "resourceVersion", "uid")
RULE = "same"


def likenesses(evidence: Evidence, reference: Evidence) -> Iterator[Violation]:
    """Compare a run with the reference run of its story."""
    yield from _same_end(evidence, reference)
    yield from _same_entries(evidence, reference)
    if not evidence.blind and _saw_in_time(evidence):
        yield from _no_other_numbers(evidence, reference)


def _same_end(evidence: Evidence, reference: Evidence) -> Iterator[Violation]:
    left, want = _left(evidence), _left(reference)
    for what in sorted(left.keys() | want.keys()):
        for text in differences(left.get(what), want.get(what)):
            yield Violation(RULE, f"{what} is left with {text} without the fault")


def differences(one: object, other: object, path: str = "") -> Iterator[str]:
    """Yield where two values differ, and what each of them has there."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            within = f"{path}.{key}" if path else key
            yield from differences(one.get(key), other.get(key), within)
    elif one != other:
        yield f"{path} {one}, {other}".strip()


def _same_entries(evidence: Evidence, reference: Evidence) -> Iterator[Violation]:
    more = _entries(evidence) - _entries(reference)
    if more:
        yield Violation(RULE, f"captured {sorted(more)}, unlike without the fault")


def _saw_in_time(evidence: Evidence) -> bool:
    """Tell whether no outage has kept an act from the operator; what it sees late cools down late.

    A restart takes less; on a machine that others use it may take longer than what it misses.
    """
    return all(evidence.due(at) - at <= ON_TIME for _, at in evidence.acted)


def _no_other_numbers(evidence: Evidence, reference: Evidence) -> Iterator[Violation]:
    for duty in evidence.story.duties:
        written = [point.numbers for _, point in evidence.trail(duty).ours()]
        want = [point.numbers for _, point in reference.trail(duty).ours()]
        if not _is_part(written, want):
            yield Violation(RULE, f"{duty.name} was written {written}, without the fault {want}")


def _is_part(some: Sequence[Numbers | None], whole: Sequence[Numbers | None]) -> bool:
    """Tell whether a sequence is another one, with some of it left out."""
    rest = iter(whole)
    return all(any(item == other for other in rest) for item in some)


def _entries(evidence: Evidence) -> Counter[tuple[str, str, int, Numbers]]:
    """Return what was captured: of what, in which revision, which numbers."""
    said = (life.created.answer["data"]["steered"] for life in evidence.lives)
    return Counter(
        (steered["kind"], steered["name"], life.sequence, life.baseline)
        for steered, life in zip(said, evidence.lives, strict=True)
    )


def _left(evidence: Evidence) -> dict[str, Body]:
    """Return the objects at the end, without what no two runs have in common."""
    return {f"{body['kind']} {body['metadata']['name']}": _bare(body) for body in evidence.left}


def _bare(body: Body) -> Body:
    metadata = {k: v for k, v in body["metadata"].items() if k not in (*OF_THE_RUN, "namespace")}
    bare = {"metadata": metadata, "spec": body.get("spec")}
    if body["kind"] == "HorizontalPodAutoscaler":  # of a scale an entry of ours may stay
        owners = {entry["manager"] for entry in body["metadata"].get("managedFields") or ()}
        bare["ours"] = MANAGER in owners
    if body["kind"] == "Campaign":
        bare["spec"] = {k: v for k, v in body["spec"].items() if k != "airtimes"}
        status = body.get("status") or {}
        bare["phase"] = status.get("phase")
        conditions = status.get("conditions") or ()
        bare["said"] = sorted((c["type"], c["status"], c["reason"]) for c in conditions)
    return bare
