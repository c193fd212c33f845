"""A write of a process that is no longer the one that writes arrives late, and is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.evenings import flat
from tests.e2e.manifests import STOP_NOW, airtime, campaign, deployment, hpa, target
from tests.faults.proxy.faults import Delay
from tests.faults.proxy.rules import Match, Rule

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant
    from tests.faults.proxy.journal import Entry
    from tests.faults.proxy.proxy import Proxy

HPAS = "horizontalpodautoscalers"
OWNERS, RAISED, MORE = (2, 10), (24, 30), (44, 55)

SOON = 5
"""Real seconds until a number that is not the plan's is one again (reliability, L2)."""

HELD_UP, HELD_UP_LONGER = 10.0, 16.0
"""Real seconds: enough for a successor to raise, and to give back as well."""

REFUSED = (409, 422)


def die_with_a_raise_on_its_way(tenant: Tenant, proxy: Proxy, seconds: float) -> None:
    """Let an operator's raise take so long, kill it at once, and wait until another has raised."""
    tenant.create(deployment("web", 4), hpa("web", *OWNERS))
    tenant.create(campaign("show", airtime("2027-01-09T19:00:00Z", "4h"), targets=[target("web")]))
    tenant.set_calendar("2027-01-09T19:00:00Z")
    proxy.rules = [Rule(Match(("patch",), HPAS), Delay(there=seconds), times=1)]
    tenant.start_operator()
    tenant.wait("a raise is on its way", lambda: delayed(proxy))
    tenant.kill_operator()
    assert tenant.limits("web") == OWNERS
    tenant.start_operator()
    tenant.wait("the successor has raised", lambda: tenant.limits("web") == RAISED)


@pytest.mark.fault_row(16)
def test_a_raise_that_comes_after_a_bigger_one(tenant: Tenant, proxy: Proxy) -> None:
    """The successor has gone on from there: the number is not what it was, and it is refused."""
    die_with_a_raise_on_its_way(tenant, proxy, HELD_UP)
    tenant.patch("Campaign", "show", {"spec": {"load": flat(2000)}})
    tenant.wait("the successor has raised more", lambda: tenant.limits("web") == MORE)
    assert not delayed(proxy)[0].served
    tenant.wait("the late one has arrived", lambda: delayed(proxy)[0].served)
    assert delayed(proxy)[0].served in REFUSED
    assert tenant.limits("web") == MORE


@pytest.mark.fault_row(16)
def test_a_raise_that_comes_after_everything_was_given_back(tenant: Tenant, proxy: Proxy) -> None:
    """The number is what it was, so it is carried out; the successor takes it back at once."""
    die_with_a_raise_on_its_way(tenant, proxy, HELD_UP_LONGER)
    tenant.patch("Campaign", "show", STOP_NOW)
    tenant.wait("it has given back", lambda: tenant.limits("web") == OWNERS)
    assert not delayed(proxy)[0].served
    tenant.wait("the late one has arrived", lambda: delayed(proxy)[0].served)
    tenant.wait("nothing is raised", lambda: tenant.limits("web") == OWNERS, SOON)


def delayed(proxy: Proxy) -> list[Entry]:
    """Return the requests that were delayed."""
    return [entry for entry in proxy.journal if isinstance(entry.fault, Delay)]
