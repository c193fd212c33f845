"""`onair holds` against a real API server: what is held, for whom, and what goes back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.commands import account, onair
from tests.e2e.every_kind import raise_all

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess

    from tests.e2e.operators import OperatorProcess
    from tests.e2e.tenant import Tenant

OVER = "2027-01-10T03:03:00Z"
"""The end and its cool-down: a hold of four hours, and four steps a minute apart."""

LEDGER = {"apiGroups": ["apps"], "resources": ["controllerrevisions"], "verbs": ["list"]}


def run(tenant: Tenant, *words: str, kubeconfig: Path | None = None) -> CompletedProcess[str]:
    """Run `onair holds` in the test's namespace, as an administrator if as nobody else."""
    where = (f"--namespace={tenant.namespace}", f"--lease-namespace={tenant.namespace}")
    return onair(kubeconfig or tenant.cluster.kubeconfig, "holds", *where, *words)


def holds(tenant: Tenant) -> dict[str, Any]:
    """Return what `onair holds` prints as JSON."""
    done = run(tenant, "-o", "json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def hold(tenant: Tenant, name: str = "api") -> dict[str, Any]:
    """Return what is held of one workload."""
    (found,) = (each for each in holds(tenant)["holds"] if each["name"] == name)
    return dict(found)


@pytest.fixture
def operator(tenant: Tenant) -> OperatorProcess:
    """An operator that has raised an HPA, a Deployment and a StatefulSet for a show on air."""
    return raise_all(tenant)


@pytest.mark.usefixtures("operator")
def test_what_is_held(tenant: Tenant) -> None:
    """Floor, ceiling, campaign, end and baseline of each kind, and who holds the Lease."""
    tenant.wait("all is noted", lambda: {h["floor"] for h in holds(tenant)["holds"]} == {24})
    found = holds(tenant)
    assert [(h["kind"], h["name"], h["steeredBy"], h["ceiling"]) for h in found["holds"]] == [
        ("Deployment", "api", "HorizontalPodAutoscaler/api", 30),
        ("Deployment", "web", "Deployment/web", None),
        ("StatefulSet", "chat", "StatefulSet/chat", None),
    ]
    assert [h["baseline"] for h in found["holds"]] == [
        {"minimum": 4, "maximum": 28},
        {"minimum": 3, "maximum": None},
        {"minimum": 2, "maximum": None},
    ]
    assert {h["until"] for h in found["holds"]} == {OVER}
    assert {c["campaign"] for h in found["holds"] for c in h["campaigns"]} == {
        f"{tenant.namespace}/show"
    }
    stand = [n for h in found["holds"] for n in h["numbers"]]
    assert {(n["whose"], tuple(n["managers"])) for n in stand} == {("onair", ())}
    assert [n["value"] for n in stand] == [24, 30, 24, 24]
    assert found["operator"]["holder"] == "e2e"
    text = run(tenant)
    assert (text.returncode, text.stderr) == (0, "")
    assert f"Deployment {tenant.namespace}/api, through HorizontalPodAutoscaler api" in text.stdout
    assert f"for {tenant.namespace}/show: the airing of Sat 9 Jan 2027 19:00" in text.stdout


def test_without_an_operator(tenant: Tenant, operator: OperatorProcess) -> None:
    """When it has died the same is held, and the error output says that nobody gives it back."""
    operator.kill()
    tenant.wait("its Lease has run out", lambda: holds(tenant)["operator"]["holder"] is None)
    done = run(tenant)
    assert done.returncode == 0
    assert "restored to" in done.stdout
    assert f"note: no process holds the Lease {tenant.namespace}/onair" in done.stderr


def test_nothing_is_changed(tenant: Tenant, operator: OperatorProcess) -> None:
    """The ledger and what it speaks of are as before, to the version."""
    operator.stop()
    watched = [("HorizontalPodAutoscaler", "api"), ("StatefulSet", "chat"), ("Campaign", "show")]
    before = [tenant.ledger(), *(tenant.get(*each)["spec"] for each in watched)]
    holds(tenant)
    assert [tenant.ledger(), *(tenant.get(*each)["spec"] for each in watched)] == before


def test_who_else_writes(tenant: Tenant, operator: OperatorProcess) -> None:
    """A number that somebody else has put back is told from one of OnAir's, with the name."""
    operator.stop()
    tenant.patch("HorizontalPodAutoscaler", "api", {"spec": {"minReplicas": 4}}, "argocd")
    tenant.patch("Deployment", "web", {"spec": {"replicas": 7}}, "owner")
    minimum, maximum = hold(tenant)["numbers"]
    assert (minimum["whose"], minimum["value"], minimum["managers"]) == ("baseline", 4, ["argocd"])
    assert (maximum["whose"], maximum["value"], maximum["managers"]) == ("onair", 30, [])
    (replicas,) = hold(tenant, "web")["numbers"]
    assert (replicas["whose"], replicas["managers"]) == ("owner", ["owner"])
    assert "an edit of its owner's, which will be restored instead (owner)" in run(tenant).stdout


def test_a_damaged_entry(tenant: Tenant, operator: OperatorProcess) -> None:
    """What cannot be read is said with what to do, beside what can be."""
    operator.stop()
    for entry in tenant.ledger():
        if entry["data"]["workload"]["name"] == "web":
            name = entry["metadata"]["name"]
            damaged = {"metadata": {"annotations": {"onair.dev/written": "[]]"}}}
            tenant.patch("ControllerRevision", name, damaged)
    found = holds(tenant)
    assert [h["name"] for h in found["holds"]] == ["api", "chat"]
    (damage,) = found["damages"]
    assert damage["about"] == "Deployment/web"
    assert "its ledger entry cannot be read" in damage["why"]
    assert "Traceback" not in run(tenant).stdout


def test_marks_without_an_entry(tenant: Tenant, operator: OperatorProcess) -> None:
    """An HPA that was raised, and whose entry somebody has deleted, is not passed over."""
    operator.stop()
    for entry in tenant.ledger():
        tenant.delete("ControllerRevision", entry["metadata"]["name"])
    found = holds(tenant)
    assert not found["holds"]
    (damage,) = found["damages"]
    assert damage["about"] == "Deployment/api"
    assert "carries OnAir's marks, but its ledger entry is gone" in damage["why"]


def test_what_may_not_be_read(tenant: Tenant, operator: OperatorProcess) -> None:
    """Who may read the ledger alone sees what is held, and is told what is not seen."""
    operator.stop()
    done = run(tenant, "-o", "json", kubeconfig=account(tenant, LEDGER))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [h["baseline"]["minimum"] for h in found["holds"]] == [4, 3, 2]
    assert {len(h["numbers"]) for h in found["holds"]} == {0}
    assert "no right to list horizontalpodautoscalers" in found["holds"][0]["unseen"]
    assert "no right to get leases" in found["operator"]["unknown"]
    assert "note: cannot read horizontalpodautoscalers: " in done.stderr


def test_nothing_is_held(tenant: Tenant) -> None:
    """That is said, and is no error."""
    done = run(tenant)
    assert done.returncode == 0
    assert "Nothing is held." in done.stdout


def test_no_ledger_is_an_error(tenant: Tenant) -> None:
    """Who may not read the ledger is told so, and gets no empty answer."""
    done = run(tenant, kubeconfig=account(tenant))
    assert (done.returncode, done.stdout) == (2, "")
    assert "no right to list controllerrevisions.apps in namespace" in done.stderr
    assert "Traceback" not in done.stderr
