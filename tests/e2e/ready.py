"""How many pods of a workload were Ready, and when, as its own controller wrote it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from tests.e2e.audit import Request


@dataclass(frozen=True, slots=True)
class ReadyPods:
    """A step function: `counts[i]` Ready pods from `since[i]` on, none before."""

    since: tuple[datetime, ...]
    counts: tuple[int, ...]

    def at(self, instant: datetime) -> int:
        """Return how many were Ready at an instant."""
        seen = bisect_right(self.since, instant)
        return self.counts[seen - 1] if seen else 0

    def reached(self, count: int, after: datetime) -> datetime | None:
        """Return the first instant from `after` on with so many Ready, None if there is none."""
        if self.at(after) >= count:
            return after
        later = zip(self.since, self.counts, strict=True)
        return next((at for at, ready in later if at > after and ready >= count), None)


def ready_pods(
    requests: Iterable[Request],
    plural: str,
    name: str,
    calendar_of: Callable[[datetime], datetime],
) -> ReadyPods:
    """Read it from a workload's status updates in the audit log.

    Args:
        requests: of the workload's namespace.
        plural: `deployments` or `statefulsets`.
        name: of the workload.
        calendar_of: turns real instants into those of the answer.
    """
    written = sorted(
        (request.at, request.answer["status"].get("readyReplicas", 0))
        for request in requests
        if (request.resource, request.subresource, request.name) == (plural, "status", name)
        and request.is_write
        and request.code < 300
    )
    return ReadyPods(
        tuple(calendar_of(at) for at, _ in written), tuple(ready for _, ready in written)
    )
