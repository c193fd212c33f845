"""A real node changes nothing of the machine, while it runs and whatever way it ends."""

import os
import signal
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import pytest
import yaml

from tests.cluster import machine
from tests.cluster.cluster import Cluster
from tests.cluster.commands import processes_of, running_command
from tests.cluster.node.fixtures import real_node_or_skip
from tests.cluster.node.namespaces import NODE
from tests.cluster.waiting import until

pytestmark = pytest.mark.node

KINDS = ("mnt", "net", "pid")
GONE_WITHIN = 30.0


@pytest.mark.parametrize(
    ("number", "want_code"),
    [
        pytest.param(signal.SIGTERM, 0, id="terminated"),
        pytest.param(signal.SIGINT, 0, id="ctrl-c"),
        pytest.param(signal.SIGKILL, -signal.SIGKILL, id="killed"),
    ],
)
def test_machine_is_as_before(number: signal.Signals, want_code: int, tmp_path: Path) -> None:
    """Settings, mounts, network and folders stay; processes and control groups are its own, and go.

    While it runs, its control groups are all that can be seen of it from outside.
    """
    real_node_or_skip()
    settings, surroundings = machine.settings(), machine.surroundings()
    groups = machine.control_groups()
    with running_command(tmp_path, "--node=real") as command, ExitStack() as held:
        assert command.stdout
        assert command.stdout.readline() == f"export KUBECONFIG={tmp_path}/admin.kubeconfig\n"
        _run_a_pod(Cluster(tmp_path))
        own = _control_group(tmp_path)
        namespaces = [held.enter_context(_namespace(tmp_path, kind)) for kind in KINDS]
        assert all(machine.processes_in(namespace) for namespace in namespaces)
        assert machine.changed(settings) == {}
        assert machine.surroundings() == surroundings
        command.send_signal(number)
        assert command.wait(timeout=30) == want_code
        until(lambda: not any(map(machine.processes_in, namespaces)), GONE_WITHIN)
    until(lambda: not processes_of(tmp_path), GONE_WITHIN)
    until(lambda: not _folders(own), GONE_WITHIN)
    until(lambda: not _left(machine.control_groups() - groups), GONE_WITHIN)
    assert machine.changed(settings) == {}
    assert machine.surroundings() == surroundings
    assert not (tmp_path / "node").exists()


def test_start_that_is_killed_leaves_nothing_behind(tmp_path: Path) -> None:
    """SIGKILL in the middle of a start ends what has been started so far, on the node too."""
    real_node_or_skip()
    with running_command(tmp_path, "--node=real") as command:
        until((tmp_path / "logs" / "kubelet.log").exists, seconds=60)
        own = _control_group(tmp_path)
        with _namespace(tmp_path, "net") as network:
            assert machine.processes_in(network)
            command.kill()
            until(lambda: not machine.processes_in(network), GONE_WITHIN)
    until(lambda: not processes_of(tmp_path), GONE_WITHIN)
    until(lambda: not _folders(own), GONE_WITHIN)
    until(lambda: not (tmp_path / "node").exists(), GONE_WITHIN)


def test_printed_lines_reach_the_cluster(tmp_path: Path) -> None:
    """Who pastes what the command prints has a kubectl and a helm that find the cluster."""
    real_node_or_skip()
    with running_command(tmp_path, "--node=real") as command:
        assert command.stdout
        lines = "".join(command.stdout.readline() for _ in range(3))
        script = f"shopt -s expand_aliases\n{lines}kubectl get node real -o name; helm list --short"
        told = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
        assert told.stdout == "node/real\n"


def test_node_that_dies_takes_its_pods_with_it(tmp_path: Path) -> None:
    """No process of the node, its containers' included, outlives process 1 of its namespace."""
    real_node_or_skip()
    with running_command(tmp_path, "--node=real") as command:
        assert command.stdout
        assert command.stdout.readline()
        _run_a_pod(Cluster(tmp_path))
        with _namespace(tmp_path, "pid") as node:
            assert len(machine.processes_in(node)) >= 4
            os.kill(int((tmp_path / NODE).read_text()), signal.SIGKILL)
            until(lambda: not machine.processes_in(node), GONE_WITHIN)
        assert "node-0" in Cluster(tmp_path).kubectl("get", "nodes")


def _run_a_pod(cluster: Cluster) -> None:
    cluster.kubectl("run", "one", "--image=onair.dev/pause:test", "--image-pull-policy=Never")
    cluster.kubectl("wait", "--for=condition=Ready", "pod/one", "--timeout=60s")


def _control_group(folder: Path) -> str:
    group: str = yaml.safe_load((folder / "node" / "kubelet.yaml").read_text())["cgroupRoot"]
    assert _folders(group)
    return group


def _folders(group: str) -> list[Path]:
    return list(Path("/sys/fs/cgroup").glob(f"*{group}"))


def _namespace(folder: Path, kind: str) -> IO[bytes]:
    return Path(f"/proc/{(folder / NODE).read_text()}/ns/{kind}").open("rb")


def _left(groups: set[Path]) -> set[Path]:
    """Return the groups that are nobody's: other clusters on this machine have theirs."""
    return {group for group in groups if not any("onair-" in part for part in group.parts)}
