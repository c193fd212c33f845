"""`onair restore --take-over` gives everything back under running operators, as an uninstall does.

They stand by, and wait until what is to delete them has had its time.
"""

from __future__ import annotations

import signal
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from onair.clock import Clock
from onair.cluster.lease_record import DURATION, LEFT_HELD
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target
from tests.e2e.operators import restore, start_restore
from tests.e2e.probes import Probes

if TYPE_CHECKING:
    from datetime import datetime

    from tests.e2e.operators import OperatorProcess
    from tests.e2e.tenant import Tenant

OWNED = (4, 28)
RAISED = (24, 30)
SHOW = airtime("2027-01-09T19:00:00Z", "12h")


def on_air(tenant: Tenant) -> OperatorProcess:
    """Start an operator and wait until it has raised an HPA for a long show."""
    tenant.create(deployment("api", 4), hpa("api", *OWNED))
    tenant.create(campaign("show", SHOW, targets=[target("api", replicas=24)]))
    tenant.set_calendar("2027-01-09T18:57:00Z")
    operator = tenant.start_operator()
    tenant.wait("the show is raised", lambda: tenant.limits("api") == RAISED)
    return operator


def test_under_running_operators(tenant: Tenant) -> None:
    """Both operators stand by, the baseline is back, and stays while the Lease is left."""
    operator, probes = on_air(tenant), Probes()
    other = tenant.start_operator("--identity=other", probes.option)
    tenant.wait("another one stands by", lambda: probes.readyz()[0] == 200)
    done = restore(tenant.kubeconfig, tenant.namespace, "--take-over")
    assert done.returncode == 0, done.stderr
    left_at = tenant.writes("leases")[-1].at
    assert "was taken by another process" in operator.said()
    assert "Traceback" not in operator.said()
    assert tenant.limits("api") == OWNED
    assert not tenant.ledger()
    assert phase(tenant) == "Unknown"
    tenant.wait("both wait for it", lambda: probes.readyz()[0] == 503)
    assert f"left held for {LEFT_HELD} s when it ended" in probes.readyz()[1]

    raised = tenant.wait("they raise again", lambda: raises_since(tenant, left_at), 120)
    assert raised[0].total_seconds() >= LEFT_HELD
    assert len(raised) == 1
    assert tenant.limits("api") == RAISED
    tenant.wait("its status says so", lambda: phase(tenant) in {"WarmingUp", "OnAir"})
    assert operator.running
    assert other.running


def test_nothing_is_written_while_the_operator_may_still_write(tenant: Tenant) -> None:
    """The first write of a restore comes later than any that its operator can have begun."""
    on_air(tenant)
    done = restore(tenant.kubeconfig, tenant.namespace, "--take-over")
    assert done.returncode == 0, done.stderr
    leases = tenant.writes("leases")
    taken = [r.at for r in leases if "-restore-" in r.answer["spec"]["holderIdentity"]]
    restored = [r.at for r in tenant.writes("horizontalpodautoscalers") if r.at > taken[0]]
    assert (restored[0] - taken[0]).total_seconds() >= DURATION


def test_one_that_fails_lets_the_operator_go_on(tenant: Tenant) -> None:
    """Where one namespace cannot be read nothing is lowered anywhere, and the operator goes on."""
    operator = on_air(tenant)
    ((owned, _),) = recorded(tenant)
    both = f"--namespaces={tenant.namespace},elsewhere"
    done = restore(tenant.kubeconfig, tenant.namespace, "--take-over", both)
    assert done.returncode == 1
    unread, error = done.stderr.splitlines()
    assert unread.startswith("elsewhere: OnAir has no right to list controllerrevisions.apps in ")
    assert unread.endswith("namespace elsewhere; the namespace may not exist")
    assert error == "Error: not everything is back; run `onair restore` again later"
    assert recorded(tenant) == [(owned, "raised")]
    tenant.wait("it is at work", lambda: leads_again(operator))
    assert tenant.limits("api") == RAISED
    writes = tenant.writes("horizontalpodautoscalers")
    assert [request.answer["spec"]["minReplicas"] for request in writes] == [RAISED[0]]


