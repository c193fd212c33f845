"""The rights of the chart are those that it takes, and one that is missing is named.

A right that is removed by hand is said in conditions and once in the log, and heals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.evenings import start_operator
from tests.e2e.manifests import airtime, campaign, deployment, hpa, stateful_set, target
from tests.e2e.rights import granted, used, without

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant

Body = dict[str, Any]

NOTICED_WITHIN = 75
"""Real seconds until a right to read is missed: everything is listed again every minute."""

WHEN_REFUSED = {("get", "controllerrevisions")}
"""What only a write to the ledger that was refused needs: to read what is there instead."""

SHOW = airtime("2027-01-09T19:00:00Z", "12h")
RAISED = (24, 30)


def announce(tenant: Tenant, *more: Body, **with_hpa: bool) -> None:
    """Create workloads and a show that raises them, and more targets, three minutes ahead."""
    for name, has_hpa in with_hpa.items():
        tenant.create(deployment(name, 4), *([hpa(name, 4, 28)] if has_hpa else []))
    targets = [*(target(name, replicas=24) for name in with_hpa), *more]
    tenant.create(campaign("show", SHOW, targets=targets, warmUp={"lead": "3m"}))
    tenant.set_calendar("2027-01-09T18:56:00Z")


def test_no_right_too_many(tenant: Tenant) -> None:
    """Raising a workload of each kind and giving it back takes all of them, refusals aside."""
    tenant.create(stateful_set("chat", 4))
    announce(tenant, target("chat", kind="StatefulSet", replicas=24), api=True, web=False)
    operator = tenant.start_operator()
    tenant.wait("it is Ready", lambda: message(tenant, "Ready").startswith("every floor"), 60)
    operator.stop()
    given_back = tenant.restore()
    assert given_back.returncode == 0, given_back.stderr
    assert granted(tenant) - used(tenant) <= WHEN_REFUSED


@pytest.mark.fault_row(11)
@pytest.mark.parametrize(
    ("verb", "resource", "named"),
    [
        pytest.param(
            "patch", "horizontalpodautoscalers", "horizontalpodautoscalers.autoscaling", id="HPAs"
        ),
        pytest.param("patch", "deployments/scale", "deployments.apps/scale", id="scales"),
        pytest.param("create", "controllerrevisions", "controllerrevisions.apps", id="the ledger"),
    ],
)
def test_a_right_to_raise(tenant: Tenant, verb: str, resource: str, named: str) -> None:
    """The campaign is not Ready, names the right, and is as soon as the right is back."""
    announce(tenant, api=True, web=False)
    said = f"OnAir has no right to {verb} {named} in namespace {tenant.namespace}"
    with without(tenant, (verb, resource)):
        operator = tenant.start_operator()
        tenant.wait("it is named", lambda: said in message(tenant, "Ready"))
        assert tenant.condition("show", "Ready")["status"] == "False"
        assert tenant.condition("show", "Ready")["reason"] == "Blocked"
        tenant.wait("the demand is there", lambda: phase(tenant) == "OnAir")
    tenant.wait("both are raised", lambda: numbers(tenant) == (RAISED, 24))
    tenant.wait("the show is Ready", lambda: tenant.condition("show", "Ready")["status"] == "True")
    for once in (f"WARNING onair.troubles: {said}", f"INFO onair.troubles: no more: {said}"):
        assert operator.said().count(once) == 1


@pytest.mark.fault_row(11)
def test_a_right_to_give_back(tenant: Tenant) -> None:
    """A restore that is refused says what it lacks, and goes on when it may."""
    announce(tenant, api=True)
    start_operator(tenant)
    tenant.wait("it is raised", lambda: tenant.limits("api") == RAISED)
    said = "no right to patch horizontalpodautoscalers.autoscaling"
    with without(tenant, ("patch", "horizontalpodautoscalers")):
        cool_down = {"hold": "1m", "step": "100%", "every": "1m"}
        tenant.patch("Campaign", "show", {"spec": {"coolDown": cool_down, "suspend": True}})
        tenant.wait("it is named", lambda: said in message(tenant, "Restored"))
        assert tenant.condition("show", "Restored")["status"] == "False"
    tenant.wait("it is given back", lambda: tenant.limits("api") == (4, 28))


def test_a_right_to_say_something(tenant: Tenant) -> None:
    """Where no status and no Event can be written, targets are raised, and the log says it once."""
    announce(tenant, api=True, web=False)
    tenant.create(campaign("later", airtime("2028-01-09T19:00:00Z"), targets=[target("api")]))
    with without(tenant, ("patch", "campaigns/status"), ("create", "events")):
        operator = tenant.start_operator()
        tenant.wait("both are raised", lambda: numbers(tenant) == (RAISED, 24))
        said = [
            f"OnAir has no right to {right} in namespace {tenant.namespace}"
            for right in ("patch campaigns.onair.dev/status", "create events")
        ]
        tenant.wait("both are named", lambda: all(text in operator.said() for text in said))
        tenant.wait("the demand is there", lambda: tenant.clock.now().hour >= 19)
        assert operator.said().count("WARNING") == 2
        assert "status" not in tenant.get("Campaign", "show")
    tenant.wait("the status is there", lambda: phase(tenant) == "OnAir")


@pytest.mark.fault_row(11)
def test_rights_to_read_while_it_runs(tenant: Tenant) -> None:
    """The operator stays, says what it cannot read, asserts nothing, and sees again afterwards."""
    announce(tenant, api=True)
    operator = tenant.start_operator()
    tenant.wait("it is Ready", lambda: message(tenant, "Ready").startswith("every floor"), 60)
    reads = (("list", "horizontalpodautoscalers"), ("watch", "deployments"))
    said = [
        f"OnAir has no right to {right} in namespace {tenant.namespace}"
        for right in ("list horizontalpodautoscalers.autoscaling", "watch deployments.apps")
    ]
    with without(tenant, *reads):
        tenant.wait(
            "both are named",
            lambda: all(text in message(tenant, "Ready") for text in said),
            NOTICED_WITHIN,
        )
        assert tenant.condition("show", "Ready")["status"] == "Unknown"
        assert tenant.condition("show", "Ready")["reason"] == "CannotRead"
        assert [operator.said().count(text) for text in said] == [1, 1]
        assert operator.running
    tenant.wait("it is Ready again", lambda: message(tenant, "Ready").startswith("every floor"))
    assert operator.running


def test_rights_to_read_from_the_start(tenant: Tenant) -> None:
    """What steers a target may be unknown, so nothing is raised before every list was read."""
    announce(tenant, api=True)
    said = "OnAir has no right to list horizontalpodautoscalers.autoscaling in namespace"
    with without(tenant, ("list", "horizontalpodautoscalers")):
        operator = tenant.start_operator()
        tenant.wait("it is named", lambda: said in message(tenant, "Ready"))
        tenant.wait("the demand is there", lambda: tenant.clock.now().hour >= 19)
        assert tenant.replicas("api")[0] == 4
        assert not tenant.ledger()
        assert operator.said().count(said) == 1
    tenant.wait("it is raised", lambda: tenant.limits("api") == RAISED)


def message(tenant: Tenant, kind: str) -> str:
    """Return the message of one of the show's conditions."""
    return str(tenant.condition("show", kind).get("message", ""))


def phase(tenant: Tenant) -> str:
    """Return the show's phase."""
    return str(tenant.get("Campaign", "show").get("status", {}).get("phase", ""))


def numbers(tenant: Tenant) -> tuple[tuple[int, int], int]:
    """Return the limits of the HPA and the replicas of the workload without one."""
    return tenant.limits("api"), tenant.replicas("web")[0]
