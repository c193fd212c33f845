"""Without rules the operator does not notice the proxy, and everything is in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.manifests import airtime, campaign, deployment, hpa, target
from tests.faults.proxy.asked import Asked
from tests.faults.proxy.proxy import Proxy

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.tenant import Tenant
    from tests.faults.proxy.client import Client


def test_requests(client: Client, proxy: Proxy, tenant: Tenant) -> None:
    """A request is answered as the API server answers it, and noted with what it asked for."""
    assert client.create("one").status == 201
    assert client.create("one").body["reason"] == "AlreadyExists"
    changed = client.revise("one", 2).body
    assert tenant.get("ControllerRevision", "one") == changed
    assert client.list() == {"one": 2}

    noted = [(e.asked.verb, e.asked.name, e.occurrence, e.answered) for e in proxy.journal]
    assert noted == [
        ("create", "one", 1, 201),
        ("create", "one", 2, 409),
        ("patch", "one", 1, 200),
        ("list", "", 1, 200),
    ]
    assert proxy.journal[2].asked == Asked(
        "patch", "controllerrevisions", namespace=tenant.namespace, name="one"
    )
    assert proxy.journal[2].version == int(changed["metadata"]["resourceVersion"])


def test_dry_run(client: Client, proxy: Proxy) -> None:
    """A dry run is no write."""
    client.create("one", dryRun="All")
    assert proxy.journal[0].asked.dry_run
    assert not proxy.journal[0].asked.is_write


def test_operator(tenant: Tenant, tmp_path: Path) -> None:
    """An operator raises and restores through it, and its watches come as they are said."""
    tenant.set_calendar("2027-01-09T18:50:00Z", 120)
    tenant.create(deployment("web", 4), hpa("web", 2, 10))
    show = airtime("2027-01-09T19:00:00Z", "5m")
    tenant.create(campaign("show", show, targets=[target("web")]))
    with Proxy(tenant.kubeconfig, tmp_path / "proxy") as proxy:
        tenant.kubeconfig = proxy.kubeconfig
        operator = tenant.start_operator()
        tenant.wait("it is raised", lambda: tenant.limits("web")[0] >= 20)
        tenant.wait("it is restored", lambda: tenant.limits("web") == (2, 10))
        tenant.wait("nothing is left to write", lambda: not tenant.ledger())
        operator.stop()
        written = [
            (e.asked.verb, e.asked.name, e.version)
            for e in proxy.journal
            if e.asked.resource == "horizontalpodautoscalers"
            and e.asked.is_write
            and e.served == 200
        ]
        seen = {(e.resource, e.name, e.kind) for e in proxy.events}
    audited = [
        (w.verb, w.name, int(w.answer["metadata"]["resourceVersion"]))
        for w in tenant.writes("horizontalpodautoscalers")
    ]
    assert written == audited
    assert ("horizontalpodautoscalers", "web", "MODIFIED") in seen
