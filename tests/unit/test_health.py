"""What probes and Prometheus are answered."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from onair import health
from onair.metrics import Metrics
from tests.cluster.ports import LOOPBACK, free_ports


def answers(path: str, waits_for: str = "") -> tuple[int, str]:
    """Return status and text of an answer by a process that waits for something."""
    listen = f"{LOOPBACK}:{free_ports(1)[0]}"

    async def scenario() -> tuple[int, str]:
        async with (
            health.serve(listen, Metrics(observes=False), lambda: waits_for),
            aiohttp.ClientSession() as session,
            session.get(f"http://{listen}{path}") as response,
        ):
            return response.status, await response.text()

    return asyncio.run(scenario())


@pytest.mark.parametrize(
    ("path", "waits_for", "want"),
    [
        pytest.param("/healthz", "the Lease", (200, "ok\n"), id="alive although it waits"),
        pytest.param("/readyz", "", (200, "ok\n"), id="ready"),
        pytest.param("/readyz", "the Lease", (503, "the Lease\n"), id="not ready, and why"),
    ],
)
def test_probes(path: str, waits_for: str, want: tuple[int, str]) -> None:
    """Alive is whoever answers; ready whoever waits for nothing."""
    assert answers(path, waits_for) == want


@pytest.mark.parametrize(
    ("waits_for", "want"),
    [pytest.param("", 1.0, id="ready"), pytest.param("the Lease", 0.0, id="waits")],
)
def test_readiness_is_a_metric(waits_for: str, want: float) -> None:
    """An alert can tell an operator that is up from one that is at work."""
    assert f"\nonair_ready {want}\n" in answers("/metrics", waits_for)[1]


def test_metrics() -> None:
    """Prometheus gets its text format."""
    status, text = answers("/metrics")
    assert status == 200
    assert "# TYPE onair_floor_replicas gauge" in text
