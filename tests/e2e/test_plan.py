"""`onair plan --cluster`: what is in a cluster is planned as the same files are, and only read."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.cluster.binaries import program
from tests.docs.pages import ROOT
from tests.e2e.commands import account
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target, target_set
from tests.e2e.operators import ONAIR, environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.tenant import Tenant

MOL = ROOT / "examples" / "wie-is-de-mol.yaml"
USUAL = 4
WINDOW = ("--from=2027-01-09T18:00Z", "--until=2027-01-09T22:00Z")
SHOW = campaign("show", airtime("2027-01-09T19:00:00Z"), targetSets=[{"name": "set"}])
LATER = campaign("show", airtime("2027-01-09T20:00:00Z"), targetSets=[{"name": "set"}])
SET = target_set("set", target("api"))
KNOWN = target_set("set", target("api", usualReplicas=USUAL))
READS_OURS: list[dict[str, Any]] = [
    {"apiGroups": ["onair.dev"], "resources": ["campaigns", "targetsets"], "verbs": ["list"]}
]


@pytest.fixture
def airing(tenant: Tenant) -> Tenant:
    """A namespace with a workload behind an HPA, a target set and a campaign."""
    tenant.create(deployment("api", USUAL), hpa("api", USUAL, 20), SET, SHOW)
    return tenant


def test_a_cluster_is_planned_as_its_manifests_are(airing: Tenant) -> None:
    """The usual load is what the cluster shows; all else is what the files say without it."""
    there = read(airing, "--cluster", "-n", airing.namespace)
    offline = read(airing, "-n", airing.namespace, "-", given=[KNOWN, SHOW])
    assert there["targets"][0]["usualKnownFrom"] == "cluster"
    assert there["targets"][0]["usualReplicas"] == USUAL
    assert there["targets"][0]["peak"]["replicas"] == 24
    there["targets"][0]["usualKnownFrom"] = offline["targets"][0]["usualKnownFrom"]
    assert there == offline


def test_files_are_planned_as_if_they_were_applied(airing: Tenant) -> None:
    """A file takes the place of what is there, finds its target set there, and changes nothing."""
    before = airing.get("Campaign", "show")
    later = read(airing, "--cluster", "-n", airing.namespace, "-", given=[LATER])
    (planned,) = later["campaigns"]
    assert planned["airings"][0]["start"] == "2027-01-09T20:00:00Z"
    another = LATER | {"metadata": {"name": "another", "namespace": airing.namespace}}
    both = read(airing, "--cluster", "-", given=[another])
    assert [each["name"] for each in both["campaigns"]] == ["show", "another"]
    assert airing.get("Campaign", "show") == before


def test_all_namespaces(airing: Tenant) -> None:
    """The campaigns of every namespace are there, this one's too."""
    plan = read(airing, "--cluster", "-A", kubeconfig=airing.cluster.kubeconfig)
    assert airing.namespace in {each["namespace"] for each in plan["campaigns"]}


def test_what_may_not_be_read_is_said(airing: Tenant) -> None:
    """Whoever may read campaigns alone gets a plan without the usual load, and is told so."""
    done = run(reader(airing), "--cluster", "-n", airing.namespace, "-o", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["targets"][0]["usualKnownFrom"] == "nobody"
    assert "note: cannot read deployments: " in done.stderr
    assert "note: the usual load of Deployment" in done.stderr


def test_no_cluster_is_no_traceback(tmp_path: Path) -> None:
    """A kubeconfig that is not there is said on stderr."""
    done = run(tmp_path / "nowhere", "--cluster", "-A")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Error: the cluster cannot be looked at: no way to reach a cluster: " in done.stderr
    assert "Traceback" not in done.stderr


def test_as_a_plugin_of_kubectl(tmp_path: Path) -> None:
    """`kubectl onair plan` plans a file as `onair plan` does."""
    words = ["onair", "plan", *WINDOW, "-o", "json", str(MOL)]
    folders = f"{ONAIR.parent}:{program('kubectl').parent}"
    plugin, alone = (
        subprocess.run(
            command,
            env={"PATH": folders, "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        for command in (["kubectl", *words], words)
    )
    assert plugin.returncode == 0, plugin.stderr
    assert plugin.stdout == alone.stdout
    peaks = [target["peak"]["replicas"] for target in json.loads(plugin.stdout)["targets"]]
    assert peaks == [111, 12]


def reader(tenant: Tenant) -> Path:
    """Return the kubeconfig of a ServiceAccount that may list campaigns and target sets alone."""
    return account(tenant, *READS_OURS)


def read(
    tenant: Tenant,
    *arguments: str,
    given: list[dict[str, Any]] | None = None,
    kubeconfig: Path | None = None,
) -> dict[str, Any]:
    """Return what `onair plan` prints as JSON for the evening, as the operator's account."""
    done = run(kubeconfig or tenant.kubeconfig, *arguments, "-o", "json", given=given)
    assert done.returncode == 0, done.stderr
    plan: dict[str, Any] = json.loads(done.stdout)
    return plan


def run(
    kubeconfig: Path, *arguments: str, given: list[dict[str, Any]] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `onair plan` for the evening, manifests on its standard input."""
    return subprocess.run(
        [ONAIR, "plan", *WINDOW, *arguments],
        env=environment(kubeconfig),
        input=yaml.safe_dump_all(given or []),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
