"""The Lease taken from a holder that renews it, and left held for a while."""

from __future__ import annotations

import asyncio

import pytest

from onair.cluster import lease as leases
from onair.cluster.errors import ChangedError, UnreachableError
from onair.cluster.lease import DURATION, Lease, LeaseHeldError, LeaseLostError
from tests.unit.leases import Server, of, refusing, taken


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "RENEW_EVERY", 0.01)
    monkeypatch.setattr(leases, "RETRY", 0.01)


def taken_over(server: Server) -> tuple[float, Lease]:
    """Take a Lease over as `us`; returns how long to wait then."""

    async def scenario() -> tuple[float, Lease]:
        lease = of(server)
        return await lease.take_over(patience=1), lease

    return asyncio.run(scenario())


@pytest.mark.parametrize(
    ("holder", "pause"),
    [
        pytest.param("them", DURATION, id="an operator's"),
        pytest.param("us", 0, id="our own"),
        pytest.param("", 0, id="nobody's"),
    ],
)
def test_it_is_taken_whoever_holds_it(holder: str, pause: float) -> None:
    """After a take-over it is ours, and an operator's last writes are over a Lease's time later."""
    server = Server(holder)
    assert taken_over(server)[0] == pause
    assert server.holder == "us"


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param(ChangedError("it changed", 409), id="renewed in between"),
        pytest.param(UnreachableError("no answer"), id="no answer"),
    ],
)
def test_a_renewal_in_between_is_read_again(refusal: Exception) -> None:
    """A write that meets another one is tried again upon what is there then."""
    server = Server("them")
    server.refusals = [refusal] * 3
    assert taken_over(server)[0] == DURATION
    assert server.holder == "us"


def test_patience_ends_a_take_over() -> None:
    """A server that stays away is said to be away."""
    with pytest.raises(UnreachableError, match="no answer"):
        taken_over(refusing(UnreachableError("no answer")))


def test_the_former_holder_may_not_write_any_more() -> None:
    """An operator whose Lease was taken over notices it at its next renewal."""

    async def scenario() -> bool:
        server = Server()
        operator = await taken(server)
        await of(server, "them").take_over(patience=1)
        with pytest.raises(LeaseLostError, match="them"):
            await operator.keep()
        return operator.valid

    assert not asyncio.run(scenario())


def test_what_is_left_held_says_for_how_long() -> None:
    """A Lease that is left behind names its last holder and its time, and allows it nothing."""
    server = Server("them")
    lease = taken_over(server)[1]
    asyncio.run(lease.leave(60))
    asyncio.run(lease.release())
    assert (server.holder, server.duration, lease.valid) == ("us", 60, False)


def test_it_is_left_although_a_renewal_came_in_between() -> None:
    """The answer to a renewal may have been lost: the Lease is ours all the same."""
    server = Server("them")
    lease = taken_over(server)[1]
    server.version += 1
    asyncio.run(lease.leave(60))
    assert (server.holder, server.duration) == ("us", 60)


def test_it_is_acquired_when_its_own_time_is_over() -> None:
    """A record that nobody renews is respected for as long as it says."""
    server = Server("them", duration=0.2)
    asyncio.run(of(server).acquire(patience=1))
    assert server.holder == "us"


def test_it_is_not_acquired_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes within that time has to wait, however short its own Leases are."""
    monkeypatch.setattr(leases, "DURATION", 0.05)
    server = Server("them", duration=60)
    with pytest.raises(LeaseHeldError, match="them"):
        asyncio.run(of(server).acquire(patience=0.3))
