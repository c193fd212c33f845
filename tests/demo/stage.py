"""The stage: a broadcaster's workloads on a real control plane, and the operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.e2e.crds import install_crds
from tests.e2e.manifests import deployment, hpa, stateful_set
from tests.e2e.tenant import Tenant

if TYPE_CHECKING:
    from tests.cluster.control_plane import ControlPlane
    from tests.e2e.operators import OperatorProcess

EXAMPLE = Path(__file__).parents[2] / "examples" / "wie-is-de-mol.yaml"
NAMESPACE, CAMPAIGN = "tv", "wie-is-de-mol"
API, CHAT = "mol-api", "mol-chat"
BEGIN = "2027-01-09T18:57:00Z"
"""Shortly before the first warm-up, at 19:05Z."""

API_REPLICAS, API_MINIMUM, API_MAXIMUM = 6, 4, 20
CHAT_REPLICAS = 3
CPU = "59500u"
"""What a pod of 100m uses: 85 % of the 70 % that its HPA aims at. From more than 6 pods the HPA
goes down to 6 and stays there, since a seventh less than 6 is rounded up to 6."""

SCALE_DOWN = {"stabilizationWindowSeconds": 1}
"""A real second is a minute of the calendar; and a seventh at a time is slow enough."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What is to be seen at a calendar instant.

    `set_to` is what the owner of a workload, or OnAir, has it set to: an HPA's minimum and maximum
    (`32..40`) or replicas. `given_back` says that every number is the owner's again.
    """

    at: datetime
    phase: str
    summary: str
    maximum: int
    set_to: dict[str, str]
    ready: dict[str, int]
    verdicts: dict[datetime, str]
    given_back: bool


class Stage:
    """The workloads with their owners' numbers, and one operator with the generated rights."""

    def __init__(self, plane: ControlPlane) -> None:
        """Create everything that is there before anybody announces an evening."""
        install_crds(plane)
        self.tenant = Tenant(plane, NAMESPACE, plane.folder)
        self.tenant.create(
            deployment(API, API_REPLICAS, cpu=CPU),
            hpa(API, API_MINIMUM, API_MAXIMUM, behavior={"scaleDown": SCALE_DOWN}),
            stateful_set(CHAT, CHAT_REPLICAS),
        )

    def start_operator(self) -> OperatorProcess:
        """Start the operator shortly before the first airing."""
        self.tenant.set_calendar(BEGIN)
        return self.tenant.start_operator()

    def announce(self) -> None:
        """Apply the example."""
        self.tenant.cluster.kubectl("apply", "--filename", str(EXAMPLE))

    def look(self) -> Sample:
        """Read everything that a spectator wants to see."""
        at = self.tenant.clock.now()
        status = self.tenant.get("Campaign", CAMPAIGN).get("status") or {}
        limits = self.tenant.limits(API)
        api = self.tenant.replicas(API)
        chat = self.tenant.replicas(CHAT, "StatefulSet")
        return Sample(
            at=at,
            phase=status.get("phase", "-"),
            summary=status.get("summary", "announced"),
            maximum=limits[1],
            set_to={API: f"{limits[0]}..{limits[1]}", CHAT: str(chat[0])},
            ready={API: api[1], CHAT: chat[1]},
            verdicts=_verdicts(status),
            given_back=self._given_back(limits, api[0], chat[0]),
        )

    def _given_back(self, limits: tuple[int, int], api: int, chat: int) -> bool:
        """Tell whether every number is its owner's and the operator remembers none of them."""
        own = (API_MINIMUM, API_MAXIMUM)
        back = limits == own and api <= API_MAXIMUM and chat == CHAT_REPLICAS
        return back and not self.tenant.ledger()


def _verdicts(status: dict[str, Any]) -> dict[datetime, str]:
    return {
        datetime.fromisoformat(moment["at"]): moment["verdict"]
        for airing in status.get("upcoming") or ()
        for moment in airing.get("moments") or ()
        if moment.get("verdict")
    }
