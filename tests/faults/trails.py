"""The numbers of one steered object over time, whoever wrote them, as the audit log has it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from tests.e2e.audit import Request

Body = dict[str, Any]
Numbers = tuple[int, int | None]
"""Minimum and maximum of an HPA; replicas of a workload, and None."""

PLURALS = {
    "Deployment": "deployments",
    "HorizontalPodAutoscaler": "horizontalpodautoscalers",
    "StatefulSet": "statefulsets",
}
"""The kinds that may be steered, and what the audit log calls them."""


@dataclass(frozen=True, slots=True)
class Point:
    """What stands from a write on, `at` real time UTC; `numbers` is None once it is deleted.

    `owner` are the numbers as everybody but OnAir has left them; `ours` tells who wrote this point.
    """

    at: datetime
    version: int
    uid: str
    numbers: Numbers | None
    owner: Numbers
    ours: bool


@dataclass(frozen=True, slots=True)
class Trail:
    """Every change of one object's numbers, in the order in which the API server made them."""

    kind: str
    name: str
    points: tuple[Point, ...]

    def at(self, instant: datetime) -> Point | None:
        """Return what stands at a real instant, None before it was created."""
        begun = [point for point in self.points if point.at <= instant]
        return begun[-1] if begun else None

    def ours(self) -> Iterator[tuple[Point, Point]]:
        """Yield each change of ours with the point before it."""
        return ((before, point) for before, point in pairwise(self.points) if point.ours)


def trail(requests: Iterable[Request], kind: str, name: str, user: str) -> Trail:
    """Return the trail of an object; `user` is the operator as the audit log names it."""
    plural = PLURALS[kind]
    about = [r for r in requests if (r.resource, r.name) == (plural, name) and changes(r)]
    points: list[Point] = []
    for request in sorted(about, key=lambda request: _order(request, about)):
        point = _point(request, points[-1] if points else None, user)
        if not points or (points[-1].uid, points[-1].numbers) != (point.uid, point.numbers):
            points.append(point)
    return Trail(kind, name, tuple(points))


def changes(request: Request) -> bool:
    """Tell whether a request was a write that was carried out."""
    return request.is_write and 200 <= request.code < 300


def version(request: Request) -> int:
    """Return the resource version that a write has led to, 0 where the answer has none."""
    return int(((request.answer or {}).get("metadata") or {}).get("resourceVersion") or 0)


def _order(request: Request, about: Iterable[Request]) -> tuple[int, bool]:
    """Order writes by version; a deletion, which has none, comes after what was answered before."""
    if request.verb != "delete":
        return version(request), False
    earlier = (version(r) for r in about if r.verb != "delete" and r.at <= request.at)
    return max(earlier, default=0), True


def _point(request: Request, before: Point | None, user: str) -> Point:
    ours = request.user == user
    if request.verb == "delete":
        owner, uid = (before.owner, before.uid) if before else ((0, None), "")
        return Point(request.at, version(request), uid, None, owner, ours)
    uid = request.answer["metadata"]["uid"]
    numbers = _numbers(request.answer)
    known = before if before and before.uid == uid and before.numbers else None
    owner = _owner(known, numbers, ours=ours)
    return Point(request.at, version(request), uid, numbers, owner, ours)


def _owner(before: Point | None, numbers: Numbers, *, ours: bool) -> Numbers:
    """Return the owner's numbers after a write: each that somebody else has changed is theirs."""
    if before is None or before.numbers is None:
        return numbers
    if ours:
        return before.owner
    minimum, maximum = (
        new if new != old else kept
        for new, old, kept in zip(numbers, before.numbers, before.owner, strict=True)
    )
    return minimum or 0, maximum


def _numbers(body: Body) -> Numbers:
    spec = body["spec"]
    if body["kind"] == "HorizontalPodAutoscaler":
        return spec.get("minReplicas", 1), spec["maxReplicas"]
    return spec.get("replicas", 0), None  # a Scale omits zero
