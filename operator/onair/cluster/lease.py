"""One operator at a time writes: a coordination.k8s.io Lease, judged by the local monotonic clock.

As in client-go's leaderelection, another holder's record expires when this process has not seen it
change for as long as it says itself. Wall clocks are compared for one purpose only: a record whose
time was over long ago is not waited for as if it were new. Whoever renews is never judged by them.

What `until` guarantees: a write that was allowed by it is over, answered or given up, before
another process may hold the Lease. It does not guarantee that the API server has not yet to carry
out a request that was given up. Against that, every write names what it read, and is refused where
a successor has changed it.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from onair.cluster.errors import ApiError, BusyError, ChangedError, NotFoundError
from onair.cluster.lease_record import DURATION, LONGEST_PAUSE, LeaseRecord

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from onair.cluster.client import KubeApi

log = logging.getLogger(__name__)

LOOK_EVERY = 0.3
"""Seconds between two looks of a standby: a Lease that is released is taken within a second."""

RENEW_EVERY = 1.0
RETRY = 0.2
"""Seconds between two renewals, and until the next try of one that failed."""

MARGIN = 1.0
"""Seconds before others may take the Lease at which every write is over."""

LEAST = 0.5
"""Seconds that a write must have left to be begun at all; so writes begin in the 3.5 s after a
renewal."""


class LapsedError(ApiError):
    """This process does not hold the Lease at present, so the write was not sent."""


class LeaseLostError(Exception):
    """The Lease is not this process's any more."""


class TurnedBackError(RuntimeError):
    """The versions of all objects have gone back, so nothing that this process knows is newest."""


class LeaseHeldError(Exception):
    """Another process holds the Lease and keeps renewing it."""


class Lease:
    """The right to write, held by `identity` in `namespace`; `real_now` stamps it in UTC.

    `begun` is set whenever that right begins: the Lease was taken, or renewed after it had lapsed.
    `holder` is who is seen to renew it while this process waits, and `waits_for` what keeps it from
    knowing one; both are "" otherwise. `silent_since` is the monotonic instant of the last sign of
    life of another holder, 0.0 where there was none lately.
    """

    def __init__(
        self, api: KubeApi, namespace: str, identity: str, real_now: Callable[[], datetime]
    ) -> None:
        self._record = LeaseRecord(api, namespace, identity, real_now)
        self._had = False
        self._valid_until = 0.0
        self.begun = asyncio.Event()
        self.holder = ""
        self.waits_for = "the Lease has not been read yet"
        self.silent_since = 0.0

    @property
    def valid(self) -> bool:
        """Tell whether a write may begin now."""
        return monotonic() + LEAST < self._valid_until - MARGIN

    def until(self) -> float:
        """Return the monotonic instant by which a write that begins now has to be over.

        Raises:
            LapsedError: when none may begin.
        """
        if not self.valid:
            raise LapsedError("this process does not hold the Lease now, so it writes nothing")
        return self._valid_until - MARGIN

    async def acquire(self, *, patience: float = float("inf")) -> None:
        """Take the Lease as soon as it is free or expired.

        A process that has not had it yet takes it at once from one of the same name, which it
        succeeds. A record that was left held is waited for, whatever the patience.

        Raises:
            LeaseHeldError: when another holder renews it for `patience` seconds.
            ApiError: when the Lease cannot be read or written for `patience` seconds.
        """
        started = seen_at = monotonic()
        seen: object = None
        self.silent_since = started if self._had else 0.0
        while True:
            pause = LOOK_EVERY
            try:
                spec = await self._record.read()
                if spec != seen:
                    if seen is not None:
                        self.silent_since = monotonic()
                    elif not self._had and self._record.silent_for is not None:
                        self.silent_since = monotonic() - self._record.silent_for
                    seen, seen_at = spec, monotonic()
                if self._is_free() or monotonic() - seen_at > self._record.lasts:
                    await self._take()
                    log.info("this process holds the Lease as %s", self._record.identity)
                    return
                if monotonic() - started > max(patience, self._record.lasts + RENEW_EVERY):
                    raise LeaseHeldError(
                        f"{self._record.holder} is running and holds the Lease {self._record.path}"
                    )
                self._stand_by(renewed=self.silent_since > started)
            except ApiError as error:
                if monotonic() - started > patience:
                    raise
                self._wait_for(f"waiting for the Lease: {error}")
                pause = max(pause, _asked_pause(error))
            await asyncio.sleep(pause)

    def _is_free(self) -> bool:
        """Tell whether nobody else holds the record that was just read."""
        holder = self._record.holder
        succeeds = holder == self._record.identity and not self._had
        return not holder or succeeds or self._record.is_ours

    def _stand_by(self, *, renewed: bool) -> None:
        holder, lasts = self._record.holder, self._record.lasts
        if lasts > DURATION:
            how = f"left held for {lasts:.0f} s when it ended"
            self._wait_for(f"waiting for the Lease, which {holder} {how}")
        elif not renewed:
            self._wait_for(f"waiting for the Lease, which {holder} holds", logging.INFO)
        elif holder != self.holder:
            log.info("standing by for %s", holder)
            self.holder, self.waits_for = holder, ""

    def _wait_for(self, what: str, level: int = logging.WARNING) -> None:
        if what != self.waits_for:
            log.log(level, "%s", what)
        self.holder, self.waits_for = "", what

    async def keep(self) -> None:
        """Renew the Lease for ever; where that fails `valid` ends by itself, and nothing is lost.

        Raises:
            LeaseLostError: when another process has taken it.
        """
        failing, pause = False, RENEW_EVERY
        while True:
            await asyncio.sleep(pause)
            try:
                await self._renew()
            except ApiError as error:
                if not failing:
                    log.warning("cannot renew the Lease, soon nothing is written: %s", error)
                failing, pause = True, max(RETRY, _asked_pause(error))
            else:
                if failing:
                    log.info("the Lease is renewed again")
                failing, pause = False, RENEW_EVERY

    async def _renew(self, seconds: float = DURATION) -> None:
        """Renew the Lease, also where it expired and nobody else wanted it.

        A renewal may have been carried out although its answer never came. A Lease that somebody
        else has had in between is lost: what they have done with it has to be read first.
        """
        try:
            await self._take(seconds)
        except (ChangedError, NotFoundError):
            await self._record.read()
            if not self._record.is_ours:
                self._valid_until = 0.0
                who = self._record.holder
                how = f"was taken by another process, {who}" if who else "was given up by another"
                raise LeaseLostError(f"the Lease {self._record.path} {how}") from None
            await self._take(seconds)

    async def _take(self, seconds: float = DURATION) -> None:
        valid_until = await self._record.write(seconds)
        if not self.valid:
            self.begun.set()
        self._valid_until = valid_until
        self._had, self.holder, self.waits_for = True, "", ""
        if self._record.is_older:
            raise TurnedBackError(
                "the API server counts from lower resource versions again, as after a restore of"
                " etcd from a backup: this process ends, since what it knows is of before; the next"
                " one begins anew"
            )

    async def release(self) -> None:
        """Hand the Lease over at once; a failure only means that it expires by itself."""
        if not self._valid_until:
            return
        self._valid_until = 0.0
        with suppress(ApiError):
            try:
                await self._record.let_go()
            except ApiError:
                # The last renewal may have been carried out although its answer never came.
                await self._record.read()
                if self._record.is_ours:
                    await self._record.let_go()


def _asked_pause(error: ApiError) -> float:
    """Return the seconds that a busy server asks for, as far as the Lease can wait."""
    return min(error.retry_after, LONGEST_PAUSE) if isinstance(error, BusyError) else 0.0
