"""What the chart renders: one careful operator, and a hook that gives everything back."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
import yaml

from onair.cli.main import main
from tests.chart.rendering import CHART, MODES, helm, of_kind, render

if TYPE_CHECKING:
    from tests.chart.rendering import Body

ROOT = Path(__file__).parents[2]
TV = "namespaces={tv}"
ALL = ("networkPolicy.enabled=true", "monitoring.serviceMonitor=true", "monitoring.alerts=true")
EVERY_MODE = [pytest.param(values, id=name) for name, values in MODES.items()]


def test_lint() -> None:
    """`helm lint` has nothing to say but that there is no icon."""
    said = helm("lint", "--strict", str(CHART), "--set", TV)
    assert re.findall(r"^\[.*", said, re.MULTILINE) == ["[INFO] Chart.yaml: icon is recommended"]


def test_version() -> None:
    """The chart runs the operator's image of the project's own version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text())
    assert chart["appVersion"] == chart["version"] == project["version"]
    assert container(operator(TV))["image"] == f"onair.dev/onair:{project['version']}"


@pytest.mark.parametrize("values", EVERY_MODE)
def test_one_operator_and_a_standby(values: tuple[str, ...]) -> None:
    """There are two replicas, where possible on nodes and in zones of their own."""
    spec = operator(*values)["spec"]
    assert spec["replicas"] == 2
    constraints = spec["template"]["spec"]["topologySpreadConstraints"]
    assert {each["topologyKey"] for each in constraints} == {
        "kubernetes.io/hostname",
        "topology.kubernetes.io/zone",
    }
    for each in constraints:
        assert (each["maxSkew"], each["whenUnsatisfiable"]) == (1, "ScheduleAnyway")
        assert each["labelSelector"]["matchLabels"] == spec["selector"]["matchLabels"]


