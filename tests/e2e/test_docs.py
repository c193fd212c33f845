"""What the documentation tells people to apply and to run does what it says."""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest

from tests.docs.pages import DOCS, PAGES, commands, manifests, name, parsed
from tests.e2e import tracks
from tests.e2e.clamps import clamped
from tests.e2e.crds import CRDS
from tests.e2e.evenings import CEILING, FLOOR, LATE, USUAL, minutes, rfc3339, start_operator
from tests.e2e.manifests import (
    ON_SIMULATED_NODES,
    airtime,
    campaign,
    deployment,
    hpa,
    stateful_set,
    target,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cluster.cluster import Cluster
    from tests.e2e.tenant import Tenant

SHOWING = [page for page in PAGES if any(manifests(page))]
FIRST = DOCS / "first-campaign.md"
BY_HAND = DOCS / "getting-everything-back.md"
SCALED, OURS = (f'{{"spec": {{"replicas": {count}}}}}' for count in (2, USUAL))
"""The patch of a scale as the page has it, and as this test needs it."""
LOOKS = {"describe", "get", "rollout", "wait"}
"""The words of kubectl that change nothing."""


@pytest.mark.parametrize("page", [pytest.param(page, id=name(page)) for page in SHOWING])
def test_manifests_are_accepted(tenant: Tenant, page: Path) -> None:
    """The API server takes every manifest that a page shows."""
    for manifest in manifests(page):
        text = manifest.replace("$START", "2027-01-09T19:00:00Z")
        body = parsed(text.replace("namespace: tv", f"namespace: {tenant.namespace}"))
        tenant.cluster.kubectl("create", "--dry-run=server", "--filename=-", stdin=json.dumps(body))


def test_first_campaign(tenant: Tenant) -> None:
    """The first campaign takes the shop from 2 to 10 pods, to 6 and back, when the page says so.

    Afterwards each line of the page that looks at something still shows it.
    """
    shop, targets, show = (_theirs(tenant, manifest) for manifest in manifests(FIRST))
    shop["spec"]["template"]["spec"] |= ON_SIMULATED_NODES
    tenant.create(shop, targets)
    tenant.set_calendar("2027-01-09T19:00:00Z")
    start_operator(tenant)
    start = tenant.soon(minutes(4))
    show["spec"]["airtimes"][0]["start"] = rfc3339(start)
    tenant.create(show)
    tenant.wait("it has ended", lambda: _phase(tenant, "first-show") == "Ended", 60)

    replicas = tracks.replicas(tenant, "shop")
    assert replicas.values == [2, 10, 6, 2]
    for value, planned in ((10, -2), (6, 4)):
        late = replicas.reached(value) - (start + minutes(planned))
        assert minutes(0) <= late <= LATE, f"{value} at {replicas.reached(value)}"
    assert replicas.points[-1].at >= start + minutes(5)
    looks = [command for command in commands(FIRST, "kubectl") if LOOKS & set(command)]
    assert len(looks) >= len(LOOKS)
    for command in looks:
        words = [word for word in _here(tenant, command) if word != "--watch"]
        assert tenant.cluster.kubectl(*words).strip(), words


def test_crds_are_upgraded(cluster: Cluster, tmp_path: Path) -> None:
    """The page's command replaces CRDs of which somebody else, such as Helm, is the owner."""
    for path in CRDS.glob("*.yaml"):
        newer = path.read_text().replace("maxItems: 50", "maxItems: 60")
        (tmp_path / path.name).write_text(newer)
    (apply,) = (c for c in commands(DOCS / "installation.md", "kubectl") if "--server-side" in c)
    there = [str(tmp_path) if word == "charts/onair/crds/" else word for word in apply]
    applied = json.loads(cluster.kubectl(*there, "--dry-run=server", "--output=json"))
    assert all('"maxItems": 60' in json.dumps(crd) for crd in applied["items"])


@pytest.mark.parametrize(
    "clamp", [pytest.param(True, id="the clamp"), pytest.param(False, id="no clamp")]
)
def test_back_by_hand(tenant: Tenant, *, clamp: bool) -> None:
    """Without OnAir the commands of the page bring every number back, and no mark of ours stays."""
    with clamped(tenant) if clamp else nullcontext():
        _back_by_hand(tenant)


def _back_by_hand(tenant: Tenant) -> None:
    tenant.create(deployment("shop", USUAL), hpa("shop", USUAL, 10), stateful_set("chat", USUAL))
    before = tenant.limits("shop")
    tenant.set_calendar("2027-01-09T18:52:00Z")
    start_operator(tenant)
    targets = [target("shop", usualReplicas=USUAL), target("chat", kind="StatefulSet")]
    tenant.create(campaign("show", airtime("2027-01-09T18:56:00Z", "4h"), targets=targets))
    tenant.wait("it is raised", lambda: tenant.limits("shop") == (FLOOR, CEILING))
    tenant.wait("it is noted", lambda: len(_held(tenant)) == 2)
    tenant.kill_operator()

    held = _held(tenant)
    assert held["shop"][1:] == [str(USUAL), "10"]
    assert held["chat"][1:] == [str(USUAL), "<nil>"]
    for command in _by_hand(tenant, held["shop"]):
        if "--watch" in command:
            assert tenant.limits("shop") == (USUAL, CEILING)
            tenant.cluster.kubectl(*_its_workload(tenant))
        else:
            tenant.cluster.kubectl(*command)
    assert tenant.get("StatefulSet", "chat")["spec"]["replicas"] == USUAL
    assert tenant.limits("shop") == before
    assert "annotations" not in tenant.get("HorizontalPodAutoscaler", "shop")["metadata"]
    assert list(_held(tenant)) == ["chat"]


def _theirs(tenant: Tenant, manifest: str) -> dict[str, Any]:
    """Return a manifest of the page for the namespace of this test."""
    body = parsed(manifest)
    body["metadata"]["namespace"] = tenant.namespace
    return body


def _phase(tenant: Tenant, campaign: str) -> str:
    status = tenant.get("Campaign", campaign).get("status") or {}
    return str(status.get("phase"))


def _held(tenant: Tenant) -> dict[str, list[str]]:
    """Return the page's list of what is held: entry, minimum and maximum, by the object's name."""
    (listing,) = (c for c in commands(BY_HAND, "kubectl") if "controllerrevisions" in c)
    lines = tenant.cluster.kubectl(*listing, "--no-headers").splitlines()
    rows = [line.split() for line in lines if line.startswith(f"{tenant.namespace} ")]
    return {row[3]: [row[1], row[4], row[5]] for row in rows}


def _by_hand(tenant: Tenant, held: list[str]) -> Iterator[list[str]]:
    """Yield the page's commands that give an HPA back, for what is held here."""
    entry, minimum, maximum = held
    ours = {
        "ENTRY": entry,
        SCALED: OURS,
        '{"spec": {"minReplicas": 2}}': f'{{"spec": {{"minReplicas": {minimum}}}}}',
        '{"spec": {"maxReplicas": 6}}': f'{{"spec": {{"maxReplicas": {maximum}}}}}',
    }
    for command in commands(BY_HAND, "kubectl"):
        if command[:2] == ["-n", "tv"]:
            yield [ours.get(word, word) for word in _here(tenant, command)]


def _its_workload(tenant: Tenant) -> list[str]:
    """Return the page's command that scales a workload, for that of the HPA."""
    (scale,) = (c for c in commands(BY_HAND, "kubectl") if "--subresource=scale" in c)
    shop = {"statefulset": "deployment", "chat": "shop", SCALED: OURS}
    return [shop.get(word, word) for word in _here(tenant, scale)]


def _here(tenant: Tenant, command: list[str]) -> list[str]:
    """Return a command of a page for the namespace of this test."""
    return [tenant.namespace if word == "tv" else word for word in command]
