"""The Lease as `onair restore` has it: taken from a running operator, left held for a while."""

from __future__ import annotations

import asyncio
from time import monotonic

from onair.cluster.errors import ApiError
from onair.cluster.lease import RETRY, Lease
from onair.cluster.lease_record import DURATION

LEAVE_PATIENCE = 3.0
"""Seconds until `leave` gives up: less than the Lease lasts, which nobody renews meanwhile."""


class TakingLease(Lease):
    """A Lease that need not wait until it is free."""

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
                await self._record.read()
                # Of a write whose answer was lost, the next look finds our own name only; a Lease
                # that somebody has deleted may still be believed in.
                free = self._record.holder in {"", self._record.identity}
                was_held = was_held or not (self._record.exists and free)
                await self._take()
            except ApiError:
                if monotonic() - started > patience:
                    raise
                await asyncio.sleep(RETRY)
            else:
                return DURATION if was_held else 0.0

    async def leave(self, seconds: float) -> None:
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
