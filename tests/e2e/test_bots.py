"""Tools that write to what OnAir holds: relabelling without rest, reverting, replacing marks."""

from __future__ import annotations

from collections import Counter
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from tests.e2e.api import PATHS, RefusedError
from tests.e2e.botting import again_and_again
from tests.e2e.evenings import start_operator
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target

if TYPE_CHECKING:
    from tests.e2e.api import Api, Body
    from tests.e2e.tenant import Tenant

HPA = "HorizontalPodAutoscaler"
HPAS = "horizontalpodautoscalers"
OWNERS, RAISED = (4, 28), (24, 30)
WEB_OWNERS = 4
CAPTURED = {"minimum": OWNERS[0], "maximum": OWNERS[1]}

TWENTY_A_SECOND = 0.05
EVERY_THREE_SECONDS = 3.0

TRIES = 12
"""More requests about one object are no bounded retries: a raise and a return take four."""


def announce(tenant: Tenant, duration: str, *names: str) -> None:
    """Announce a show that begins at 19:05 and whose floors are due at 19:02."""
    for name in names:
        tenant.create(deployment(name, WEB_OWNERS))
    tenant.create(hpa("api", *OWNERS))
    targets = [target(name, replicas=24) for name in names]
    show = airtime("2027-01-09T19:05:00Z", duration)
    tenant.create(campaign("show", show, targets=targets, warmUp={"lead": "3m"}))
    tenant.set_calendar("2027-01-09T18:59:00Z")


def relabel(api: Api, count: int, *, namespace: str) -> None:
    """Give everything that OnAir reads or writes there another label."""
    said = {"metadata": {"labels": {"seen-by-bot": str(count)}}}
    for kind, name in ((HPA, "api"), ("Deployment", "web"), ("Campaign", "show")):
        api.patch(kind, namespace, name, said)


@pytest.mark.fault_row(10)
def test_relabelled_twenty_times_a_second(tenant: Tenant) -> None:
    """Raised and given back all the same, with few requests, and the baseline is captured once."""
    announce(tenant, "5m", "api", "web")
    with again_and_again(
        tenant.cluster, TWENTY_A_SECOND, partial(relabel, namespace=tenant.namespace)
    ):
        tenant.start_operator()
        tenant.wait(
            "both are raised",
            lambda: (tenant.limits("api"), tenant.replicas("web")[0]) == (RAISED, 24),
        )
        created = [entry["data"]["baseline"] for entry in tenant.ledger()]
        assert sorted(created, key=str) == [{"minimum": 4, "maximum": m} for m in (28, None)]
        tenant.wait("the HPA is given back", lambda: tenant.limits("api") == OWNERS, 60)
        tenant.wait("the other one is", lambda: tenant.replicas("web")[0] == WEB_OWNERS)
        tenant.wait("nothing is held", lambda: condition(tenant, "Restored") == "True")
    asked = Counter(
        request.resource
        for request in tenant.audit()
        if request.user == tenant.user and request.is_write
    )
    assert asked[HPAS] <= TRIES, asked
    assert asked["deployments"] <= TRIES, asked


def revert(api: Api, _: int, *, namespace: str) -> None:
    """Apply the HPA as Git has it, by force."""
    limits = dict(zip(("minReplicas", "maxReplicas"), OWNERS, strict=True))
    body = hpa("api", *OWNERS)
    body["spec"] = {"scaleTargetRef": body["spec"]["scaleTargetRef"]} | limits
    api.apply(body, namespace, "argocd-controller", force=True)


@pytest.mark.fault_row(17)
def test_reverted_every_three_seconds(tenant: Tenant) -> None:
    """Named before air and on it, answered twice at once, and the ledger is what it was."""
    announce(tenant, "12h", "api")
    revert(tenant.api, 0, namespace=tenant.namespace)
    tenant.start_operator()
    tenant.wait("the tool is named before air", lambda: reason(tenant) == "RevertWouldCut")
    assert "argocd-controller" in tenant.condition("show", "Contested")["message"]
    tenant.wait("it is raised", lambda: tenant.limits("api") == RAISED)
    with again_and_again(
        tenant.cluster, EVERY_THREE_SECONDS, partial(revert, namespace=tenant.namespace)
    ):
        tenant.wait("it is named on air", lambda: reason(tenant) == "Reverted")
        answered = len(tenant.writes(HPAS))
        tenant.wait("two more reverts", lambda: reverts_after(tenant, answered) >= 2)
    assert len(tenant.writes(HPAS)) == answered == 3
    assert [entry["data"]["baseline"] for entry in tenant.ledger()] == [CAPTURED]
    tenant.patch("Campaign", "show", {"spec": {"suspend": True}})
    tenant.wait("it is given back", lambda: tenant.limits("api") == OWNERS)


def reverts_after(tenant: Tenant, count: int) -> int:
    """Return how often the tool has written since the operator's write of that count."""
    version = int(tenant.writes(HPAS)[count - 1].answer["metadata"]["resourceVersion"])
    return sum(
        int(request.answer["metadata"]["resourceVersion"]) > version
        for request in tenant.audit()
        if (request.resource, request.verb, request.code) == (HPAS, "patch", 200)
        and request.answer["spec"]["minReplicas"] == OWNERS[0]
    )


@pytest.mark.fault_row(18)
def test_annotations_replaced(tenant: Tenant) -> None:
    """A tool that takes every mark off an HPA takes nothing of its owner's: the ledger suffices."""
    announce(tenant, "12h", "api")
    start_operator(tenant)
    tenant.wait("it is raised", lambda: tenant.limits("api") == RAISED)
    tenant.kill_operator()
    assert "onair.dev/held" in tenant.get(HPA, "api")["metadata"]["annotations"]
    tenant.wait("its marks are gone", lambda: replaced(tenant, annotations={}))
    start_operator(tenant)
    tenant.wait("the show is Ready", lambda: condition(tenant, "Ready") == "True")
    assert [entry["data"]["baseline"] for entry in tenant.ledger()] == [CAPTURED]
    tenant.patch("Campaign", "show", {"spec": {"suspend": True}})
    tenant.wait("it is given back", lambda: tenant.limits("api") == OWNERS)


def replaced(tenant: Tenant, **metadata: Body) -> bool:
    """Put the HPA with other metadata, as a tool does; false if someone wrote to it meanwhile."""
    body = tenant.get(HPA, "api")
    body["metadata"] |= metadata
    path = f"{PATHS[HPA].format(tenant.namespace)}/api"
    try:
        tenant.api.request("PUT", path, body, query={"fieldManager": "flux"})
    except RefusedError as refused:
        if refused.status != HTTPStatus.CONFLICT:
            raise
        return False
    return True


def condition(tenant: Tenant, kind: str) -> str:
    """Return the status of one of the show's conditions."""
    return str(tenant.condition("show", kind).get("status", ""))


def reason(tenant: Tenant) -> str:
    """Return the reason of the show's condition Contested, "" while there is none."""
    return str(tenant.condition("show", "Contested").get("reason", ""))
