"""The evening judged without the operator's word: from the audit log and the workloads' status."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.demo.stage import API_MAXIMUM, API_MINIMUM, CHAT_REPLICAS
from tests.e2e.ready import ready_pods

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tests.demo.announced import Announced, Workload
    from tests.e2e.audit import Request
    from tests.e2e.tenant import Tenant

READY, NOT_READY = "Ready", "not Ready"


@dataclass(frozen=True, slots=True)
class Readiness:
    """One workload at one moment; instants are of the calendar, None where it never happened.

    `planned` is when the floor for it was due, `written` when the API server had it, `ready` when
    enough pods were Ready.
    """

    workload: str
    moment: datetime
    required: int
    planned: datetime
    written: datetime | None
    ready: datetime | None
    ready_at_moment: int

    @property
    def verdict(self) -> str:
        """Whether enough pods were Ready at the moment."""
        return READY if self.ready_at_moment >= self.required else NOT_READY


@dataclass(frozen=True, slots=True)
class Return:
    """One number that went back to its owner: when that was due, and when it happened."""

    workload: str
    field: str
    value: int
    planned: datetime
    written: datetime | None


class Witness:
    """What the API server recorded of one evening."""

    def __init__(self, announced: Announced, tenant: Tenant) -> None:
        """Read the audit log."""
        self._announced = announced
        self._tenant = tenant
        self._requests = list(tenant.audit())

    def readiness(self) -> list[Readiness]:
        """Return every workload at every moment."""
        moments = self._announced.moments
        return [self._readiness(w, m) for m in moments for w in self._announced.workloads]

    def returns(self) -> list[Return]:
        """Return every number that the operator had changed, with the end of its floor."""
        api, chat = self._announced.workloads
        return [
            # The maximum has to wait for the minimum, and for the pods above it to go.
            self._return(api, "minReplicas", API_MINIMUM, api.over(API_MINIMUM)),
            self._return(api, "maxReplicas", API_MAXIMUM, api.over(API_MINIMUM)),
            self._return(chat, "replicas", CHAT_REPLICAS, chat.over(CHAT_REPLICAS)),
        ]

    def _readiness(self, workload: Workload, moment: datetime) -> Readiness:
        required, planned = workload.required_at(moment), workload.planned_for(moment)
        plural = f"{workload.kind.lower()}s"
        pods = ready_pods(self._requests, plural, workload.name, self._tenant.calendar_of)
        field = "minReplicas" if workload.kind == "Deployment" else "replicas"
        raised = (at for at, value in self._written(workload.name, field) if value >= required)
        return Readiness(
            workload=workload.name,
            moment=moment,
            required=required,
            planned=planned,
            written=next(raised, None),
            ready=pods.reached(required, planned),
            ready_at_moment=pods.at(moment),
        )

    def _return(self, workload: Workload, field: str, value: int, planned: datetime) -> Return:
        at, last = deque(self._written(workload.name, field), maxlen=1).pop()
        return Return(workload.name, field, value, planned, at if last == value else None)

    def _written(self, name: str, field: str) -> Iterator[tuple[datetime, int]]:
        """Yield the calendar instants at which the operator changed a number, and to what."""
        before = None
        for request in self._requests:
            value = self._number(request, name, field)
            if value is not None and value != before:
                yield self._tenant.calendar_of(request.at), value
                before = value

    def _number(self, request: Request, name: str, field: str) -> int | None:
        ours = request.user == self._tenant.user and request.is_write and request.code < 300
        if not ours or request.name != name or request.subresource == "status":
            return None
        spec = request.answer.get("spec") or {}
        return spec.get(field)
