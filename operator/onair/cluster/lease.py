"""One operator at a time: a coordination.k8s.io Lease, judged by the local monotonic clock.

As in client-go's leaderelection, another holder's record expires when this process has not seen it
change for as long as it says itself; no two machines' wall clocks are compared.

What `valid` guarantees: a request begun while it is True is over, answered or given up, before
another process may hold the Lease. It does not guarantee that the API server has not yet to carry
out a request that was given up, nor does it cover the later requests of a step of several. Against
both, every write names what it read, and is refused where a successor has changed it.
"""

from __future__ import annotations

import asyncio
import logging
from time import monotonic
from typing import TYPE_CHECKING, Any

from onair.cluster.client import TIMEOUT
from onair.cluster.errors import (
    ApiError,
    BusyError,
    ChangedError,
    ForbiddenError,
    NotFoundError,
    UnreachableError,
)
from onair.cluster.resources import LEASES
from onair.troubles import Troubles

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from onair.cluster.client import KubeApi

log = logging.getLogger(__name__)

NAME = "onair"

DURATION = 5.0
"""Seconds after the last renewal at which others may take the Lease."""

RENEW_EVERY = 1.0
RETRY = 0.2
"""Seconds between two renewals, and until the next try of one that failed."""

PATIENCE = 1.0
"""Seconds until a request for the Lease is given up: one lost answer must not cost it."""

MARGIN = TIMEOUT + 0.2
"""Seconds that a write may take, and a little: writes begin in the 1.8 s after a renewal only."""


class LeaseLostError(Exception):
    """Another process has taken the Lease."""


class LeaseHeldError(Exception):
    """Another process holds the Lease and keeps renewing it."""


class Lease:
    """The right to write, held by `identity` in `namespace`; `real_now` stamps it in UTC."""

    def __init__(
        self, api: KubeApi, namespace: str, identity: str, real_now: Callable[[], datetime]
    ) -> None:
        self._api = api.urgent(PATIENCE)
        self._namespace = namespace
        self._identity = identity
        self._real_now = real_now
        self._path = LEASES.path(namespace, NAME)
        self._body: dict[str, Any] = {}
        self._valid_until = 0.0
        self._waiting = Troubles()

    @property
    def valid(self) -> bool:
        """Tell whether a request begun now is over before anybody else may hold the Lease."""
        return monotonic() < self._valid_until - MARGIN

    @property
    def waits_for(self) -> str:
        """What `acquire` waits for at present, "" if it does not wait."""
        return self._waiting.of(self._path)

    async def acquire(self, *, patience: float = float("inf")) -> None:
        """Take the Lease as soon as it is free, expired or held under our own identity.

        A record without a duration expires after `DURATION`.

        Raises:
            LeaseHeldError: when another holder renews it for `patience` seconds.
            ApiError: when the Lease may not be read or written, or not for `patience` seconds.
        """
        started = seen_at = monotonic()
        seen: object = None
        while True:
            try:
                record = await self._read()
                if record != seen:
                    seen, seen_at = record, monotonic()
                holder = record.get("holderIdentity") or ""
                lasts = float(record.get("leaseDurationSeconds") or DURATION)
                if holder in {"", self._identity} or monotonic() - seen_at > lasts:
                    if await self._try_take():
                        self._waiting.end(self._path)
                        return
                elif monotonic() - started > patience:
                    raise LeaseHeldError(f"{holder} is running and holds the Lease {self._path}")
                else:
                    self._waiting.begin(self._path, f"waiting for the Lease, which {holder} holds")
            except (BusyError, ForbiddenError, UnreachableError) as error:
                if monotonic() - started > patience:
                    raise
                self._waiting.begin(self._path, f"waiting for the Lease: {error}")
            await asyncio.sleep(RENEW_EVERY / 2)

    async def take_over(self, *, patience: float) -> float:
        """Take the Lease from whoever holds it, in one compare-and-swap write.

        Returns after how many seconds nothing that the former holder began can be under way: its
        last renewal came before our write, and what it allows is over `DURATION` after it. The
        Lease has to be kept meanwhile.

        Raises:
            ApiError: when the Lease may not be read or written, or not for `patience` seconds.
        """
        started = monotonic()
        while True:
            try:
                holder = (await self._read()).get("holderIdentity") or ""
                await self._take()
            except (BusyError, ChangedError, UnreachableError):
                if monotonic() - started > patience:
                    raise
                await asyncio.sleep(RETRY)
            else:
                return DURATION if holder not in {"", self._identity} else 0.0

    async def keep(self) -> None:
        """Renew the Lease for ever; where that fails `valid` ends by itself, and nothing is lost.

        Raises:
            LeaseLostError: when another process has taken it.
        """
        renewed = True
        while True:
            await asyncio.sleep(RENEW_EVERY if renewed else RETRY)
            try:
                await self._renew()
            except ApiError as error:
                if renewed:
                    log.warning("cannot renew the Lease, soon nothing is written: %s", error)
                renewed = False
            else:
                if not renewed:
                    log.info("the Lease is renewed again")
                renewed = True

    async def _renew(self, seconds: int = int(DURATION)) -> None:
        """Renew the Lease, or take it again where it expired and nobody else wanted it."""
        try:
            await self._take(seconds)
        except (ChangedError, NotFoundError):
            holder = (await self._read()).get("holderIdentity") or self._identity
            if holder != self._identity:
                self._valid_until = 0.0
                message = f"the Lease {self._path} was taken by another process, {holder}"
                raise LeaseLostError(message) from None
            await self._take(seconds)

    async def leave(self, seconds: int) -> None:
        """Renew the Lease a last time: nobody else may take it for so many seconds.

        Raises:
            ApiError: when that could not be written.
            LeaseLostError: when another process has taken it.
        """
        await self._renew(seconds)
        self._valid_until = 0.0

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

    async def _take(self, seconds: int = int(DURATION)) -> None:
        asked_at = monotonic()
        now = self._real_now().isoformat(timespec="microseconds").replace("+00:00", "Z")
        spec = self._spec
        if spec.get("holderIdentity") != self._identity:
            transitions = int(spec.get("leaseTransitions") or 0) + 1
            spec |= {"acquireTime": now, "leaseTransitions": transitions}
        spec |= {
            "holderIdentity": self._identity,
            "leaseDurationSeconds": seconds,
            "renewTime": now,
        }
        if self._body:
            self._body = await self._api.replace(self._path, self._body | {"spec": spec})
        else:
            body = {"metadata": {"name": NAME}, "spec": spec}
            self._body = await self._api.create(LEASES.path(self._namespace), body)
        self._valid_until = asked_at + DURATION
