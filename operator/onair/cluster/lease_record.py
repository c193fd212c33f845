"""The Lease as one process reads and writes it: one object, replaced by compare-and-swap.

A process knows its own record by the name and the instant that it wrote when it took the Lease.
The name alone would not do: a process that was stopped for a while may find its successor's under
the same one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

from onair.cluster.errors import NotFoundError
from onair.cluster.resources import LEASES

if TYPE_CHECKING:
    from collections.abc import Callable

    from onair.cluster.client import KubeApi

NAME = "onair"

DURATION = 5.0
"""Seconds after the last renewal at which others may take the Lease."""

LEFT_HELD = 60
"""Seconds for which a restore that took the Lease from an operator leaves it held: longer than
Helm, whose hook has then ended, needs to delete the operator, which would raise again. No record
is respected for longer."""

LONG_AGO = timedelta(minutes=5)
"""How far apart two machines' clocks may be before a left record is respected too briefly."""

PATIENCE = 1.0
"""Seconds until a request for the Lease is given up: one lost answer must not cost it."""

LONGEST_PAUSE = 2.0
"""Seconds after which a busy server is asked again, whatever it says: twice while a Lease lasts."""


class LeaseRecord:
    """The Lease `onair` in `namespace`, written as `identity`; `real_now` stamps it in UTC."""

    def __init__(
        self, api: KubeApi, namespace: str, identity: str, real_now: Callable[[], datetime]
    ) -> None:
        self._api = api.urgent(PATIENCE, LONGEST_PAUSE)
        self._namespace = namespace
        self._real_now = real_now
        self._body: dict[str, Any] = {}
        self._taken = ""
        self._newest = 0
        self.identity = identity
        self.path = LEASES.path(namespace, NAME)

    @property
    def exists(self) -> bool:
        """Whether there was a Lease when it was last read or written."""
        return bool(self._body)

    @property
    def spec(self) -> dict[str, Any]:
        """What the Lease said when it was last read or written, {} where there was none."""
        return dict(self._body.get("spec") or {})

    @property
    def holder(self) -> str:
        """Who held it then, "" if nobody did."""
        return self.spec.get("holderIdentity") or ""

    @property
    def is_ours(self) -> bool:
        """Whether this very process wrote it, and nobody has taken it since."""
        return self.holder == self.identity and self.spec.get("acquireTime") == self._taken

    @property
    def is_older(self) -> bool:
        """Whether what was last read or written is older than something that was before.

        Of a read that is an old server's; what was just written is never old, so then the versions
        themselves have gone back (they are those of etcd: https://kep.k8s.io/5504).
        """
        return self._version < self._newest

    @property
    def _version(self) -> int:
        return int(self._body["metadata"]["resourceVersion"]) if self._body else self._newest

    @property
    def lasts(self) -> float:
        """After how many seconds without a change the record that was last read has expired."""
        lasts = min(float(self.spec.get("leaseDurationSeconds") or DURATION), LEFT_HELD)
        over = self._renewed_ago - timedelta(seconds=lasts)
        return min(lasts, DURATION) if over > LONG_AGO else lasts

    @property
    def silent_for(self) -> float | None:
        """Seconds since another process renewed it, by both clocks; None if that is long ago."""
        ago = max(self._renewed_ago, timedelta(0))
        known = self.spec.get("renewTime") and ago <= LONG_AGO
        return ago.total_seconds() if known else None

    @property
    def _renewed_ago(self) -> timedelta:
        renewed = self.spec.get("renewTime")
        return self._real_now() - datetime.fromisoformat(renewed) if renewed else timedelta(0)

    async def read(self) -> dict[str, Any]:
        """Read the Lease and return what it says, {} where there is none.

        Raises:
            ApiError: when it cannot be read.
        """
        try:
            self._body = await self._api.get(self.path)
        except NotFoundError:
            self._body = {}
        self._newest = max(self._newest, self._version)
        return self.spec

    async def write(self, seconds: float = DURATION) -> float:
        """Renew the Lease for so many seconds, or take it as it was last read.

        Returns the monotonic instant before which nobody else may take it.

        Raises:
            ChangedError: when it has changed since.
            ApiError: when it cannot be written.
        """
        asked_at = monotonic()
        self._newest = max(self._newest, self._version)
        now = self._real_now().isoformat(timespec="microseconds").replace("+00:00", "Z")
        spec = self.spec
        if not self.is_ours:
            self._taken = now
            transitions = int(spec.get("leaseTransitions") or 0) + 1
            spec |= {"acquireTime": now, "leaseTransitions": transitions}
        spec |= {
            "holderIdentity": self.identity,
            "leaseDurationSeconds": int(seconds),
            "renewTime": now,
        }
        if self._body:
            self._body = await self._api.replace(self.path, self._body | {"spec": spec})
        else:
            body = {"metadata": {"name": NAME}, "spec": spec}
            self._body = await self._api.create(LEASES.path(self._namespace), body)
        return asked_at + DURATION

    async def let_go(self) -> None:
        """Write that nobody holds it.

        Raises:
            ApiError: as `write` does.
        """
        spec = self.spec | {"holderIdentity": "", "leaseDurationSeconds": 1}
        self._body = await self._api.replace(self.path, self._body | {"spec": spec})
