"""The API server is away when a show begins: for half a minute here, not for ten.

Nothing of ten minutes is any different: every request is refused at once, over and over.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from onair.clock import Clock
from tests.e2e.elsewhere import Elsewhere
from tests.e2e.evenings import rfc3339
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target
from tests.e2e.probes import Probes
from tests.e2e.relay import Relay, led_to, port_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.e2e.audit import Request
    from tests.e2e.tenant import Tenant

AWAY = 30.0
CAUGHT_UP = 30.0
"""Real seconds that the API server is away, and in which all is caught up afterwards."""

OWNERS, RAISED = (2, 10), (24, 30)


@pytest.fixture
def network(tenant: Tenant, tmp_path: Path) -> Iterator[Relay]:
    """What is between the operators of this test and their API server."""
    if Elsewhere.named():
        pytest.skip("needs an API server on loopback, whose certificate says so")
    with Relay(port_of(tenant.kubeconfig)) as network:
        tenant.kubeconfig = led_to(network.port, tenant.kubeconfig, tmp_path / "kubeconfig")
        yield network


@pytest.mark.fault_row(8)
def test_what_was_due_meanwhile_is_caught_up(tenant: Tenant, network: Relay) -> None:
    """The probe says why nothing happens; afterwards the floor is up, and the moment was judged."""
    tenant.create(deployment("held", 4), hpa("held", *OWNERS), deployment("web", 4))
    tenant.create(hpa("web", *OWNERS))
    tenant.set_calendar("2027-01-09T19:00:00Z")
    earlier = airtime("2027-01-09T19:00:00Z", "4h")
    tenant.create(campaign("earlier", earlier, targets=[target("held")]))
    probes = Probes()
    tenant.start_operator(probes.option)
    tenant.wait("the earlier one is raised", lambda: tenant.limits("held") == RAISED)
    start = tenant.soon(timedelta(minutes=12))
    tenant.create(campaign("show", airtime(rfc3339(start), "4h"), targets=[target("web")]))
    tenant.wait("it is announced", lambda: tenant.condition("show", "Ready"))

    network.refuse()
    gone = time.monotonic()
    tenant.wait("it says what is wrong", lambda: probes.readyz()[0] == 503)
    assert probes.readyz()[1].strip()
    while time.monotonic() < gone + AWAY:
        assert (tenant.limits("held"), tenant.limits("web")) == (RAISED, OWNERS)
        time.sleep(0.5)
    assert tenant.clock.now() > start
    network.accept()
    back = Clock.real_now()
    tenant.wait("it is raised", lambda: tenant.limits("web") == RAISED, CAUGHT_UP)
    tenant.wait("it says so", lambda: verdict(tenant), CAUGHT_UP)
    assert verdict(tenant) == "Late"
    assert (Clock.real_now() - back).total_seconds() <= CAUGHT_UP
    tenant.wait("it is at work again", lambda: probes.readyz() == (200, "ok\n"))
    assert {write.answer["spec"]["minReplicas"] for write in writes(tenant, "held")} == {24}


def writes(tenant: Tenant, name: str) -> list[Request]:
    """Return what was written to an HPA."""
    return tenant.writes("horizontalpodautoscalers", name)


def verdict(tenant: Tenant) -> str:
    """Return the verdict of the show's first moment, "" while there is none."""
    moments = tenant.get("Campaign", "show")["status"]["upcoming"][0]["moments"]
    return str(moments[0].get("verdict", ""))
