"""`onair restore --take-over` gives everything back under a running operator, as an uninstall does.

The operator ends; one that is restarted at once waits until what is to delete it has had its time.
"""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from onair.cli.restore import LEFT_HELD
from onair.clock import Clock
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target
from tests.e2e.operators import restore, start_restore

if TYPE_CHECKING:
    from datetime import datetime, timedelta

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


def test_under_a_running_operator(tenant: Tenant) -> None:
    """The operator ends and says why, the baseline is back, and stays while the Lease is left."""
    operator = on_air(tenant)
    done = restore(tenant.kubeconfig, tenant.namespace, "--take-over")
    assert done.returncode == 0, done.stderr
    tenant.wait("the operator ends", lambda: not operator.running)
    assert operator.stop() == 1
    assert "was taken by another process" in operator.said()
    assert "Traceback" not in operator.said()
    assert tenant.limits("api") == OWNED
    assert not tenant.ledger()

    restarted_at = Clock.real_now()
    tenant.start_operator()
    raised = tenant.wait("it raises again", lambda: raises_since(tenant, restarted_at), 120)
    assert raised[0].total_seconds() >= LEFT_HELD
    assert tenant.limits("api") == RAISED


def test_nothing_is_written_while_the_operator_may_still_write(tenant: Tenant) -> None:
    """The first write of a restore comes later than any that its operator can have begun."""
    on_air(tenant)
    began_at = Clock.real_now()
    done = restore(tenant.kubeconfig, tenant.namespace, "--take-over")
    assert done.returncode == 0, done.stderr
    restored = [r.at for r in tenant.writes("horizontalpodautoscalers") if r.at > began_at]
    assert (restored[0] - began_at).total_seconds() >= 5


@pytest.mark.parametrize(
    "number",
    [pytest.param(signal.SIGTERM, id="SIGTERM"), pytest.param(signal.SIGINT, id="SIGINT")],
)
def test_a_stopped_restore_lets_the_operator_come_back(tenant: Tenant, number: int) -> None:
    """A restore that is told to end says so, and the next operator need not wait for its Lease."""
    operator = on_air(tenant)
    restoring = start_restore(tenant.kubeconfig, tenant.namespace, "--take-over")
    tenant.wait("the Lease is taken", lambda: not operator.running)
    restoring.send_signal(number)
    said = restoring.communicate(timeout=20)[1]
    assert restoring.returncode == 1
    assert said.splitlines() == [
        "Error: stopped before everything was back; run `onair restore` again"
    ]
    again = tenant.start_operator()
    tenant.wait("it is at work", lambda: "holds the Lease" in again.said(), 10)


def raises_since(tenant: Tenant, instant: datetime) -> list[timedelta]:
    """Return how long after an instant each write of the floor came."""
    return [
        request.at - instant
        for request in tenant.writes("horizontalpodautoscalers", "api")
        if request.at > instant and request.answer["spec"]["minReplicas"] == RAISED[0]
    ]
