"""What happens beneath the API server: a link to etcd that stands still, and bytes that are wrong.

In a control plane of its own, whose etcd the tests may touch.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.cluster.binaries import program
from tests.cluster.components import Components
from tests.cluster.control_plane import ControlPlane
from tests.cluster.ports import free_ports
from tests.e2e import tracks
from tests.e2e.api import Api, RefusedError
from tests.e2e.crds import install_crds
from tests.e2e.etcd import Etcd
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target
from tests.e2e.probes import Probes
from tests.e2e.relay import Relay, led_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.e2e.operators import OperatorProcess
    from tests.e2e.tenant import Tenant

Limits = tuple[int, int]

OWNERS, RAISED, LARGER = (2, 10), (24, 30), (44, 55)
LARGER_LOAD = {"shape": "Flat", "requestsPerSecond": "2000", "headroom": "0%"}


@pytest.fixture(scope="module")
def made() -> Iterator[tuple[ControlPlane, Components]]:
    """A control plane, and what it consists of."""
    complete, started = Components.kube_apiserver, []

    def noted(self: Components) -> list[str]:
        started.append(self)
        return complete(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Components, "kube_apiserver", noted)
        plane = ControlPlane.start(metrics=False)
    with plane:
        install_crds(plane)
        yield plane, started[-1]


@pytest.fixture(scope="module")
def cluster(made: tuple[ControlPlane, Components]) -> ControlPlane:
    """A control plane in the place of the shared one."""
    return made[0]


@pytest.fixture(scope="module")
def components(made: tuple[ControlPlane, Components]) -> Components:
    """The command lines and ports of that control plane."""
    return made[1]


@pytest.fixture
def etcd(components: Components) -> Etcd:
    """What its API server keeps everything in."""
    return Etcd(components.ports.etcd)


@contextmanager
def second_server(cluster: ControlPlane, components: Components, link: Relay) -> Iterator[int]:
    """Run another API server that reaches the same etcd through a link; yields its port."""
    (port,) = free_ports(1)
    ports = replace(components.ports, api=port, etcd=link.port)
    command = replace(components, ports=ports).kube_apiserver()
    log = str(cluster.folder / "logs" / "second-kube-apiserver.log")
    quietly = ("sh", "-c", 'exec "$@" > "$0" 2>&1', log)
    process = cluster.popen([*quietly, str(program("kube-apiserver")), *command])
    try:
        yield port
    finally:
        process.kill()
        process.wait()


def put_on_air(tenant: Tenant, *options: str) -> None:
    """Start an operator and wait until a show of four hours (minutes of real time) is on air."""
    tenant.set_calendar("2027-01-09T19:00:00Z")
    tenant.create(deployment("web", 4), hpa("web", *OWNERS))
    tenant.create(campaign("show", airtime("2027-01-09T19:00:00Z", "4h"), targets=[target("web")]))
    tenant.start_operator(*options)
    tenant.wait("it is raised", lambda: tenant.limits("web") == RAISED)


def is_ready(kubeconfig: Path) -> bool:
    """Tell whether an API server can be used."""
    try:
        Api(kubeconfig).request("GET", "/apis/onair.dev/v1alpha1/campaigns")
    except (RefusedError, OSError, ValueError):
        return False
    return True


@pytest.mark.fault_row(4)
def test_a_server_that_has_stood_still(
    tenant: Tenant, cluster: ControlPlane, components: Components, tmp_path: Path
) -> None:
    """Whoever is led to it lowers nothing by its old view, and goes on when it moves again."""
    ports = components.ports
    with Relay(ports.etcd) as link, second_server(cluster, components, link) as second:
        direct = led_to(second, cluster.kubeconfig, tmp_path / "second.kubeconfig")
        tenant.wait("the second server is ready", lambda: is_ready(direct))
        with Relay(ports.api) as network:
            tenant.kubeconfig = led_to(network.port, tenant.kubeconfig, tmp_path / "operators")
            probes = Probes()
            put_on_air(tenant, probes.option)
            link.freeze()
            tenant.patch("Campaign", "show", {"spec": {"load": LARGER_LOAD}})
            tenant.wait("it is raised", lambda: tenant.limits("web") == LARGER)
            network.lead_to(second)
            assert remembered(Api(direct), tenant.namespace) != LARGER_LOAD
            tenant.wait("it says what is wrong", lambda: probes.readyz()[0] == 503)
            tenant.patch("HorizontalPodAutoscaler", "web", {"spec": {"minReplicas": 3}})
            link.thaw()
            tenant.wait("it is at work again", lambda: probes.readyz() == (200, "ok\n"))
            tenant.wait("it is raised again", lambda: tenant.limits("web") == LARGER)
            tenant.patch("Campaign", "show", {"spec": {"suspend": True}})
            tenant.wait("it is given back", lambda: tenant.limits("web") == (3, 10))
    minima = tracks.minima(tenant, "web").values
    assert minima[: minima.index(3) + 2] == [2, 24, 44, 3, 44]


KEPT = "/registry/controllerrevisions/{}/{}"
CAMPAIGNS = "/registry/onair.dev/campaigns/{}/{}"


@pytest.mark.fault_row(27)
def test_a_flipped_bit_in_the_ledger(tenant: Tenant, etcd: Etcd) -> None:
    """It is said, nothing is written while it lasts, and all goes on when the entry is whole."""
    put_on_air(tenant)
    tenant.wait("it is Ready", lambda: said(tenant, "show", "Ready") == ("True", "FloorMet"))
    (entry,) = tenant.ledger()
    key = KEPT.format(tenant.namespace, entry["metadata"]["name"])
    whole, written = etcd.get(key), tenant.writes("horizontalpodautoscalers")
    assert b'"minimum":2' in whole
    etcd.put(key, whole.replace(b'"minimum":2', b'"minimum":3'))
    tenant.wait("it is said", lambda: said(tenant, "show", "Ready") == ("False", "LedgerDamaged"))
    tenant.wait(
        "it is not called restored",
        lambda: said(tenant, "show", "Restored") == ("Unknown", "LedgerDamaged"),
    )
    tenant.patch("HorizontalPodAutoscaler", "web", {"spec": {"minReplicas": 3}})
    assert tenant.limits("web") == (3, 30)
    assert tenant.writes("horizontalpodautoscalers") == written
    etcd.put(key, whole)
    tenant.wait("it is raised again", lambda: tenant.limits("web") == RAISED)


POISONS: dict[str, object] = {
    "text": "on air",
    "nothing": None,
    "numbers": {"airtimes": 1e18, "load": {"shape": 7}, "targets": {}},
    "never": {"airtimes": [{"name": "show", "start": "9999-99-99", "duration": "-1e18h"}]},
    "deep": {"load": {"points": [[[[[[[["start"]]]]]]]]}},
}
"""What no API server has ever taken for a spec."""

BROKEN, SOUND = 100, 6
ON_TIME, LOADED = 2.0, 3.0
"""Real seconds within which a floor is up, and those more on a machine that runs other tests."""


@pytest.mark.fault_row(26)
def test_poison_and_a_hundred_broken_campaigns(tenant: Tenant, etcd: Etcd) -> None:
    """Each is refused by name, and the floors of those beside them are up in time.

    In its status, or in the log where the API server takes no status for what it holds.
    """
    show = airtime("2027-01-09T19:15:00Z", "4h")
    names = [f"web-{number}" for number in range(SOUND)]
    for name in names:
        tenant.create(deployment(name, 4), hpa(name, *OWNERS))
    tenant.create(campaign("show", show, targets=[target(name) for name in names]))
    absent = [target("absent")]
    for number in range(BROKEN):
        tenant.create(campaign(f"broken-{number}", show, targets=absent, timeZone="Mars/Olympus"))
    for name, spec in POISONS.items():
        tenant.create(campaign(name, show, targets=absent))
        key = CAMPAIGNS.format(tenant.namespace, name)
        body = json.loads(etcd.get(key)) | {"spec": spec}
        etcd.put(key, json.dumps(body).encode())
    tenant.set_calendar("2027-01-09T19:00:00Z")
    operator = tenant.start_operator()
    tenant.wait("all are raised", lambda: {tenant.limits(name) for name in names} == {RAISED})
    due = tenant.clock.calendar.replace(hour=19, minute=10)
    for name in names:
        (raised,) = tenant.writes("horizontalpodautoscalers", name)
        late = (tenant.calendar_of(raised.at) - due).total_seconds() / tenant.clock.speed
        assert late <= ON_TIME + LOADED
    tenant.wait("the broken ones are refused", lambda: len(refused(tenant)) >= BROKEN)
    tenant.wait("so is the poison", lambda: POISONS.keys() <= refused(tenant) | named(operator))
    assert "Traceback" not in operator.said()


def refused(tenant: Tenant) -> set[str]:
    """Return the campaigns that say of themselves that they are not valid."""
    return {
        body["metadata"]["name"]
        for body in tenant.api.list("Campaign", tenant.namespace)
        for condition in (body.get("status") or {}).get("conditions", ())
        if (condition["type"], condition["status"]) == ("Valid", "False")
    }


def named(operator: OperatorProcess) -> set[str]:
    """Return the campaigns whose status the API server does not take, as the log says."""
    return set(re.findall(r"cannot write the status of \S+/(\S+): ", operator.said()))


def said(tenant: Tenant, name: str, kind: str) -> tuple[str | None, str | None]:
    """Return status and reason of a campaign's condition."""
    found = tenant.condition(name, kind)
    return found.get("status"), found.get("reason")


def remembered(server: Api, namespace: str) -> object:
    """Return the show's load as an API server knows it without asking etcd."""
    path = f"/apis/onair.dev/v1alpha1/namespaces/{namespace}/campaigns"
    (show,) = server.request("GET", path, query={"resourceVersion": "0"})["items"]
    return show["spec"]["load"]
