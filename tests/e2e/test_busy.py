"""An API server in trouble: floors come first, nobody pushes, and one object harms no other."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.e2e.manifests import airtime, campaign, deployment, hpa, target
from tests.faults.proxy.faults import Answer, Hold
from tests.faults.proxy.rules import Match, Rule

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant
    from tests.faults.proxy.asked import Asked
    from tests.faults.proxy.journal import Entry
    from tests.faults.proxy.proxy import Proxy

RAISED, OWNERS = (24, 30), (2, 10)
HPAS = "horizontalpodautoscalers"
WRITES = ("create", "update", "patch")
MANY = 6

ON_TIME = 2.0
"""Real seconds within which a floor is up (reliability, L2)."""

LOADED = 3.0
"""Real seconds more on a machine that runs other tests beside this one."""


def announce(tenant: Tenant, *names: str) -> None:
    """Announce a show on several workloads: their floors are due at 19:25."""
    tenant.set_calendar("2027-01-09T19:00:00Z")
    for name in names:
        tenant.create(deployment(name, 4), hpa(name, *OWNERS))
    targets = [target(name) for name in names]
    tenant.create(campaign("show", airtime("2027-01-09T19:30:00Z", "20m"), targets=targets))


def late(tenant: Tenant, name: str) -> float:
    """Return by how many real seconds a floor was up after its time."""
    raised = tenant.calendar_of(tenant.writes(HPAS, name)[0].at)
    due = tenant.clock.calendar.replace(hour=19, minute=25)
    return (raised - due).total_seconds() / tenant.clock.speed


def tries(proxy: Proxy, *verbs: str) -> dict[Asked, list[Entry]]:
    """Return the requests of some kinds that are alike, in order."""
    found: dict[Asked, list[Entry]] = defaultdict(list)
    for entry in proxy.journal:
        if entry.asked.verb in verbs:
            found[entry.asked].append(entry)
    return found


@pytest.mark.fault_row(9)
def test_whatever_the_server_wants_later_comes_later(tenant: Tenant, proxy: Proxy) -> None:
    """Targets, ledger, status, Events and Lease come back when they are asked to, and do come."""
    kinds = (HPAS, "campaigns", "leases", "controllerrevisions", "events")
    proxy.rules = [Rule(Match(WRITES, kind), Answer(429, "2"), times=2) for kind in kinds]
    announce(tenant, "web")
    tenant.start_operator()
    tenant.wait("it is raised", lambda: tenant.limits("web") == RAISED, 60)
    tenant.wait("it says so", lambda: tenant.condition("show", "Ready"))
    refused = set()
    for alike in tries(proxy, *WRITES).values():
        for one, following in pairwise(alike):
            if one.answered == 429:
                refused.add(one.asked.resource)
                assert (following.at - one.at).total_seconds() >= 2
    assert refused == set(kinds)


@pytest.mark.fault_row(9)
def test_floors_come_before_status_while_requests_fail(tenant: Tenant, proxy: Proxy) -> None:
    """With every third request refused all floors are up soon, and the status follows."""
    names = [f"web-{number}" for number in range(MANY)]
    announce(tenant, *names)
    tenant.start_operator()
    tenant.wait("it is announced", lambda: tenant.condition("show", "Ready"))
    writes = Match(("create", "patch", "delete"))
    proxy.rules = [Rule(writes, Answer(500), every=3), Rule(Match(("list",)), Answer(503), every=3)]
    tenant.wait("all are raised", lambda: {tenant.limits(n) for n in names} == {RAISED}, 60)
    tenant.wait("it says so", lambda: tenant.condition("show", "Ready")["reason"] == "FloorMet", 60)
    assert max(late(tenant, name) for name in names) <= ON_TIME + LOADED
    tenant.wait("all is given back", lambda: {tenant.limits(n) for n in names} == {OWNERS}, 90)


def test_one_object_that_hangs_slows_no_other(tenant: Tenant, proxy: Proxy) -> None:
    """Its own campaign says what is wrong with it; the others' floors are up in time."""
    names = [f"web-{number}" for number in range(MANY)]
    announce(tenant, "stuck", *names)
    proxy.rules = [Rule(Match(("patch",), HPAS, name="stuck"), Hold(600))]
    tenant.start_operator()
    tenant.wait("all are raised", lambda: {tenant.limits(n) for n in names} == {RAISED}, 60)
    assert max(late(tenant, name) for name in names) <= ON_TIME + LOADED
    blocked = tenant.wait(
        "it says what is wrong",
        lambda: (found := tenant.condition("show", "Ready"))["reason"] == "Blocked" and found,
    )
    assert re.match(r"stuck: \d of 24 ready; ", blocked["message"])
    assert "no answer in time" in blocked["message"]
    proxy.rules = []
    tenant.wait("it is raised, too", lambda: tenant.limits("stuck") == RAISED)
