"""The Lease when the API server does not answer, and when somebody else takes it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from time import monotonic
from typing import Any

import pytest

from onair.cluster import lease as leases
from onair.cluster import lease_record
from onair.cluster.errors import (
    BusyError,
    ChangedError,
    UnreachableError,
)
from onair.cluster.lease import (
    LEAST,
    MARGIN,
    LapsedError,
    Lease,
    LeaseLostError,
    TurnedBackError,
)
from onair.cluster.lease_record import DURATION
from tests.unit.leases import Server, hurry, taken, wait_for_a_while


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)


class Still:
    """A monotonic clock that stands still until it is moved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000.0
        for module in (leases, lease_record):
            monkeypatch.setattr(module, "monotonic", lambda: self.now)


async def keep_for_a_while(lease: Lease) -> None:
    """Renew for a fifth of a second."""
    with suppress(TimeoutError):
        async with asyncio.timeout(0.2):
            await lease.keep()


def test_a_write_is_over_before_others_may_take_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """From a renewal on writes may begin for a while, and all have to end at one instant."""
    still = Still(monkeypatch)

    async def scenario() -> None:
        lease = await taken(Server())
        last = 1_000.0 + DURATION - MARGIN
        for now in (1_000.0, last - LEAST - 0.01):
            still.now = now
            assert (lease.valid, lease.until()) == (True, last)
        for now in (last - LEAST, last, last + 60):
            still.now = now
            assert not lease.valid
            with pytest.raises(LapsedError):
                lease.until()

    asyncio.run(scenario())


def test_a_lost_renewal_stops_no_write() -> None:
    """One request for the Lease may go unanswered before writes have to wait."""
    allowed = DURATION - MARGIN - LEAST
    assert allowed > leases.RENEW_EVERY + 2 * lease_record.PATIENCE + leases.RETRY


def test_a_busy_server_is_asked_again_when_it_says() -> None:
    """A renewal that the server wants later comes later."""

    async def scenario() -> float:
        server = Server()
        lease, began = await taken(server), monotonic()
        server.refusals = [BusyError("too many requests", 429, 0.15)]
        await keep_for_a_while(lease)
        assert not server.refusals
        return server.changed_at - began

    assert asyncio.run(scenario()) >= 0.15


def test_failed_renewals_end_nothing_while_nobody_else_takes_it() -> None:
    """After a time without answers, longer than the Lease, it is renewed and valid again.

    What has waited for that is told; a renewal in time is nothing new.
    """

    async def scenario() -> tuple[bool, ...]:
        server = Server()
        lease = await taken(server)
        told = [lease.begun.is_set()]
        lease.begun.clear()
        await keep_for_a_while(lease)
        told.append(lease.begun.is_set())
        lease._valid_until = 0.1  # noqa: SLF001 - long ago: it has expired
        told.append(lease.valid)
        server.refusals = [UnreachableError("no answer")] * 5
        await keep_for_a_while(lease)
        return *told, lease.valid, lease.begun.is_set()

    assert asyncio.run(scenario()) == (True, False, False, True, True)


@pytest.mark.parametrize(
    ("holder", "who"),
    [
        pytest.param("them", "was taken by another process, them", id="taken"),
        pytest.param("us", "was taken by another process, us", id="taken under our own name"),
        pytest.param("", "was given up by another", id="taken and given up"),
    ],
)
def test_it_is_lost_once_another_process_has_had_it(holder: str, who: str) -> None:
    """What others have done is not known, so this process may not write any more from then on."""

    async def scenario() -> bool:
        server = Server()
        lease = await taken(server)
        server.holder, server.acquired, server.version = holder, "later", server.version + 1
        with pytest.raises(LeaseLostError, match=who):
            await lease.keep()
        return lease.valid

    assert not asyncio.run(scenario())


def test_a_lost_answer_loses_nothing() -> None:
    """A renewal that was carried out although its answer never came is our own."""

    async def scenario() -> tuple[bool, bool]:
        server = Server()
        server.lost = 1
        lease = await taken(server)
        taken_in_spite = lease.valid
        server.lost = 3
        await keep_for_a_while(lease)
        return taken_in_spite, lease.valid

    assert asyncio.run(scenario()) == (True, True)


def test_a_deleted_lease_is_created_again() -> None:
    """Somebody who deletes the Lease stops nobody for long: it is free for all."""

    async def scenario() -> tuple[bool, str]:
        server = Server()
        lease = await taken(server)
        server.there, server.holder = False, ""
        with pytest.raises(LeaseLostError):
            await lease.keep()
        await lease.acquire()
        return server.there, server.holder

    assert asyncio.run(scenario()) == (True, "us")


async def lead(lease: Lease) -> None:
    """Keep the Lease, and take it again where it is lost."""
    while True:
        with suppress(LeaseLostError):
            await lease.keep()
        await lease.acquire()


@pytest.mark.parametrize(
    "restored",
    [
        pytest.param({}, id="with our own record"),
        pytest.param({"holder": "them", "acquired": "before"}, id="with another's record"),
        pytest.param({"holder": "", "there": False}, id="without a record"),
    ],
)
def test_who_knows_what_came_after_a_backup_ends(restored: dict[str, object]) -> None:
    """After a restore of etcd all versions are lower, so what is known would count as newest."""

    async def scenario() -> bool:
        server = Server()
        server.version = 900
        lease = await taken(server)
        server.version = 500
        for name, value in restored.items():
            setattr(server, name, value)
        with pytest.raises(TurnedBackError, match="restore of etcd"):
            await lead(lease)
        await lease.release()
        return server.holder == ""

    assert asyncio.run(scenario())


class Behind(Server):
    """A server that once shows the Lease as it was long ago, but writes over the newest alone."""

    shows_old = False

    async def get(self, path: str) -> dict[str, Any]:
        """Return the Lease."""
        body = await super().get(path)
        if self.shows_old:
            self.shows_old = False
            body["metadata"]["resourceVersion"] = 500
        return body


def test_an_old_answer_ends_nobody() -> None:
    """What a server shows that is behind proves nothing about what it writes."""

    async def scenario() -> tuple[bool, bool]:
        server = Behind()
        server.version = 900
        lease = await taken(server)
        server.refusals, server.shows_old = [ChangedError("it changed", 409)], True
        await keep_for_a_while(lease)
        return lease.valid, server.shows_old

    assert asyncio.run(scenario()) == (True, False)


def test_a_process_succeeds_the_one_of_its_name_once() -> None:
    """One that starts takes it at once; the former one, if it is alive after all, does not."""

    async def scenario() -> tuple[bool, bool, str]:
        server = Server()
        former = await taken(server)
        successor = await taken(server)
        with pytest.raises(LeaseLostError):
            await former.keep()
        renewing = asyncio.ensure_future(successor.keep())
        await wait_for_a_while(former)
        renewing.cancel()
        return former.valid, successor.valid, former.holder

    assert asyncio.run(scenario()) == (False, True, "us")