@pytest.mark.parametrize(
    ("mode", "strategy"),
    [
        pytest.param(
            "enforce",
            {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
            id="enforce: a new one stands by before an old one goes",
        ),
        pytest.param(
            "observe", {"type": "Recreate"}, id="observe: none that enforces is left beside it"
        ),
    ],
)
def test_replacing_operators(mode: str, strategy: Body) -> None:
    """An upgrade never leaves nobody in charge; one to mode observe ends all who enforce first."""
    assert operator(TV, f"mode={mode}")["spec"]["strategy"] == strategy


def test_the_hook_goes_anywhere() -> None:
    """The Job that gives everything back is one pod, which need not be spread."""
    assert "topologySpreadConstraints" not in hook(TV)["spec"]["template"]["spec"]


@pytest.mark.parametrize("values", EVERY_MODE)
def test_commands(values: tuple[str, ...]) -> None:
    """The operator and the hook are started with what the command line knows, and the values."""
    mode, where = values
    namespaces = ("tv", "radio") if where.startswith("namespaces") else ()
    run = parsed(operator(*values, "maxReplicasPerTarget=70"))
    assert run["observes"] is (mode == "mode=observe")
    assert run["max_replicas_per_target"] == 70
    assert run["listen"] == ":8080"
    restore = parsed(hook(*values, "restoreTimeoutSeconds=90"))
    assert restore["take_over"] is True
    assert restore["timeout"] == 90
    for command in (run, restore):
        assert command["namespaces"] == namespaces
        assert command["lease_namespace"] == "onair-system"
        assert command["identity"] == "$(POD_NAME)"


def test_hook_ends_before_helm_gives_up() -> None:
    """By default the hook's whole time is within the 300 s that Helm waits for a hook."""
    spec = hook(TV)["spec"]
    assert spec["activeDeadlineSeconds"] < 300
    assert spec["backoffLimit"] == 0
    timeout = parsed(hook(TV))["timeout"]
    assert isinstance(timeout, int)
    assert timeout + 30 < spec["activeDeadlineSeconds"]


@pytest.mark.parametrize(
    ("mode", "events"),
    [
        pytest.param("enforce", "pre-delete", id="enforce"),
        pytest.param("observe", "pre-delete,pre-rollback", id="observe"),
    ],
)
def test_hook_events(mode: str, events: str) -> None:
    """Everything is given back before an uninstall, and before a rollback to mode observe."""
    annotations = hook(TV, f"mode={mode}")["metadata"]["annotations"]
    assert annotations["helm.sh/hook"] == events
    assert annotations["helm.sh/hook-delete-policy"] == "before-hook-creation,hook-succeeded"
    assert annotations["helm.sh/hook-output-log-policy"] == "hook-succeeded,hook-failed"


@pytest.mark.parametrize(
    ("where", "namespaces"),
    [
        pytest.param("namespaces={tv,radio}", "radio,tv", id="some"),
        pytest.param("namespaces={radio,tv}", "radio,tv", id="the same in another order"),
        pytest.param("clusterWide=true", "", id="all"),
    ],
)
@pytest.mark.parametrize("mode", ["enforce", "observe"])
def test_reach_is_noted(mode: str, where: str, namespaces: str) -> None:
    """The next upgrade finds the mode and the namespaces of this one beside the right to write."""
    bindings = of_kind(render(where, f"mode={mode}"), "RoleBinding")
    (noted,) = [b["metadata"] for b in bindings if b["metadata"]["name"] == "onair-lease"]
    assert noted["annotations"] == {"onair.dev/mode": mode, "onair.dev/namespaces": namespaces}


def test_probes() -> None:
    """The operator counts as started and alive while its loop turns, ready while it may write."""
    probes = container(operator(TV))
    paths = {name: probes[name]["httpGet"]["path"] for name in probes if name.endswith("Probe")}
    assert paths == {
        "startupProbe": "/healthz",
        "livenessProbe": "/healthz",
        "readinessProbe": "/readyz",
    }


def test_namespaces_left_out() -> None:
    """With rights in every namespace the list of namespaces may be empty, or not there at all."""
    assert render("clusterWide=true", "namespaces=null") == render("clusterWide=true")


def test_drains_go_through() -> None:
    """The disruption budget lets one replica after the other be evicted, ready or not."""
    (budget,) = of_kind(render(TV), "PodDisruptionBudget")
    assert budget["spec"]["maxUnavailable"] == 1
    assert "minAvailable" not in budget["spec"]
    assert budget["spec"]["unhealthyPodEvictionPolicy"] == "AlwaysAllow"


def test_network() -> None:
    """Only the metrics may be reached, and only the API server's ports and DNS from inside."""
    (policy,) = of_kind(render(TV, "networkPolicy.apiServerPorts={16443}"), "NetworkPolicy")
    spec = policy["spec"]
    assert spec["policyTypes"] == ["Ingress", "Egress"]
    assert spec["ingress"] == [{"ports": [{"protocol": "TCP", "port": "http"}]}]
    out = {(port["protocol"], port["port"]) for rule in spec["egress"] for port in rule["ports"]}
    assert out == {("TCP", 16443), ("TCP", 53), ("UDP", 53)}
    for pod in (operator(TV), hook(TV)):
        labels = pod["spec"]["template"]["metadata"]["labels"]
        assert spec["podSelector"]["matchLabels"].items() <= labels.items()


def test_no_network_policy() -> None:
    """Without the network policy there is none."""
    assert not of_kind(render(TV, "networkPolicy.enabled=false"), "NetworkPolicy")


def test_service_finds_the_operator_alone() -> None:
    """The metrics' Service and the budget mean the operator's pod, and not the hook's."""
    (service,) = of_kind(render(TV), "Service")
    (budget,) = of_kind(render(TV), "PodDisruptionBudget")
    for selector in (service["spec"]["selector"], budget["spec"]["selector"]["matchLabels"]):
        for owner, wanted in ((operator(TV), True), (hook(TV), False)):
            labels = owner["spec"]["template"]["metadata"]["labels"]
            assert (selector.items() <= labels.items()) is wanted


def test_pods_go_where_they_are_sent() -> None:
    """Resources, placing and pull secrets reach the operator's pod and the hook's alike."""
    values = ("nodeSelector.disk=fast", "tolerations[0].key=a", "image.pullSecrets={registry}")
    for owner in (operator(TV, *values), hook(TV, *values)):
        pod = owner["spec"]["template"]["spec"]
        assert pod["nodeSelector"] == {"disk": "fast"}
        assert pod["tolerations"] == [{"key": "a"}]
        assert pod["imagePullSecrets"] == [{"name": "registry"}]
        assert container(owner)["resources"]["requests"] == {"cpu": "50m", "memory": "128Mi"}


def test_a_dead_node_does_not_keep_the_operator() -> None:
    """By default it goes elsewhere half a minute after its node is gone, the hook likewise."""
    for owner in (operator(TV), hook(TV)):
        assert owner["spec"]["template"]["spec"]["tolerations"] == [
            {"key": key, "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 30}
            for key in ("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")
        ]


def test_digest() -> None:
    """An image may be pinned by its digest, which says more than any tag."""
    digest = f"sha256:{'0a' * 32}"
    values = ("image.repository=mine:5000/onair", "image.tag=a", f"image.digest={digest}")
    for owner in (operator(TV, *values), hook(TV, *values)):
        assert container(owner)["image"] == f"mine:5000/onair:a@{digest}"


def test_words_that_yaml_takes_for_something_else() -> None:
    """Names such as `on` and `123` stay names, wherever they are rendered."""
    words = json.dumps(
        render("namespaces={x-x}", "image.pullSecrets={y-y}", *ALL, release="a-a", namespace="b-b")
    )
    for plain, word in (("x-x", "on"), ("y-y", "no"), ("a-a", "true"), ("b-b", "123")):
        words = words.replace(plain, word)
    assert json.loads(words) == list(
        render("namespaces={on}", "image.pullSecrets={no}", *ALL, release="true", namespace="123")
    )


def test_everything_carries_the_release() -> None:
    """Every object says which chart and release it belongs to."""
    for body in render(TV, *ALL):
        labels = body["metadata"]["labels"]
        assert labels["app.kubernetes.io/instance"] == "onair", body["kind"]
        assert labels["helm.sh/chart"].startswith("onair-"), body["kind"]


def test_crds_outlive_the_release() -> None:
    """The CRDs are in the folder that Helm installs from and never deletes; no template has one."""
    assert sorted(path.name for path in (CHART / "crds").iterdir()) == [
        "campaigns.yaml",
        "targetsets.yaml",
    ]
    assert not of_kind(render(TV), "CustomResourceDefinition")


def operator(*values: str) -> Body:
    """Return the operator's Deployment."""
    (deployment,) = of_kind(render(*values), "Deployment")
    return deployment


def hook(*values: str) -> Body:
    """Return the Job that gives everything back."""
    (job,) = of_kind(render(*values), "Job")
    return job


def container(owner: Body) -> Body:
    """Return the only container of a workload."""
    (only,) = owner["spec"]["template"]["spec"]["containers"]
    found: Body = only
    return found


def parsed(owner: Body) -> dict[str, object]:
    """Return the options of a workload's command as `onair` itself reads them."""
    name, *arguments = container(owner)["args"]
    parent = click.Context(main)
    command = main.get_command(parent, name)
    assert command is not None
    return dict(command.make_context(name, arguments, parent=parent).params)
