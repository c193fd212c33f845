"""The settings for Argo CD and Flux in docs/other-writers.md, and what these tools then do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from tests.docs.pages import DOCS, blocks, parsed
from tests.e2e.clamps import clamped
from tests.e2e.manifests import airtime, campaign, deployment, hpa, stateful_set, target
from tests.gitops.programs import program, reconcile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.tenant import Tenant

Body = dict[str, Any]

OWNED, RAISED = (4, 28), (24, 30)
ALL = {"Deployment api", "HorizontalPodAutoscaler api", "StatefulSet chat"}
ARGOCD, FLUX = (parsed(text)["spec"] for text in blocks(DOCS / "other-writers.md", "yaml"))
SERVER_SIDE = {"syncOptions": ["RespectIgnoreDifferences=true", "ServerSideApply=true"]}

TOOLS = {
    "flux": ("flux", FLUX),
    "argocd": ("argocd", ARGOCD),
    "argocd-server-side": ("argocd", ARGOCD | {"syncPolicy": SERVER_SIDE}),
}
SETTINGS: dict[str, Body] = {
    "flux": {"kind": "Kustomization", "metadata": {"name": "tv", "namespace": "flux-system"}},
    "argocd": {"kind": "Application", "metadata": {"name": "tv", "namespace": "argocd"}},
}
ABOUT_NUMBERS = ("ignore", "ignoreDifferences")


@pytest.fixture(params=TOOLS)
def tool(request: pytest.FixtureRequest, tenant: Tenant, tmp_path: Path) -> Callable[..., set[str]]:
    """What a tool does with manifests, as the page says or, if so wanted, without its settings."""
    name, spec = TOOLS[request.param]
    built = program(name)

    def run(*bodies: Body, documented: bool = True) -> set[str]:
        said = spec if documented else {k: v for k, v in spec.items() if k not in ABOUT_NUMBERS}
        return reconcile(built, tenant, tmp_path, SETTINGS[name] | {"spec": said}, *bodies)

    return run


def test_floors_stay_and_changes_go_through(tenant: Tenant, tool: Callable[..., set[str]]) -> None:
    """On air nothing is out of sync and no change lowers a floor; afterwards Git counts again."""
    assert tool(*git()) == ALL
    on_air(tenant)
    assert tool(*git()) == set()
    changed = git(hotfix="yes")
    assert tool(*changed) == ALL
    assert tool(*changed) == set()
    tenant.wait("all is restored", partial(restored, tenant), 60)
    assert raises(tenant) == (1, 1)

    assert tool(*changed) == set()
    assert (tenant.limits("api"), tenant.replicas("chat", "StatefulSet")[0]) == (OWNED, OWNED[0])
    assert tool(*git(minimum=6)) >= {"HorizontalPodAutoscaler api"}
    assert tenant.limits("api") == (6, OWNED[1])


def test_without_them_the_floors_are_undone(tenant: Tenant, tool: Callable[..., set[str]]) -> None:
    """The tool finds the limits out of sync and puts Git's back, which OnAir has to answer."""
    assert tool(*git(), documented=False) == ALL
    on_air(tenant)
    undone = tool(*git(), documented=False)
    assert undone == {"HorizontalPodAutoscaler api", "StatefulSet chat"}
    tenant.wait("both floors are up again", lambda: raises(tenant) == (2, 2))


def test_the_clamp_needs_no_settings(tenant: Tenant, tool: Callable[..., set[str]]) -> None:
    """Whatever the tool puts back on air, the floors stay, and everything else goes through."""
    assert tool(*git(), documented=False) == ALL
    with clamped(tenant):
        on_air(tenant)
        for _ in range(2):
            tool(*git(hotfix="yes"), documented=False)
            assert floors(tenant) == (*RAISED, RAISED[0])
        labels = tenant.get("HorizontalPodAutoscaler", "api")["metadata"]["labels"]
        assert labels["hotfix"] == "yes"
        tenant.wait("all is restored", partial(restored, tenant), 60)
        assert raises(tenant) == (1, 1)
        assert floors(tenant) == (*OWNED, OWNED[0])
        assert tool(*git(hotfix="yes"), documented=False) == set()


def git(minimum: int = OWNED[0], **labels: str) -> list[Body]:
    """Return what stands in Git: an application with an HPA, and one without."""
    bodies = [
        deployment("api", None),
        hpa("api", minimum, OWNED[1]),
        stateful_set("chat", OWNED[0]),
    ]
    return [body | {"metadata": body["metadata"] | {"labels": labels}} for body in bodies]


def on_air(tenant: Tenant) -> None:
    """Announce a show that needs 24 of both, and wait until both have them."""
    targets = [target("api", replicas=24), target("chat", kind="StatefulSet", replicas=24)]
    show = airtime("2027-01-09T19:00:00Z", "20m")
    tenant.create(campaign("show", show, targets=targets, warmUp={"lead": "3m"}))
    tenant.set_calendar("2027-01-09T18:56:30Z")
    tenant.start_operator()
    tenant.wait("both are raised", lambda: floors(tenant) == (*RAISED, RAISED[0]))


def floors(tenant: Tenant) -> tuple[int, int, int]:
    """Return the limits of the HPA, and the replicas of the workload that has none."""
    return (*tenant.limits("api"), tenant.replicas("chat", "StatefulSet")[0])


def raises(tenant: Tenant) -> tuple[int, int]:
    """Return how often the floor was written to the HPA, and to the workload that has none."""
    limits = [write.answer["spec"] for write in tenant.writes("horizontalpodautoscalers")]
    replicas = [write.answer["spec"] for write in tenant.writes("statefulsets")]
    return (
        sum(spec["minReplicas"] == RAISED[0] for spec in limits),
        sum(spec.get("replicas") == RAISED[0] for spec in replicas),
    )


def restored(tenant: Tenant) -> bool:
    """Tell whether the show is over and every number its owner's again."""
    phase: str = tenant.get("Campaign", "show")["status"]["phase"]
    return phase == "Ended" and tenant.condition("show", "Restored").get("status") == "True"
