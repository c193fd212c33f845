"""One operator at a time: a coordination.k8s.io Lease, judged by the local monotonic clock.

As in client-go's leaderelection, another holder's record expires when this process has not seen it
change for `DURATION`; no two machines' wall clocks are compared.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Any

from onair.cluster.errors import ApiError, ChangedError, NotFoundError
from onair.cluster.resources import LEASES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from onair.cluster.client import KubeApi

NAME = "onair"
DURATION = 5.0
RETRY = 1.0
MARGIN = 1.0


class LeaseLostError(Exception):
    """The Lease is not ours any more, or could not be renewed in time."""


class LeaseHeldError(Exception):
    """Another process holds the Lease and keeps renewing it."""


class Lease:
    """The right to write, held by `identity` in `namespace`; `real_now` stamps it in UTC."""

    def __init__(
        self, api: KubeApi, namespace: str, identity: str, real_now: Callable[[], datetime]
    ) -> None:
        self._api = api
        self._namespace = namespace
        self._identity = identity
        self._real_now = real_now
        self._path = LEASES.path(namespace, NAME)
        self._body: dict[str, Any] = {}
        self._valid_until = 0.0

    @property
    def valid(self) -> bool:
        """Tell whether a write started now ends before anybody else may start one."""
        return monotonic() < self._valid_until - MARGIN

    async def acquire(self, *, patience: float = float("inf")) -> None:
        """Take the Lease as soon as it is free, expired or held under our own identity.

        Raises:
            LeaseHeldError: when another holder renews it for `patience` seconds.
        """
        started = seen_at = monotonic()
        seen: object = None
        while True:
            record = await self._read()
            if record != seen:
                seen, seen_at = record, monotonic()
            holder = record.get("holderIdentity") or ""
            if holder in {"", self._identity} or monotonic() - seen_at > DURATION:
                if await self._try_take():
                    return
            elif monotonic() - started > patience:
                raise LeaseHeldError(f"{holder} is running and holds the Lease {self._path}")
            await asyncio.sleep(RETRY / 2)

    async def keep(self) -> None:
        """Renew the Lease for ever.

        Raises:
            LeaseLostError: when it was taken or could not be renewed for its whole duration.
        """
        while True:
            await asyncio.sleep(RETRY)
            try:
                await self._take()
            except ChangedError:
                await self._read()
                if self._spec.get("holderIdentity") != self._identity:
                    raise LeaseLostError(f"{self._path} was taken by another process") from None
            except ApiError as error:
                if monotonic() > self._valid_until:
                    raise LeaseLostError(f"{self._path} could not be renewed: {error}") from error

    async def release(self) -> None:
        """Hand the Lease over at once; a failure only means that it expires by itself."""
        if not self._valid_until:
            return
        self._valid_until = 0.0
        self._body["spec"] = self._spec | {"holderIdentity": "", "leaseDurationSeconds": 1}
        try:
            await self._api.replace(self._path, self._body)
        except ApiError:
            return

    @property
    def _spec(self) -> dict[str, Any]:
        return dict(self._body.get("spec") or {})

    async def _read(self) -> dict[str, Any]:
        try:
            self._body = await self._api.get(self._path)
        except NotFoundError:
            self._body = {}
        return self._spec

    async def _try_take(self) -> bool:
        try:
            await self._take()
        except ChangedError:
            return False
        return True

    async def _take(self) -> None:
        asked_at = monotonic()
        now = self._real_now().isoformat(timespec="microseconds").replace("+00:00", "Z")
        spec = self._spec
        if spec.get("holderIdentity") != self._identity:
            transitions = int(spec.get("leaseTransitions") or 0) + 1
            spec |= {"acquireTime": now, "leaseTransitions": transitions}
        spec |= {
            "holderIdentity": self._identity,
            "leaseDurationSeconds": int(DURATION),
            "renewTime": now,
        }
        if self._body:
            self._body = await self._api.replace(self._path, self._body | {"spec": spec})
        else:
            body = {"metadata": {"name": NAME}, "spec": spec}
            self._body = await self._api.create(LEASES.path(self._namespace), body)
        self._valid_until = asked_at + DURATION
