"""What probes and Prometheus are answered."""

from __future__ import annotations

import asyncio
import errno
import socket
from typing import Any

import aiohttp
import pytest

from onair import health
from onair.health import State
from onair.metrics import Metrics
from tests.cluster.ports import LOOPBACK, free_ports

LOOPBACK_6 = "::1"
LEADS = State()
STANDS_BY = State(leads=False, stands_by_for="onair-1")
WAITS = State("the CRDs", leads=False, stands_by_for="onair-1")


def answers(
    path: str, state: State = LEADS, *, host: str = LOOPBACK, asked: str = LOOPBACK
) -> tuple[int, str]:
    """Return status and text of an answer by a process in some state."""
    port = free_ports(1)[0]

    async def scenario() -> tuple[int, str]:
        async with (
            health.serve(f"{host}:{port}", Metrics(observes=False), lambda: state),
            aiohttp.ClientSession() as session,
            session.get(f"http://{asked}:{port}{path}") as response,
        ):
            return response.status, await response.text()

    return asyncio.run(scenario())


def has_ipv6() -> bool:
    """Tell whether this machine has a loopback address of IPv6."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind((LOOPBACK_6, 0))
    except OSError:
        return False
    return True


class WithoutIPv6(socket.socket):
    """A socket of a kernel in which IPv6 is switched off."""

    def __init__(self, family: int = -1, *others: Any, **named: Any) -> None:  # noqa: ANN401 - as it is
        if family == socket.AF_INET6:
            raise OSError(errno.EAFNOSUPPORT, "Address family not supported by protocol")
        super().__init__(family, *others, **named)


@pytest.mark.parametrize(
    ("path", "state", "want"),
    [
        pytest.param("/healthz", WAITS, (200, "ok\n"), id="alive although it waits"),
        pytest.param("/readyz", LEADS, (200, "ok\n"), id="ready"),
        pytest.param("/readyz", WAITS, (503, "the CRDs\n"), id="not ready, and why"),
        pytest.param(
            "/readyz", STANDS_BY, (200, "ok: standby, onair-1 holds the Lease\n"), id="standby"
        ),
    ],
)
def test_probes(path: str, state: State, want: tuple[int, str]) -> None:
    """Alive is whoever answers; ready whoever waits for nothing, a standby included."""
    assert answers(path, state) == want


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(LOOPBACK, id="IPv4"),
        pytest.param(
            f"[{LOOPBACK_6}]",
            id="IPv6",
            marks=pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6"),
        ),
    ],
)
def test_without_a_host_every_address_is_answered(asked: str) -> None:
    """A kubelet reaches the pod by whatever addresses its cluster has."""
    assert answers("/healthz", host="", asked=asked) == (200, "ok\n")


def test_without_a_host_and_without_ipv6(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the kernel has no IPv6 the addresses that it has are answered."""
    monkeypatch.setattr(socket, "socket", WithoutIPv6)
    assert answers("/healthz", host="") == (200, "ok\n")


@pytest.mark.parametrize(
    ("state", "ready", "leading"),
    [
        pytest.param(LEADS, 1.0, 1.0, id="leads"),
        pytest.param(STANDS_BY, 1.0, 0.0, id="stands by"),
        pytest.param(WAITS, 0.0, 0.0, id="waits"),
    ],
)
def test_readiness_is_a_metric(state: State, ready: float, leading: float) -> None:
    """An alert can tell an operator that is up from one that is at work."""
    page = answers("/metrics", state)[1]
    assert f"\nonair_ready {ready}\n" in page
    assert f"\nonair_leading {leading}\n" in page


def test_metrics() -> None:
    """Prometheus gets its text format."""
    status, text = answers("/metrics")
    assert status == 200
    assert "# TYPE onair_floor_replicas gauge" in text
