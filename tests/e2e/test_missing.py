"""What a cluster lacks is said once, waited for, and never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cluster.components import Components
from tests.cluster.control_plane import ControlPlane
from tests.e2e.crds import install_crds
from tests.e2e.manifests import airtime, campaign, deployment, target
from tests.e2e.probes import Probes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.tenant import Tenant

SHOW = airtime("2027-01-09T19:00:00Z", "12h")


@pytest.fixture(scope="module")
def cluster() -> Iterator[ControlPlane]:
    """A control plane without OnAir's CRDs and without the HPA API, in the place of the shared."""
    complete = Components.kube_apiserver

    def without_hpas(self: Components) -> list[str]:
        return [*complete(self), "--runtime-config=autoscaling/v2=false"]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Components, "kube_apiserver", without_hpas)
        with ControlPlane.start(metrics=False) as plane:
            yield plane


def test_crds_and_hpas(tenant: Tenant) -> None:
    """It waits for the CRDs and goes on by itself; without the HPA API it raises nothing."""
    tenant.set_calendar("2027-01-09T18:58:00Z")
    probes = Probes()
    operator = tenant.start_operator(probes.option)
    crds = "this cluster serves no campaigns of onair.dev/v1alpha1; are the CRDs there?"
    tenant.wait("it misses the CRDs", lambda: crds in probes.readyz()[1])
    assert probes.readyz()[0] == 503

    install_crds(tenant.cluster)
    tenant.create(deployment("web", 4))
    tenant.create(campaign("show", SHOW, targets=[target("web", replicas=24)]))
    hpas = "this cluster serves no horizontalpodautoscalers of autoscaling/v2"
    tenant.wait("it is told in the status", lambda: hpas in message(tenant))
    assert tenant.condition("show", "Ready")["status"] == "Unknown"
    assert crds not in probes.readyz()[1]
    assert hpas in probes.readyz()[1]
    tenant.wait("the demand is there", lambda: tenant.clock.now().hour >= 19)
    assert tenant.replicas("web")[0] == 4
    assert not tenant.ledger()
    for said in (crds, hpas):
        assert operator.said().count(f"WARNING onair.troubles: {said}") == 1
    assert operator.running


def message(tenant: Tenant) -> str:
    """Return the message of the show's condition Ready."""
    return str(tenant.condition("show", "Ready").get("message", ""))
