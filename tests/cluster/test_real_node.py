"""The real node runs real pods that reach each other, are measured, die with it and come back."""

import json
import time
from collections.abc import Iterator

import pytest

from tests.cluster.control_plane import ControlPlane
from tests.cluster.node.fixtures import real_node_or_skip
from tests.cluster.progress import say
from tests.cluster.python_pods import Body, python, python_pod
from tests.cluster.waiting import until

pytestmark = pytest.mark.node

SERVE = "import http.server; http.server.test(HandlerClass=http.server.SimpleHTTPRequestHandler)"
ANSWERS = {"httpGet": {"port": 8000}, "periodSeconds": 1}
BURN = "while True: pass"
# kube-proxy may take a second or two to hear of a new Service.
CALL = """
import time, urllib.request
for _ in range(50):
    try:
        print(urllib.request.urlopen("http://{address}", timeout=10).status)
        break
    except OSError:
        time.sleep(0.2)
"""
CALL_API = """
import ssl, urllib.request
folder = "/var/run/secrets/kubernetes.io/serviceaccount"
token = open(f"{folder}/token").read()
trust = ssl.create_default_context(cafile=f"{folder}/ca.crt")
path = "/apis/authentication.k8s.io/v1/selfsubjectreviews"
call = urllib.request.Request(
    f"https://10.0.0.1{path}",
    b'{"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}',
    {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
)
print(urllib.request.urlopen(call, context=trust, timeout=10).read().decode())
"""


@pytest.fixture(scope="module")
def plane() -> Iterator[ControlPlane]:
    """Return a control plane with a real node for all tests of this module."""
    real_node_or_skip()
    with ControlPlane.start(node=True, say=say) as started:
        yield started


@pytest.fixture(autouse=True)
def _leave_no_load(plane: ControlPlane) -> Iterator[None]:
    yield
    plane.kubectl("delete", "deployments,hpa", "--all")


def test_pods_become_ready_on_the_real_node(plane: ControlPlane) -> None:
    """A Deployment without any word on nodes runs on the real one, and nowhere else."""
    began = time.monotonic()
    _serve(plane, "server", replicas=3)
    say(f"{time.monotonic() - began:5.1f} s  3 real pods ready")
    nodes = plane.kubectl("get", "pods", "-l=app=server", "-o=jsonpath={.items[*].spec.nodeName}")
    assert nodes.split() == ["real"] * 3


def test_service_answers_another_pod(plane: ControlPlane) -> None:
    """A pod reaches the pods behind a Service by its address; what it then says is in its log."""
    _serve(plane, "web", replicas=2)
    plane.kubectl("expose", "deployment", "web", "--port=80", "--target-port=8000")
    address = plane.kubectl("get", "service", "web", "-o=jsonpath={.spec.clusterIP}")
    assert _said(plane, "client", CALL.format(address=address)) == "200\n"


def test_service_answers_in_the_network_of_the_cluster(plane: ControlPlane) -> None:
    """A pod in the host's network, as any process of the cluster's namespace, reaches Services."""
    _serve(plane, "web-too", replicas=1)
    plane.kubectl("expose", "deployment", "web-too", "--port=80", "--target-port=8000")
    address = plane.kubectl("get", "service", "web-too", "-o=jsonpath={.spec.clusterIP}")
    assert _said(plane, "host-client", CALL.format(address=address), hostNetwork=True) == "200\n"


def test_pod_reaches_the_api_server_as_its_service_account(plane: ControlPlane) -> None:
    """A pod calls the `kubernetes` Service with its own token, and is who it says it is."""
    told = json.loads(_said(plane, "caller", CALL_API))
    user = told["status"]["userInfo"]
    assert user["username"] == "system:serviceaccount:default:default"
    assert user["extra"]["authentication.kubernetes.io/node-name"] == ["real"]


def test_exec_runs_in_the_pod(plane: ControlPlane) -> None:
    """`kubectl exec` runs a command in a real pod and shows what it says."""
    _serve(plane, "room", replicas=1)
    command = [python(), "-c", "import os; print(os.getpid() != 1, os.getenv('HOSTNAME'))"]
    told = plane.kubectl("exec", "deployment/room", "--", *command)
    assert told.startswith("True room-")


