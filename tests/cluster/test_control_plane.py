"""The embedded control plane starts, behaves like a cluster, and leaves nothing behind."""

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.cluster import control_plane
from tests.cluster.binaries import BINARIES
from tests.cluster.cluster import KubectlError
from tests.cluster.commands import processes_of, running_command
from tests.cluster.control_plane import ControlPlane
from tests.cluster.processes import StartError
from tests.cluster.progress import say
from tests.cluster.waiting import until


@pytest.fixture(scope="module")
def plane() -> Iterator[ControlPlane]:
    """Return a control plane for all tests of this module; it says how long its start took."""
    with ControlPlane.start(say=say) as started:
        yield started


def test_pods_become_ready_after_their_start_up(plane: ControlPlane) -> None:
    """A Deployment's pods are Ready after their annotated delay, not before and not much later."""
    began = time.monotonic()
    plane.kubectl("create", "--filename=-", stdin=_deployment("slow", {"onair.dev/start-up": "4s"}))
    until(lambda: _ready(plane, "slow") == 2, seconds=20)
    assert 4 <= time.monotonic() - began < 15


def test_deleted_pods_are_gone_at_once(plane: ControlPlane) -> None:
    """A scaled-down Deployment has no pods left within seconds, whatever their grace period."""
    plane.kubectl("create", "--filename=-", stdin=_deployment("gone", {}))
    until(lambda: _ready(plane, "gone") == 2, seconds=20)
    plane.kubectl("scale", "deployment/gone", "--replicas=0")
    until(lambda: not plane.kubectl("get", "pods", "-l", "app=gone", "-o", "name"), seconds=15)


def test_hpa_scales_on_annotated_cpu(plane: ControlPlane) -> None:
    """A real HPA sees the annotated CPU through metrics-server and acts on it: 2 x 91/70 is 3."""
    plane.kubectl("create", "--filename=-", stdin=_deployment("busy", {"onair.dev/cpu": "91m"}))
    plane.kubectl("autoscale", "deployment", "busy", "--cpu=70%", "--min=1", "--max=9")
    until(lambda: _ready(plane, "busy") == 3, seconds=120)


def test_raised_minimum_brings_many_pods(plane: ControlPlane) -> None:
    """An HPA's minimum of 150 gives 150 Ready pods on the simulated nodes within seconds."""
    plane.kubectl("create", "--filename=-", stdin=_deployment("crowd", {}))
    plane.kubectl("autoscale", "deployment", "crowd", "--cpu=70%", "--min=2", "--max=200")
    plane.kubectl("patch", "hpa", "crowd", "--patch", '{"spec":{"minReplicas":150}}')
    until(lambda: _ready(plane, "crowd") == 150, seconds=30)


def test_service_account_has_its_own_rights_only(plane: ControlPlane) -> None:
    """A ServiceAccount's kubeconfig reaches the server under its own name, bound by RBAC."""
    plane.kubectl("create", "serviceaccount", "someone")
    mine = f"--kubeconfig={plane.service_account_kubeconfig('default', 'someone')}"
    assert "system:serviceaccount:default:someone" in plane.kubectl("auth", "whoami", mine)
    with pytest.raises(KubectlError, match=r"cannot list resource \"pods\""):
        plane.kubectl("get", "pods", mine)


def test_audit_log_has_the_body_of_a_write(plane: ControlPlane) -> None:
    """A scaling is in the audit log with its writer and both bodies as soon as it is answered."""
    plane.kubectl("create", "--filename=-", stdin=_deployment("scaled", {}))
    plane.kubectl("scale", "deployment/scaled", "--replicas=5")
    events = [json.loads(line) for line in plane.audit_log.read_text().splitlines()]
    (scaling,) = (
        event
        for event in events
        if event.get("objectRef", {}).get("name") == "scaled"
        and event["objectRef"].get("subresource") == "scale"
        and event["verb"] == "patch"
    )
    assert scaling["user"]["username"] == "admin"
    assert scaling["requestObject"]["spec"]["replicas"] == 5
    assert scaling["responseObject"]["spec"]["replicas"] == 5


