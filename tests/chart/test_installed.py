"""The chart on a real API server: what its ServiceAccount may really do, and what may run.

The nodes are simulated: pods are admitted, scheduled and become Ready, and run nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.chart.rendering import CHART, MODES, NAMESPACE, RELEASE, of_kind, render
from tests.chart.test_rights import GOLDEN
from tests.cluster.cluster import HelmError
from tests.cluster.control_plane import ControlPlane

if TYPE_CHECKING:
    from collections.abc import Iterator

SIMULATED = (
    "nodeSelector.type=kwok",
    "tolerations[0].key=kwok.x-k8s.io/node",
    "tolerations[0].operator=Exists",
)
CAMPAIGN = """
apiVersion: onair.dev/v1alpha1
kind: Campaign
metadata: {name: show, namespace: tv}
spec:
  airtimes: [{name: show, start: "2027-01-09T20:30:00Z", duration: 1h}]
  load: {shape: Flat, requestsPerSecond: "1000"}
  targets: [{name: app, scaleTargetRef: {name: app}, perReplica: "50", maxReplicas: 20}]
"""


@pytest.fixture(scope="module")
def plane() -> Iterator[ControlPlane]:
    """A control plane of this module's own: CRDs and cluster roles belong to nobody else."""
    with ControlPlane.start(metrics=False) as started:
        for namespace in (NAMESPACE, "tv", "radio", "elsewhere"):
            started.kubectl("create", "namespace", namespace)
        restricted = "pod-security.kubernetes.io/enforce=restricted"
        started.kubectl("label", "namespace", NAMESPACE, restricted)
        yield started


@pytest.fixture
def notes(plane: ControlPlane, mode: str) -> Iterator[str]:
    """The chart is installed in a mode and its pods Ready; this is what Helm says of it."""
    yield install(plane, *MODES[mode])
    plane.helm("uninstall", RELEASE, f"--namespace={NAMESPACE}", "--no-hooks", "--wait")


@pytest.mark.usefixtures("notes")
@pytest.mark.parametrize("mode", [pytest.param(mode, id=mode) for mode in MODES])
def test_rights(plane: ControlPlane, mode: str) -> None:
    """What the API server lets the ServiceAccount do, here and elsewhere, is the committed list."""
    assert rights(plane) == committed(mode)


@pytest.mark.parametrize("mode", ["enforce-namespaced"])
def test_notes(notes: str) -> None:
    """The notes say what runs, in which mode and where, and how to get everything back."""
    assert f"runs in {NAMESPACE} as {RELEASE}, in mode enforce." in notes
    assert "It looks after the campaigns of: tv, radio." in notes
    assert f"helm uninstall {RELEASE} --namespace {NAMESPACE}" in notes
    assert "`--no-hooks`" in notes
    assert "docs/getting-everything-back.md" in notes
    assert (CHART.parents[1] / "docs/getting-everything-back.md").is_file()


@pytest.mark.parametrize("mode", ["observe-cluster-wide"])
def test_notes_of_an_observer(notes: str) -> None:
    """The notes of mode observe say that nothing is written, and how to go on."""
    assert "the campaigns of every namespace" in notes
    assert "no right to write to any workload" in notes
    assert "--set mode=enforce" in notes


@pytest.mark.usefixtures("notes")
@pytest.mark.parametrize("mode", ["enforce-namespaced"])
def test_restricted_pods(plane: ControlPlane) -> None:
    """In a namespace that is restricted the operators' pods run, and the hook's would."""
    pods = json.loads(plane.kubectl("get", "pods", f"--namespace={NAMESPACE}", "--output=json"))
    assert [pod["status"]["phase"] for pod in pods["items"]] == ["Running"] * 2
    (job,) = of_kind(render("namespaces={tv}"), "Job")
    template = job["spec"]["template"]
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "hook"},
        "spec": template["spec"],
    }
    where = (f"--namespace={NAMESPACE}", "--dry-run=server", "--filename=-")
    assert "pod/hook created" in plane.kubectl("create", *where, stdin=json.dumps(pod))


def test_campaigns_outlive_the_release(plane: ControlPlane) -> None:
    """After an uninstall the CRDs and the campaigns are there, and nothing else that Helm made."""
    install(plane, "namespaces={tv}")
    plane.kubectl("create", "--filename=-", stdin=CAMPAIGN)
    plane.helm("uninstall", RELEASE, f"--namespace={NAMESPACE}", "--no-hooks", "--wait")
    assert plane.kubectl("get", "campaigns", "-n=tv", "-o=name") == "campaign.onair.dev/show\n"
    left = plane.kubectl(
        "get",
        "deployments,services,serviceaccounts,roles,rolebindings,clusterroles,clusterrolebindings,"
        "jobs,networkpolicies,poddisruptionbudgets,secrets",
        "--all-namespaces",
        "--selector=app.kubernetes.io/instance=onair",
        "--output=name",
    )
    assert left == ""


@pytest.mark.parametrize(
    ("live", "events"),
    [
        pytest.param("enforce", "pre-delete,pre-rollback,pre-upgrade", id="enforces"),
        pytest.param("observe", "pre-delete,pre-rollback", id="observes already"),
    ],
)
def test_upgrade_to_observe(plane: ControlPlane, live: str, events: str) -> None:
    """An upgrade to observe gives everything back first, unless there is nothing to give back."""
    install(plane, "namespaces={tv}", f"mode={live}")
    assert gives_back_before(plane, "mode=observe") == events
    plane.helm("uninstall", RELEASE, f"--namespace={NAMESPACE}", "--no-hooks", "--wait")


