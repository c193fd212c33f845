"""Waiting for the Lease: for whom, why, and until when."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from time import monotonic

import pytest

from onair.clock import Clock
from onair.cluster.errors import (
    ApiError,
    ChangedError,
    ForbiddenError,
    UnreachableError,
)
from tests.unit.leases import Server, hurry, of, refusing, renew, taken, wait_for_a_while


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)


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
        pytest.param(Server("them"), "which them holds", id="one not seen to be renewed"),
        pytest.param(
            Server("them", duration=60), "which them left held for 60 s", id="one that has ended"
        ),
        pytest.param(refusing(UnreachableError("no answer")), "no answer", id="a server away"),
    ],
)
def test_what_is_waited_for_is_said(server: Server, want: str) -> None:
    """Whoever asks whether this process is ready hears why it is not."""

    async def scenario() -> tuple[str, str]:
        lease = of(server)
        await wait_for_a_while(lease)
        return lease.waits_for, lease.holder

    waits_for, holder = asyncio.run(scenario())
    assert want in waits_for
    assert holder == ""


def test_a_standby_knows_for_whom() -> None:
    """Who sees another process renew the Lease waits for nothing: all is as it should be."""

    async def scenario() -> tuple[str, str]:
        server = Server("them")
        lease, renewing = of(server), asyncio.ensure_future(renew(server))
        await wait_for_a_while(lease)
        renewing.cancel()
        return lease.holder, lease.waits_for

    assert asyncio.run(scenario()) == ("them", "")


@pytest.mark.parametrize(
    ("had", "want"),
    [pytest.param("", True, id="given back"), pytest.param("them", False, id="still held")],
)
def test_what_is_given_back_is_taken_at_once(had: str, *, want: bool) -> None:
    """A standby looks so often that a Lease which is free is its own soon, and no other one."""

    async def scenario() -> bool:
        server = Server("them")
        lease = of(server)
        await wait_for_a_while(lease)
        server.holder = had
        await wait_for_a_while(lease)
        return lease.valid

    assert asyncio.run(scenario()) is want


def test_since_when_nobody_renews() -> None:
    """A successor knows the last sign of life of the process before it."""

    async def scenario() -> tuple[float, float]:
        server = Server("them")
        lease, renewing = of(server), asyncio.ensure_future(renew(server))
        waiting = asyncio.ensure_future(lease.acquire())
        await asyncio.sleep(0.1)
        renewing.cancel()
        silent = monotonic()
        await asyncio.sleep(0.1)
        server.duration = 0.01
        await waiting
        return lease.silent_since - silent, (await taken(Server())).silent_since

    late, never = asyncio.run(scenario())
    assert -0.09 < late < 0.2
    assert never == 0.0


@pytest.mark.parametrize(
    ("ago", "want"),
    [
        pytest.param(timedelta(seconds=3), 3.0, id="a moment ago"),
        pytest.param(timedelta(seconds=-3), 0.0, id="in the future by its own clock"),
        pytest.param(timedelta(days=7), None, id="long ago"),
    ],
)
def test_what_ended_before_this_process_began(ago: timedelta, want: float | None) -> None:
    """Whoever starts after a predecessor's end knows since when that one is silent."""

    async def scenario() -> float | None:
        renewed = (Clock.real_now() - ago).isoformat().replace("+00:00", "Z")
        lease = await taken(Server("us", renewed=renewed))
        return monotonic() - lease.silent_since if lease.silent_since else None

    silent_for = asyncio.run(scenario())
    assert silent_for == (want if want is None else pytest.approx(want, abs=0.5))


def test_patience_ends_the_waiting_for_a_server_that_is_away() -> None:
    """Whoever has no patience left is told why the Lease could not be had."""

    async def scenario() -> None:
        await of(refusing(UnreachableError("no answer"))).acquire(patience=0.05)

    with pytest.raises(UnreachableError, match="no answer"):
        asyncio.run(scenario())