@pytest.mark.parametrize(
    ("number", "want_code"),
    [
        pytest.param(signal.SIGINT, 0, id="ctrl-c"),
        pytest.param(signal.SIGTERM, 0, id="terminated"),
        pytest.param(signal.SIGKILL, -signal.SIGKILL, id="killed"),
    ],
)
def test_command_leaves_nothing_behind(
    number: signal.Signals, want_code: int, tmp_path: Path
) -> None:
    """`python -m tests.cluster` that gets a signal takes its processes and its data with it."""
    with running_command(tmp_path) as command:
        assert command.stdout
        assert command.stdout.readline() == f"export KUBECONFIG={tmp_path}/admin.kubeconfig\n"
        assert len(processes_of(tmp_path)) >= 7
        command.send_signal(number)
        assert command.wait(timeout=10) == want_code
    until(lambda: not processes_of(tmp_path), seconds=5)
    assert not (tmp_path / "etcd").exists()
    assert (tmp_path / "logs" / "etcd.log").exists()


def test_command_interrupted_while_starting_leaves_nothing_behind(tmp_path: Path) -> None:
    """Ctrl-C in the middle of a start ends what has been started so far."""
    with running_command(tmp_path) as command:
        until((tmp_path / "logs" / "kube-apiserver.log").exists, seconds=10)
        command.send_signal(signal.SIGINT)
        assert command.wait(timeout=10) == 130
    until(lambda: not processes_of(tmp_path), seconds=5)  # a kubectl that was killed takes a moment
    assert not (tmp_path / "etcd").exists()


def test_failed_start_shows_the_log_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a program ends during the start, the error carries the end of its log."""
    programs = {binary.name: binary.path for binary in BINARIES}
    _break(programs, "kwok", tmp_path / "broken", "echo out of fuel")
    monkeypatch.setattr(control_plane, "build", lambda *_: programs)
    with pytest.raises(StartError, match=r"(?s)kwok ended with exit code 3\..*out of fuel"):
        ControlPlane.start(tmp_path / "plane")
    assert not processes_of(tmp_path / "plane")
    assert not (tmp_path / "plane" / "etcd").exists()


def test_taken_port_is_tried_again_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that finds its port taken gets others, three times at most."""
    programs = {binary.name: binary.path for binary in BINARIES}
    _break(programs, "etcd", tmp_path / "broken", "echo bind: address already in use")
    monkeypatch.setattr(control_plane, "build", lambda *_: programs)
    said: list[str] = []
    with pytest.raises(StartError, match="address already in use"):
        ControlPlane.start(tmp_path / "plane", say=said.append)
    assert sum("trying other ports" in line for line in said) == 2


def test_folder_in_use_is_refused(plane: ControlPlane) -> None:
    """A second control plane in the same folder would destroy the first: it does not start."""
    with pytest.raises(StartError, match="belongs to a control plane that is running"):
        ControlPlane.start(plane.folder)


def _deployment(name: str, annotations: dict[str, str]) -> str:
    labels = {"app": name}
    container = {"name": "app", "image": "app", "resources": {"requests": {"cpu": "100m"}}}
    return yaml.safe_dump(
        {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": name},
            "spec": {
                "replicas": 2,
                "selector": {"matchLabels": labels},
                "template": {
                    "metadata": {"labels": labels, "annotations": annotations},
                    "spec": {
                        "containers": [container],
                        "nodeSelector": {"type": "kwok"},
                        "tolerations": [{"key": "kwok.x-k8s.io/node", "operator": "Exists"}],
                    },
                },
            },
        },
    )


def _ready(plane: ControlPlane, name: str) -> int:
    told = plane.kubectl("get", "deployment", name, "--output=jsonpath={.status.readyReplicas}")
    return int(told or 0)


def _break(programs: dict[str, Path], name: str, program: Path, last_words: str) -> None:
    program.write_text(f"#!/bin/sh\n{last_words}\nexit 3\n")
    program.chmod(0o755)
    programs[name] = program