def test_hpa_scales_on_measured_cpu(plane: ControlPlane) -> None:
    """Pods that burn CPU use no more than they may, and the HPA adds pods up to its maximum."""
    few = {"requests": {"cpu": "50m"}, "limits": {"cpu": "100m"}}
    _apply(plane, _deployment("burner", BURN, replicas=1, resources=few))
    plane.kubectl("autoscale", "deployment", "burner", "--cpu=50%", "--min=1", "--max=3")
    until(lambda: _ready(plane, "burner") == 3, seconds=120)
    until(lambda: [0 < used <= 130 for used in _used(plane, "burner")] == [True] * 3, seconds=90)


def test_metrics_of_both_kinds_of_nodes_are_served(plane: ControlPlane) -> None:
    """`kubectl top` knows the real node and every simulated one."""
    nodes = {"real", *(f"node-{n}" for n in range(10))}

    def known() -> set[str]:
        told = plane.kubectl("top", "nodes", "--no-headers", check=False)
        return {line.split()[0] for line in told.splitlines() if "<unknown>" not in line}

    until(lambda: known() == nodes, seconds=90)


def test_pods_come_back_with_the_node(plane: ControlPlane) -> None:
    """When the node has died and comes back, the same pods run and answer again."""
    _serve(plane, "survivor", replicas=2)
    pods = _restarts(plane, "survivor")
    assert set(pods.values()) == {0}
    plane.node.kill()
    began = time.monotonic()
    plane.node.start()
    say(f"{time.monotonic() - began:5.1f} s  node back")
    until(lambda: set(_restarts(plane, "survivor").values()) == {1}, seconds=60)
    until(lambda: _ready(plane, "survivor") == 2, seconds=60)
    say(f"{time.monotonic() - began:5.1f} s  its pods back")
    assert _restarts(plane, "survivor").keys() == pods.keys()


def _serve(plane: ControlPlane, name: str, *, replicas: int) -> None:
    """Return when a Deployment's pods answer HTTP requests on port 8000."""
    _apply(plane, _deployment(name, SERVE, replicas=replicas, readinessProbe=ANSWERS))
    until(lambda: _ready(plane, name) == replicas, seconds=60)


def _deployment(name: str, code: str, *, replicas: int, **container: object) -> Body:
    labels = {"app": name}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name},
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": labels},
            "template": {
                "metadata": {"labels": labels},
                "spec": python_pod(code, **container) | {"restartPolicy": "Always"},
            },
        },
    }


def _apply(plane: ControlPlane, body: Body) -> None:
    plane.kubectl("create", "--filename=-", stdin=json.dumps(body))


def _said(plane: ControlPlane, name: str, code: str, **pod: object) -> str:
    """Run a pod to its end and return its log."""
    spec = python_pod(code) | pod
    _apply(plane, {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": spec})
    phase = ("get", "pod", name, "--output=jsonpath={.status.phase}")
    until(lambda: plane.kubectl(*phase) in {"Succeeded", "Failed"}, seconds=60)
    return plane.kubectl("logs", name)


def _ready(plane: ControlPlane, name: str) -> int:
    told = plane.kubectl("get", "deployment", name, "--output=jsonpath={.status.readyReplicas}")
    return int(told or 0)


def _used(plane: ControlPlane, name: str) -> list[int]:
    """Return the millicores that each pod of a Deployment uses, as far as they are known."""
    told = plane.kubectl("top", "pods", f"-l=app={name}", "--no-headers", check=False)
    return [int(line.split()[1].removesuffix("m")) for line in told.splitlines()]


def _restarts(plane: ControlPlane, name: str) -> dict[str, int]:
    listed = json.loads(plane.kubectl("get", "pods", f"-l=app={name}", "--output=json"))
    return {
        pod["metadata"]["name"]: pod["status"]["containerStatuses"][0]["restartCount"]
        for pod in listed["items"]
    }
