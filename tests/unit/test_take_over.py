"""The Lease taken from a holder that renews it, and left held for a while."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from onair.clock import Clock
from onair.cluster import lease_record, taking
from onair.cluster.errors import ApiError, ChangedError, UnreachableError
from onair.cluster.lease import LeaseHeldError, LeaseLostError
from onair.cluster.lease_record import DURATION
from tests.unit.leases import Server, hurry, of, refusing, taken

if TYPE_CHECKING:
    from onair.cluster.taking import TakingLease


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)


def deleted() -> Server:
    """Return a server from which somebody has deleted the Lease."""
    server = Server()
    server.there = False
    return server


def taken_over(server: Server) -> tuple[float, TakingLease]:
    """Take a Lease over as `us`; returns how long to wait then."""

    async def scenario() -> tuple[float, TakingLease]:
        lease = of(server)
        return await lease.take_over(patience=1), lease

    return asyncio.run(scenario())


@pytest.mark.parametrize(
    ("server", "pause"),
    [
        pytest.param(Server("them"), DURATION, id="an operator's"),
        pytest.param(Server("us"), 0, id="our own"),
        pytest.param(Server(), 0, id="nobody's"),
        pytest.param(deleted(), DURATION, id="a deleted one, in which an operator may believe"),
    ],
)
def test_it_is_taken_whoever_holds_it(server: Server, pause: float) -> None:
    """After a take-over it is ours, and an operator's last writes are over a Lease's time later."""
    assert taken_over(server)[0] == pause
    assert server.holder == "us"


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param(ChangedError("it changed", 409), id="renewed in between"),
        pytest.param(UnreachableError("no answer"), id="no answer"),
        pytest.param(ApiError("leader changed", 500), id="an error of the server's own"),
    ],
)
def test_what_failed_is_tried_again(refusal: Exception) -> None:
    """A write that meets another one, or an error, is tried again upon what is there then."""
    server = Server("them")
    server.refusals = [refusal] * 3
    assert taken_over(server)[0] == DURATION
    assert server.holder == "us"


def test_a_lost_answer_does_not_hide_whose_it_was() -> None:
    """The operator's last writes are waited for although the second look finds our own name."""
    server = Server("them")
    server.lost = 1
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


@pytest.mark.parametrize("lost", [pytest.param(1, id="once"), pytest.param(3, id="thrice")])
def test_it_is_left_although_answers_are_lost(lost: int) -> None:
    """A last renewal without an answer is tried again: a restore that succeeded has left it."""
    server = Server("them")
    lease = taken_over(server)[1]
    server.lost = lost
    asyncio.run(lease.leave(60))
    assert (server.holder, server.duration, lease.valid) == ("us", 60, False)


def test_what_could_not_be_left_is_released(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where leaving failed for want of an answer the operator is not kept out by what it wrote."""
    monkeypatch.setattr(taking, "LEAVE_PATIENCE", -1)
    server = Server("them")
    lease = taken_over(server)[1]
    server.lost = 1
    with pytest.raises(UnreachableError):
        asyncio.run(lease.leave(60))
    asyncio.run(lease.release())
    assert server.holder == ""


def test_a_release_leaves_anothers_lease_alone() -> None:
    """What has been taken from us meanwhile is not handed to anybody."""
    server = Server("them")
    lease = taken_over(server)[1]
    asyncio.run(of(server, "others").take_over(patience=1))
    asyncio.run(lease.release())
    assert server.holder == "others"


def acquired(server: Server, within: float) -> bool:
    """Tell whether `us` acquires the Lease within some seconds."""

    async def scenario() -> bool:
        try:
            async with asyncio.timeout(within):
                await of(server).acquire()
        except TimeoutError:
            return False
        return True

    return asyncio.run(scenario())


def ago(span: timedelta) -> str:
    """Return an instant in the past as a record has it."""
    return (Clock.real_now() - span).isoformat().replace("+00:00", "Z")


def test_it_is_acquired_when_its_own_time_is_over() -> None:
    """A record that nobody renews is respected for as long as it says."""
    assert acquired(Server("them", duration=0.2), within=1)


@pytest.mark.parametrize(
    "since",
    [
        pytest.param(None, id="unknown when"),
        pytest.param(timedelta(0), id="now"),
        pytest.param(timedelta(minutes=5), id="maybe now by another clock"),
        pytest.param(timedelta(days=-1), id="tomorrow by another clock"),
    ],
)
def test_it_is_not_acquired_before(
    monkeypatch: pytest.MonkeyPatch, since: timedelta | None
) -> None:
    """Whoever comes within that time has to wait, however short its own Leases are."""
    monkeypatch.setattr(lease_record, "DURATION", 0.05)
    renewed = "" if since is None else ago(since)
    assert not acquired(Server("them", 60, renewed), within=0.3)


def test_one_left_long_ago_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation a week after an uninstall does not wait for what that one left."""
    monkeypatch.setattr(lease_record, "DURATION", 0.05)
    assert acquired(Server("them", 60, ago(timedelta(days=7))), within=0.5)


def test_one_left_long_ago_that_is_renewed_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A holder whose clock is far behind keeps its Lease as long as it renews it."""
    monkeypatch.setattr(lease_record, "DURATION", 0.1)

    async def scenario() -> str:
        server = Server("them", 60, ago(timedelta(days=7)))
        acquiring = asyncio.ensure_future(of(server).acquire())
        for _ in range(30):
            server.renewed = ago(timedelta(days=7))
            await asyncio.sleep(0.01)
        acquiring.cancel()
        return server.holder

    assert asyncio.run(scenario()) == "them"


def test_no_record_keeps_everybody_out_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """A duration that nobody of ours writes counts as the longest that one of ours does."""
    monkeypatch.setattr(lease_record, "LEFT_HELD", 0.1)
    assert acquired(Server("them", duration=1_000_000), within=1)


def test_a_second_restore_is_refused_while_one_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who holds the Lease and renews it is named to whoever wants it without taking it over."""
    monkeypatch.setattr(lease_record, "LEFT_HELD", 0.1)

    async def scenario() -> str:
        server = Server()
        keeping = asyncio.ensure_future((await taken(server)).keep())
        with pytest.raises(LeaseHeldError, match="us is running"):
            await of(server, "them").acquire(patience=0.3)
        keeping.cancel()
        return server.holder

    assert asyncio.run(scenario()) == "us"