def test_upgrade_with_the_same_namespaces(plane: ControlPlane) -> None:
    """An upgrade to observe that names the namespaces in another order is one of the mode alone."""
    install(plane, "namespaces={tv,radio}")
    events = gives_back_before(plane, "mode=observe", "namespaces={radio,tv}")
    assert "pre-upgrade" in events
    plane.helm("uninstall", RELEASE, f"--namespace={NAMESPACE}", "--no-hooks", "--wait")


def test_upgrade_after_the_operator_was_deleted(plane: ControlPlane) -> None:
    """Where somebody deleted the Deployment floors may be up: they are given back all the same."""
    install(plane, "namespaces={tv,radio}")
    plane.kubectl("delete", "deployment", RELEASE, f"--namespace={NAMESPACE}")
    assert "pre-upgrade" in gives_back_before(plane, "mode=observe")
    with pytest.raises(HelmError, match="first the mode, then where"):
        gives_back_before(plane, "mode=observe", "namespaces={tv}")
    plane.helm("uninstall", RELEASE, f"--namespace={NAMESPACE}", "--no-hooks", "--wait")


@pytest.mark.parametrize(
    "where",
    [
        pytest.param(("namespaces={tv,radio,elsewhere}",), id="one more"),
        pytest.param(("namespaces={tv}",), id="one less"),
        pytest.param(("namespaces=null", "clusterWide=true"), id="all of them"),
    ],
)
def test_mode_and_namespaces_at_once(plane: ControlPlane, where: tuple[str, ...]) -> None:
    """An upgrade to observe with other namespaces is refused: not all could be given back."""
    install(plane, "namespaces={tv,radio}")
    with pytest.raises(HelmError, match="in two upgrades: first the mode, then where"):
        install(plane, "mode=observe", *where)
    plane.helm("uninstall", RELEASE, f"--namespace={NAMESPACE}", "--no-hooks", "--wait")


@pytest.mark.parametrize("mode", ["enforce", "observe"])
def test_namespace_that_is_not_there(plane: ControlPlane, mode: str) -> None:
    """A namespace that does not exist is named, the install fails, and works without it."""
    with pytest.raises(HelmError, match='namespaces "nowhere" not found'):
        install(plane, "namespaces={tv,nowhere}", f"mode={mode}")
    assert f"in mode {mode}" in install(plane, "namespaces={tv}", f"mode={mode}")
    plane.helm("uninstall", RELEASE, f"--namespace={NAMESPACE}", "--no-hooks", "--wait")


def test_two_in_one_namespace(plane: ControlPlane) -> None:
    """A second release beside the first, whose Lease it would take, is refused."""
    install(plane, "namespaces={tv}")
    with pytest.raises(HelmError, match=f"namespace {NAMESPACE} has an OnAir already"):
        install(plane, "namespaces={radio}", release="second")
    assert f"as {RELEASE}," in install(plane, "namespaces={tv,radio}")
    plane.helm("uninstall", RELEASE, f"--namespace={NAMESPACE}", "--no-hooks", "--wait")


def install(plane: ControlPlane, *values: str, release: str = RELEASE) -> str:
    """Install or upgrade the chart on the simulated nodes; returns what Helm says.

    Its pod is waited for.
    """
    sets = [f"--set={value}" for value in (*values, *SIMULATED)]
    where = (release, str(CHART), f"--namespace={NAMESPACE}", "--wait", "--timeout=60s")
    return plane.helm("upgrade", "--install", *where, *sets)


def gives_back_before(plane: ControlPlane, *values: str) -> str:
    """Return before what the hook would run if the release were upgraded with other values."""
    where = (RELEASE, str(CHART), f"--namespace={NAMESPACE}")
    options = ("--dry-run=server", "--output=json", "--reuse-values")
    sets = [f"--set={value}" for value in values]
    (hook,) = json.loads(plane.helm("upgrade", *where, *options, *sets))["hooks"]
    return ",".join(hook["events"])


def rights(plane: ControlPlane) -> dict[str, list[str]]:
    """Return what the ServiceAccount may do, one right a line, for each of three namespaces."""
    account = plane.service_account_kubeconfig(NAMESPACE, RELEASE)
    told: dict[str, list[str]] = {}
    for namespace in (NAMESPACE, "tv", "elsewhere"):
        options = (f"--namespace={namespace}", f"--kubeconfig={account}", "--no-headers")
        lines = plane.kubectl("auth", "can-i", "--list", *options).splitlines()
        told[namespace] = sorted(" ".join(line.split()) for line in lines)
    return told


def committed(mode: str) -> dict[str, list[str]]:
    """Return the same as it is meant to be: the mode's rights, and those of every account."""
    everybodys = (GOLDEN / "everybody.can-i.txt").read_text().splitlines()
    found: dict[str, list[str]] = {}
    for part in (GOLDEN / f"{mode}.can-i.txt").read_text().split("\n\n"):
        heading, *lines = part.splitlines()
        found[heading.removeprefix("in ").rstrip(":")] = sorted(everybodys + lines)
    return found
