"""Numbers over time: what the audit log says about one object, whoever wrote it.

Every answer of the API server carries a resource version, which is the same counter for all kinds;
so two objects can be compared at the very instant of a write.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from tests.e2e.tenant import Tenant

T = TypeVar("T")
Body = dict[str, Any]
Limits = tuple[int, int]

RESOURCES = {"Deployment": "deployments", "StatefulSet": "statefulsets"}


@dataclass(frozen=True, slots=True)
class Point(Generic[T]):
    """A value from a calendar instant on, and the version of the object that has it first."""

    at: datetime
    version: int
    value: T


@dataclass(frozen=True, slots=True)
class Track(Generic[T]):
    """A value that stays until the next point, each point unlike the one before."""

    points: tuple[Point[T], ...]

    @property
    def values(self) -> list[T]:
        """Every value, one after the other."""
        return [point.value for point in self.points]

    def at(self, instant: datetime) -> T:
        """Return the value at a calendar instant."""
        return self.points[bisect_right([p.at for p in self.points], instant) - 1].value

    def at_version(self, version: int) -> T:
        """Return the value that a write of this version, to any object, has met."""
        return self.points[bisect_right([p.version for p in self.points], version) - 1].value

    def during(self, begin: datetime, end: datetime) -> list[T]:
        """Return the value at `begin` and each that follows before `end`."""
        return [self.at(begin), *(p.value for p in self.points if begin < p.at < end)]

    def reached(self, value: T) -> datetime:
        """Return the calendar instant at which a value was reached for the first time."""
        return next(point.at for point in self.points if point.value == value)


def limits(tenant: Tenant, name: str) -> Track[Limits]:
    """Return an HPA's minimum and maximum over time."""

    def read(body: Body) -> Limits:
        spec = body["spec"]
        return spec["minReplicas"], spec["maxReplicas"]

    return _track(tenant, "horizontalpodautoscalers", name, read)


def minima(tenant: Tenant, name: str) -> Track[int]:
    """Return an HPA's minimum over time."""
    return _track(
        tenant, "horizontalpodautoscalers", name, lambda body: body["spec"]["minReplicas"]
    )


def replicas(tenant: Tenant, name: str, kind: str = "Deployment") -> Track[int]:
    """Return the wanted replicas of a workload over time."""
    return _track(tenant, RESOURCES[kind], name, lambda body: body["spec"]["replicas"])


def ready(tenant: Tenant, name: str, kind: str = "Deployment") -> Track[int]:
    """Return the ready replicas of a workload over time, as its own controller counted them."""

    def read(body: Body) -> int | None:
        return body["status"].get("readyReplicas", 0) if body.get("kind") == kind else None

    return _track(tenant, RESOURCES[kind], name, read)


def _track(tenant: Tenant, resource: str, name: str, read: Callable[[Body], T | None]) -> Track[T]:
    answers = sorted(_answers(tenant, resource, name, read), key=lambda point: point.version)
    points: list[Point[T]] = []
    for point in answers:
        if not points or points[-1].value != point.value:
            points.append(point)
    return Track(tuple(points))


def _answers(
    tenant: Tenant, resource: str, name: str, read: Callable[[Body], T | None]
) -> Iterator[Point[T]]:
    for request in tenant.audit():
        if (request.resource, request.name) != (resource, name) or request.code >= 300:
            continue
        if not request.is_write or request.verb == "delete":
            continue
        value = read(request.answer)
        if value is not None:
            version = int(request.answer["metadata"]["resourceVersion"])
            yield Point(tenant.calendar_of(request.at), version, value)
