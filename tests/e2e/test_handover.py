"""Two operators share a Lease: one writes, and when it ends the other goes on where it was."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.e2e.evenings import minutes, rfc3339
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target
from tests.e2e.replicas import HPAS, RAISED, Replicas, events, holder, written_twice

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant

TIMES = 2
"""Hand-overs in each test; the bench has twenty."""


@pytest.fixture
def replicas(tenant: Tenant) -> Replicas:
    """One operator that leads, and one that stands by."""
    tenant.set_calendar("2027-01-09T18:00:00Z")
    both = Replicas(tenant)
    for _ in range(2):
        both.add()
    return both


@pytest.mark.parametrize(
    "number",
    [pytest.param(signal.SIGTERM, id="told to end"), pytest.param(signal.SIGKILL, id="killed")],
)
def test_floors_that_are_due_in_between_rise_once(
    tenant: Tenant, replicas: Replicas, number: signal.Signals
) -> None:
    """Whoever takes over raises what has become due since; nothing is written a second time."""
    shows = [replicas.hand_over(number).workload for _ in range(TIMES)]
    tenant.wait("all say so", lambda: all(says_raised(tenant, show) for show in shows))
    assert [[r.answer["spec"]["minReplicas"] for r in tenant.writes(HPAS, s)] for s in shows] == [
        [RAISED[0]]
    ] * TIMES
    assert written_twice(tenant) == {}
    given_back = [not r.answer["spec"].get("holderIdentity") for r in tenant.writes("leases")]
    assert sum(given_back) == (TIMES if number is signal.SIGTERM else 0)


@pytest.mark.fault_row(16)
def test_a_process_that_was_away_writes_nothing(tenant: Tenant, replicas: Replicas) -> None:
    """One that is stopped for longer than its Lease finds a successor, and stands by for it."""
    away = replicas.leader()
    away.send(signal.SIGSTOP)
    try:
        tenant.wait("another one leads", lambda: holder(tenant) != away.name)
        tenant.create(deployment("app", 1), hpa("app", 1, 10))
        start = (tenant.clock.now() + minutes(2)).replace(microsecond=0)
        show = airtime(rfc3339(start), "12h")
        tenant.create(campaign("app", show, targets=[target("app", replicas=2)]))
        tenant.wait("it is raised", lambda: tenant.limits("app") == RAISED)
    finally:
        away.send(signal.SIGCONT)
    tenant.wait("it stands by", lambda: away.is_standby)
    assert "was taken by another process" in away.process.said()
    assert holder(tenant) != away.name
    tenant.wait("the status is there", lambda: says_raised(tenant, "app"))
    assert written_twice(tenant) == {}


def test_a_moment_in_between_is_judged_once(tenant: Tenant, replicas: Replicas) -> None:
    """Nobody leads when the show begins; its verdict is in the status, an Event and a counter."""
    tenant.create(deployment("app", 4), hpa("app", 4, 10))
    start = tenant.soon(minutes(14))
    show = airtime(rfc3339(start), "12h")
    tenant.create(campaign("app", show, targets=[target("app", replicas=6)]))
    tenant.wait("it is raised", lambda: tenant.limits("app") == (6, 10))
    tenant.wait("its pods are Ready", lambda: tenant.replicas("app")[1] == 6)
    tenant.wait_until(start - minutes(1))
    killed = replicas.leader()
    killed.process.kill()
    del replicas.running[killed.name]
    assert tenant.clock.now() < start
    tenant.wait("it is judged", lambda: verdict(tenant) == "Ready")
    leader = replicas.leader()
    counted = 'onair_verdicts_total{verdict="Ready"}'
    tenant.wait("it is counted", lambda: leader.metric(counted) == 1)
    tenant.wait("an Event says so", lambda: told(tenant).count("VerdictReady") == 1)
    assert written_twice(tenant) == {}


def test_a_moment_before_is_told_by_the_leader_alone(tenant: Tenant, replicas: Replicas) -> None:
    """Whoever takes over later keeps the verdict that was given, and tells it to nobody again."""
    tenant.create(deployment("app", 4), hpa("app", 4, 10))
    start = tenant.soon(minutes(8))
    show = airtime(rfc3339(start), "12h")
    tenant.create(campaign("app", show, targets=[target("app", replicas=6)]))
    tenant.wait("it is judged", lambda: verdict(tenant) == "Ready")
    tenant.wait("an Event says so", lambda: told(tenant).count("VerdictReady") == 1)
    leader = replicas.leader()
    counted = 'onair_verdicts_total{verdict="Ready"}'
    assert leader.metric(counted) == 1
    (standby,) = [replica for replica in replicas.running.values() if replica != leader]
    leader.process.stop()
    tenant.wait("the other one leads", lambda: standby.metric("onair_leading") == 1)
    assert standby.metric(counted) == 0
    assert verdict(tenant) == "Ready"
    assert told(tenant).count("VerdictReady") == 1
    assert written_twice(tenant) == {}


def test_both_say_what_they_are(tenant: Tenant, replicas: Replicas) -> None:
    """Both are ready; of targets only the leader speaks, so that sums count them once."""
    tenant.create(deployment("app", 1), hpa("app", 1, 10))
    show = airtime(rfc3339(tenant.clock.now() + minutes(2)), "12h")
    tenant.create(campaign("app", show, targets=[target("app", replicas=2)]))
    tenant.wait("it is raised", lambda: tenant.limits("app") == RAISED)
    leader = replicas.leader()
    (standby,) = [replica for replica in replicas.running.values() if replica != leader]
    assert leader.probes.readyz() == (200, "ok\n")
    assert standby.probes.readyz() == (200, f"ok: standby, {leader.name} holds the Lease\n")
    floor = f'onair_floor_replicas{{kind="Deployment",name="app",namespace="{tenant.namespace}"}}'
    tenant.wait("the floor is shown", lambda: leader.metric(floor) == RAISED[0])
    assert standby.metric(floor) is None
    for replica, leads in ((leader, 1), (standby, 0)):
        assert replica.metric("onair_leading") == leads
        assert replica.metric("onair_ready") == 1


def says_raised(tenant: Tenant, show: str) -> bool:
    """Tell whether a campaign's status says that its floor is in place."""
    return tenant.condition(show, "Ready").get("status") == "True"


def verdict(tenant: Tenant) -> str | None:
    """Return the verdict of the first moment of `app`, None where it has none yet."""
    (airing, *_) = tenant.get("Campaign", "app").get("status", {}).get("upcoming") or [{}]
    (moment, *_) = airing.get("moments") or [{}]
    found: str | None = moment.get("verdict")
    return found


def told(tenant: Tenant) -> list[str]:
    """Return the reasons of all Events that the operators have sent."""
    return [event["reason"] for event in events(tenant)]
