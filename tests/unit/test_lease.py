"""The Lease when the API server does not answer, and when somebody else takes it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from onair.cluster import lease as leases
from onair.cluster.client import TIMEOUT
from onair.cluster.errors import ApiError, ChangedError, ForbiddenError, UnreachableError
from onair.cluster.lease import DURATION, MARGIN, Lease, LeaseLostError
from tests.unit.leases import Server, of, refusing, taken


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "RENEW_EVERY", 0.01)
    monkeypatch.setattr(leases, "RETRY", 0.01)


async def keep_for_a_while(lease: Lease) -> None:
    """Renew for a fifth of a second."""
    with suppress(TimeoutError):
        async with asyncio.timeout(0.2):
            await lease.keep()


def test_requests_fit_into_the_lease() -> None:
    """A request begun while the Lease is valid is given up before others may take it."""
    assert MARGIN > TIMEOUT
    assert DURATION - MARGIN >= 1.5


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param(UnreachableError("no answer"), id="away"),
        pytest.param(ForbiddenError("no right to get leases", 403), id="no right"),
        pytest.param(ApiError("leader changed", 500), id="an error of its own"),
        pytest.param(ApiError("Unauthorized", 401), id="credentials not known yet"),
        pytest.param(ChangedError("it changed", 409), id="another write in between"),
    ],
)
def test_it_is_acquired_although_the_server_refuses_at_first(refusal: ApiError) -> None:
    """Waiting goes on until the Lease can be had, and is over then."""

    async def scenario() -> tuple[bool, str]:
        server = Server()
        server.refusals = [refusal] * 3
        lease = await taken(server)
        return lease.valid, lease.waits_for

    assert asyncio.run(scenario()) == (True, "")


@pytest.mark.parametrize(
    ("server", "want"),
    [
        pytest.param(Server("them"), "which them holds", id="another holder"),
        pytest.param(
            Server("them", duration=60), "which them left held for 60 s", id="one that has ended"
        ),
        pytest.param(refusing(UnreachableError("no answer")), "no answer", id="a server away"),
    ],
)
def test_what_is_waited_for_is_said(server: Server, want: str) -> None:
    """Whoever asks whether this process is ready hears why it is not."""

    async def scenario() -> str:
        lease = of(server)
        with suppress(TimeoutError):
            async with asyncio.timeout(0.1):
                await lease.acquire()
        return lease.waits_for

    assert want in asyncio.run(scenario())


def test_patience_ends_the_waiting_for_a_server_that_is_away() -> None:
    """Whoever has no patience left is told why the Lease could not be had."""

    async def scenario() -> None:
        await of(refusing(UnreachableError("no answer"))).acquire(patience=0.05)

    with pytest.raises(UnreachableError, match="no answer"):
        asyncio.run(scenario())


def test_failed_renewals_end_nothing_while_nobody_else_takes_it() -> None:
    """After a time without answers, longer than the Lease, it is taken again and valid again."""

    async def scenario() -> tuple[bool, bool]:
        server = Server()
        lease = await taken(server)
        lease._valid_until = 0.1  # noqa: SLF001 - long ago: it has expired
        expired = not lease.valid
        server.refusals = [UnreachableError("no answer")] * 5
        await keep_for_a_while(lease)
        return expired, lease.valid

    assert asyncio.run(scenario()) == (True, True)


def test_a_deleted_lease_is_created_again() -> None:
    """Somebody who deletes the Lease stops nobody."""

    async def scenario() -> tuple[bool, str]:
        server = Server()
        lease = await taken(server)
        server.there, server.holder = False, ""
        await keep_for_a_while(lease)
        return server.there, server.holder

    assert asyncio.run(scenario()) == (True, "us")


def test_it_is_lost_once_another_process_has_taken_it() -> None:
    """Another holder ends this process, which may not write any more from then on."""

    async def scenario() -> bool:
        server = Server()
        lease = await taken(server)
        server.holder, server.version = "them", server.version + 1
        with pytest.raises(LeaseLostError, match="another process, them"):
            await lease.keep()
        return lease.valid

    assert not asyncio.run(scenario())
