"""After a restore of etcd from a backup: versions are lower than those that were noted as seen."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from tests.e2e.manifests import airtime, campaign, deployment, target

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant

PAGE = Path(__file__).parents[2] / "docs" / "troubleshooting.md"


def way_out() -> list[str]:
    """Return the arguments of the command that the documentation has for this, but for where."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if line.startswith("kubectl annotate controllerrevisions")]
    return [word for word in shlex.split(line)[1:] if word != "--all-namespaces"]


def test_a_floor_that_waits_for_versions_of_before_can_be_let_go(tenant: Tenant) -> None:
    """It stays up and says why; the command of the documentation is enough."""
    tenant.create(deployment("web", 4))
    show = airtime("2027-01-09T19:00:00Z", "12h")
    tenant.create(campaign("show", show, targets=[target("web", replicas=24)]))
    tenant.set_calendar("2027-01-09T18:54:00Z")
    tenant.start_operator()
    tenant.wait("it is raised", lambda: tenant.replicas("web")[0] == 24)
    (entry,) = tenant.ledger()
    seen = {"metadata": {"annotations": {"onair.dev/seen": "[9000000000, 9000000000]"}}}
    tenant.patch("ControllerRevision", entry["metadata"]["name"], seen)
    tenant.patch("Campaign", "show", {"spec": {"suspend": True}})

    def restored() -> tuple[str | None, str]:
        found = tenant.condition("show", "Restored")
        return found.get("reason"), found.get("message", "")

    tenant.wait("it says so", lambda: restored()[0] == "Blocked")
    assert "as they were before this floor was raised" in restored()[1]
    assert tenant.replicas("web")[0] == 24
    tenant.cluster.kubectl("--namespace", tenant.namespace, *way_out())
    tenant.wait("it is given back", lambda: tenant.replicas("web")[0] == 4, 60)