def test_the_operator_comes_back_after_a_restore_that_died(tenant: Tenant) -> None:
    """A restore that is killed keeps an operator out for no longer than a Lease lasts."""
    operator = on_air(tenant)
    restoring = start_restore(tenant.kubeconfig, tenant.namespace, "--take-over")
    tenant.wait("the Lease is taken", lambda: "standing by" in operator.said())
    restoring.kill()
    restoring.communicate(timeout=20)
    tenant.wait("it is at work", lambda: leads_again(operator), DURATION + 10)
    assert tenant.limits("api") == RAISED


def test_two_at_once(tenant: Tenant) -> None:
    """The later one takes over from the earlier, which says so; everything is back once."""
    on_air(tenant)
    first = start_restore(tenant.kubeconfig, tenant.namespace, "--take-over")
    tenant.wait("the Lease is taken", lambda: "-restore-" in holder(tenant))
    second = restore(tenant.kubeconfig, tenant.namespace, "--take-over")
    said = first.communicate(timeout=20)[1]
    assert first.returncode == 1
    assert "was taken by another process" in said
    assert second.returncode == 0, second.stderr
    assert tenant.limits("api") == OWNED
    assert not tenant.ledger()


def test_a_lease_left_long_ago_is_not_waited_for(tenant: Tenant) -> None:
    """An installation a week after an uninstall is at work within seconds."""
    leave_lease(tenant)
    operator = tenant.start_operator()
    tenant.wait("it is at work", lambda: "holds the Lease" in operator.said(), 20)


@pytest.mark.parametrize(
    "number",
    [pytest.param(signal.SIGTERM, id="SIGTERM"), pytest.param(signal.SIGINT, id="SIGINT")],
)
def test_a_stopped_restore_lets_the_operator_come_back(tenant: Tenant, number: int) -> None:
    """A restore that is told to end says so, and the operator need not wait for its Lease."""
    operator = on_air(tenant)
    restoring = start_restore(tenant.kubeconfig, tenant.namespace, "--take-over")
    tenant.wait("the Lease is taken", lambda: "standing by" in operator.said())
    restoring.send_signal(number)
    said = restoring.communicate(timeout=20)[1]
    assert restoring.returncode == 1
    assert said.splitlines() == [
        "Error: stopped before everything was back; run `onair restore` again"
    ]
    tenant.wait("it is at work", lambda: leads_again(operator))


def leads_again(operator: OperatorProcess) -> bool:
    """Tell whether an operator has taken the Lease a second time."""
    return operator.said().count("holds the Lease as") == 2


def holder(tenant: Tenant) -> str:
    """Return who has written to the Lease last as its holder."""
    return str(tenant.writes("leases")[-1].answer["spec"].get("holderIdentity"))


def recorded(tenant: Tenant) -> list[tuple[dict[str, object], str]]:
    """Return what each ledger entry has of the owner's, and how far its hold is."""
    return [
        (entry["data"], entry["metadata"]["annotations"]["onair.dev/state"])
        for entry in tenant.ledger()
    ]


def phase(tenant: Tenant) -> str:
    """Return the show's phase."""
    return str(tenant.get("Campaign", "show").get("status", {}).get("phase"))


def leave_lease(tenant: Tenant) -> None:
    """Create the Lease that a restore a week ago has left held."""
    path = f"/apis/coordination.k8s.io/v1/namespaces/{tenant.namespace}/leases"
    spec = {
        "holderIdentity": "hook-restore-1",
        "leaseDurationSeconds": LEFT_HELD,
        "renewTime": (Clock.real_now() - timedelta(days=7)).isoformat(timespec="microseconds"),
    }
    tenant.api.request("POST", path, {"metadata": {"name": "onair"}, "spec": spec})


def raises_since(tenant: Tenant, instant: datetime) -> list[timedelta]:
    """Return how long after an instant each write of the floor came."""
    return [
        request.at - instant
        for request in tenant.writes("horizontalpodautoscalers", "api")
        if request.at > instant and request.answer["spec"]["minReplicas"] == RAISED[0]
    ]
