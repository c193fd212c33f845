"""One operator at a time: a coordination.k8s.io Lease, judged by the local monotonic clock.

As in client-go's leaderelection, another holder's record expires when this process has not seen it
change for as long as it says itself. Wall clocks are compared for one purpose only: a record whose
time was over long ago is not waited for as if it were new. Whoever renews is never judged by them.

What `valid` guarantees: a request begun while it is True is over, answered or given up, before
another process may hold the Lease. It does not guarantee that the API server has not yet to carry
out a request that was given up, nor does it cover the later requests of a step of several. Against
both, every write names what it read, and is refused where a successor has changed it.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

from onair.cluster.client import TIMEOUT
from onair.cluster.errors import ApiError, ChangedError, NotFoundError
from onair.cluster.resources import LEASES
from onair.troubles import Troubles

if TYPE_CHECKING:
    from collections.abc import Callable

    from onair.cluster.client import KubeApi

log = logging.getLogger(__name__)

NAME = "onair"

DURATION = 5.0
"""Seconds after the last renewal at which others may take the Lease."""

LEFT_HELD = 60
"""Seconds for which a restore that took the Lease from an operator leaves it held: longer than
Helm, whose hook has then ended, needs to delete the operator, which would raise again. No record
is respected for longer."""

LONG_AGO = timedelta(minutes=5)
"""How far apart two machines' clocks may be before a left record is respected too briefly."""

LEAVE_PATIENCE = 3.0
"""Seconds until `leave` gives up: less than the Lease lasts, which nobody renews meanwhile."""

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

        A record that was left held is waited for, whatever the patience.

        Raises:
            LeaseHeldError: when another holder renews it for `patience` seconds.
            ApiError: when the Lease cannot be read or written for `patience` seconds.
        """
        started = seen_at = monotonic()
        seen: object = None
        while True:
            try:
                record = await self._read()
                if record != seen:
                    seen, seen_at = record, monotonic()
                holder, lasts = record.get("holderIdentity") or "", self._lasts(record)
                if holder in {"", self._identity} or monotonic() - seen_at > lasts:
                    await self._take()
                    self._waiting.end(self._path)
                    return
                if monotonic() - started > max(patience, lasts + RENEW_EVERY):
                    raise LeaseHeldError(f"{holder} is running and holds the Lease {self._path}")
                how = f"left held for {lasts:.0f} s when it ended" if lasts > DURATION else "holds"
                self._waiting.begin(self._path, f"waiting for the Lease, which {holder} {how}")
            except ApiError as error:
                if monotonic() - started > patience:
                    raise
                self._waiting.begin(self._path, f"waiting for the Lease: {error}")
            await asyncio.sleep(RENEW_EVERY / 2)

    def _lasts(self, record: dict[str, Any]) -> float:
        """Return after how many seconds without a change a record has expired."""
        lasts = min(float(record.get("leaseDurationSeconds") or DURATION), LEFT_HELD)
        renewed = record.get("renewTime")
        if not renewed:
            return lasts
        over = datetime.fromisoformat(renewed) + timedelta(seconds=lasts)
        return min(lasts, DURATION) if self._real_now() - over > LONG_AGO else lasts

    async def take_over(self, *, patience: float) -> float:
        """Take the Lease from whoever holds it, in one compare-and-swap write.

        Returns after how many seconds nothing that the former holder began can be under way: its
        last renewal came before our write, and what it allows is over `DURATION` after it. The
        Lease has to be kept meanwhile.

        Raises:
            ApiError: when the Lease cannot be read or written for `patience` seconds.
        """
        started, was_held = monotonic(), False
        while True:
            try:
                holder = (await self._read()).get("holderIdentity") or ""
                # Of a write whose answer was lost, the next look finds our own name only; a Lease
                # that somebody has deleted may still be believed in.
                was_held = was_held or not self._body or holder not in {"", self._identity}
                await self._take()
            except ApiError:
                if monotonic() - started > patience:
                    raise
                await asyncio.sleep(RETRY)
            else:
                return DURATION if was_held else 0.0

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
            ApiError: when that could not be written for `LEAVE_PATIENCE` seconds.
            LeaseLostError: when another process has taken it.
        """
        started = monotonic()
        while True:
            try:
                await self._renew(seconds)
            except ApiError:
                if monotonic() - started > LEAVE_PATIENCE:
                    raise
                await asyncio.sleep(RETRY)
            else:
                self._valid_until = 0.0
                return

    async def release(self) -> None:
        """Hand the Lease over at once; a failure only means that it expires by itself."""
        if not self._valid_until:
            return
        self._valid_until = 0.0
        with suppress(ApiError):
            try:
                await self._let_go()
            except ApiError:
                # The last renewal may have been carried out although its answer never came.
                if (await self._read()).get("holderIdentity") == self._identity:
                    await self._let_go()

    async def _let_go(self) -> None:
        spec = self._spec | {"holderIdentity": "", "leaseDurationSeconds": 1}
        await self._api.replace(self._path, self._body | {"spec": spec})

    @property
    def _spec(self) -> dict[str, Any]:
        return dict(self._body.get("spec") or {})

    async def _read(self) -> dict[str, Any]:
        try:
            self._body = await self._api.get(self._path)
        except NotFoundError:
            self._body = {}
        return self._spec

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
