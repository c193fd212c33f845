"""Somebody else's cluster, such as kind, for the same end-to-end tests.

Two variables of the environment name it: ONAIR_E2E_KUBECONFIG, a kubeconfig with all rights, and
ONAIR_E2E_AUDIT_LOG, the file on this machine to which its API server writes its audit log with the
policy of `tests/cluster/config`. What the tests make there, they remove.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import yaml

from tests.cluster.binaries import BINARIES, program
from tests.cluster.build import build
from tests.cluster.cluster import LIFETIME, Cluster, environment
from tests.cluster.components import CONFIG
from tests.cluster.kubeconfig import write_kubeconfig
from tests.cluster.ports import LOOPBACK, free_ports
from tests.cluster.processes import Processes
from tests.cluster.progress import say
from tests.e2e import audit
from tests.e2e.crds import CRDS, install_crds

if TYPE_CHECKING:
    from collections.abc import Iterator

KUBECONFIG, AUDIT_LOG = "ONAIR_E2E_KUBECONFIG", "ONAIR_E2E_AUDIT_LOG"
OURS = Path(__file__).with_name("elsewhere.yaml")
FILES = (f"--filename={CRDS}", f"--filename={OURS}")
PROGRAMS = ("helm", "kubectl", "kwok")
NAMESPACE, ADMIN = "onair-e2e", "admin"
NODES = 10
NODE_LABEL = "onair.dev/made-by=e2e"
CLEAN_UP = (
    f"kubectl delete --ignore-not-found --filename tests/e2e/{OURS.name} --filename crds/; "
    f"kubectl delete nodes --selector {NODE_LABEL}"
)
WITNESS_SECONDS = 10.0
DELETED_SECONDS = 120.0


class ElsewhereError(RuntimeError):
    """The cluster that the environment names cannot be used; the message says what would help."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A cluster of somebody else."""

    kubeconfig: Path
    audit_log: Path

    @classmethod
    def named(cls) -> Elsewhere | None:
        """Return the cluster that the environment names, None where it names none.

        Raises:
            ElsewhereError: only one of the variables is set, or a file is not there.
        """
        paths = {name: os.environ.get(name) for name in (KUBECONFIG, AUDIT_LOG)}
        if not any(paths.values()):
            return None
        for name, path in paths.items():
            if not path or not Path(path).is_file():
                raise ElsewhereError(f"{name} must name a file, not {path or 'nothing'}")
        return cls(*(Path(str(path)).absolute() for path in paths.values()))

    @contextmanager
    def use(self, folder: Path) -> Iterator[Cluster]:
        """Yield it as a folder of `tests.cluster`, with OnAir's kinds and simulated nodes.

        Raises:
            ElsewhereError: OnAir or something of these tests is there already, the kubeconfig does
                not suffice, or the file does not show what this cluster's API server is asked.
        """
        kwok = build(say, [binary for binary in BINARIES if binary.name in PROGRAMS])["kwok"]
        self._refuse_if_used()
        with ExitStack() as at_end:
            # Each on its own, so that one that fails keeps no other.
            at_end.callback(self._delete, "--filename", str(OURS))
            at_end.callback(self._delete_crds)
            at_end.callback(self._delete, "nodes", "--selector", NODE_LABEL)
            self._kubectl("create", "--filename", str(OURS))
            cluster = self._cluster(folder)
            self._check_audit_log()
            install_crds(cluster)
            logs = folder / "logs"
            logs.mkdir()
            processes = Processes(logs, remove=[])
            at_end.callback(processes.stop)
            processes.start("kwok", [str(kwok), *_kwok(cluster)], environment(folder))
            cluster.kubectl("create", "--filename=-", stdin=_nodes())
            cluster.kubectl("wait", "--for=condition=Ready", "nodes", "--selector", NODE_LABEL)
            yield cluster

    def _refuse_if_used(self) -> None:
        found = self._kubectl("get", *FILES, "--ignore-not-found", "--output=name")
        if found:
            raise ElsewhereError(
                f"this cluster has {', '.join(found.split())} already, and these tests would "
                f"delete that with all that is in it. If only an earlier run left it: {CLEAN_UP}"
            )

    def _cluster(self, folder: Path) -> Cluster:
        """Fill a folder as a control plane of `tests.cluster` does, and return it as a Cluster."""
        config = json.loads(
            self._kubectl("config", "view", "--raw", "--minify", "--flatten", "--output=json")
        )
        there: dict[str, str] = config["clusters"][0]["cluster"]
        if "certificate-authority-data" not in there:
            raise ElsewhereError(f"{KUBECONFIG} must carry the certificate of the cluster's CA")
        authority = base64.b64decode(there["certificate-authority-data"])
        cluster = Cluster(folder)
        token = self._kubectl(
            "create", "token", ADMIN, f"--namespace={NAMESPACE}", f"--duration={LIFETIME}"
        )
        cluster.ca.write_bytes(authority)
        cluster.audit_log.symlink_to(self.audit_log)
        write_kubeconfig(cluster.kubeconfig, there["server"], authority, token.strip(), "default")
        return cluster

    def _check_audit_log(self) -> None:
        """Wait until the log shows what was just created, body included."""
        deadline = time.monotonic() + WITNESS_SECONDS
        while not any(r.resource == "leases" and r.sent for r in self._seen()):
            if time.monotonic() > deadline:
                raise ElsewhereError(
                    f"{self.audit_log} does not show the Lease that was created just now. "
                    "It must be the audit log of this cluster, with the policy of "
                    "tests/cluster/config/audit-policy.yaml"
                )
            time.sleep(0.2)

    def _seen(self) -> Iterator[audit.Request]:
        return audit.read(self.audit_log, NAMESPACE)

    def _delete(self, *what: str) -> None:
        self._kubectl("delete", "--ignore-not-found", *what)

    def _delete_crds(self) -> None:
        """Delete OnAir's kinds, and ask again while a busy API server has not done it.

        Its finalizer gives up for minutes where the deletion of one kind made it build the cache
        of the other anew (kubernetes/kubernetes#140485), but looks again once the CRD changes.
        """
        self._delete("--wait=false", "--filename", str(CRDS))
        deadline = time.monotonic() + DELETED_SECONDS
        while left := self._kubectl("get", FILES[0], "--ignore-not-found", "--output=name").split():
            if time.monotonic() > deadline:
                raise ElsewhereError(f"{', '.join(left)} are still being deleted: {CLEAN_UP}")
            with suppress(ElsewhereError):  # it may be gone by now
                self._kubectl(
                    "annotate", *left, "--overwrite", f"onair.dev/asked-again={uuid4().hex}"
                )
            time.sleep(1)

    def _kubectl(self, *arguments: str) -> str:
        done = subprocess.run(
            [program("kubectl"), "--kubeconfig", self.kubeconfig, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if done.returncode != 0:
            raise ElsewhereError(f"kubectl {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout


def _kwok(cluster: Cluster) -> list[str]:
    """Return the arguments of a kwok that plays nodes of this cluster from this machine."""
    return [
        f"--config={CONFIG / 'kwok.yaml'}",
        f"--kubeconfig={cluster.kubeconfig}",
        "--manage-all-nodes=false",
        "--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake",
        f"--node-ip={LOOPBACK}",
        f"--server-address={LOOPBACK}:{free_ports(1)[0]}",
    ]


def _nodes() -> str:
    """Return the simulated nodes of the embedded control plane under names of our own.

    Which addresses their pods have is for this cluster to say.
    """
    template = (CONFIG / "node.yaml").read_text().replace("node-NUMBER", f"{NAMESPACE}-NUMBER")
    nodes: list[Any] = []
    for number in range(NODES):
        node = yaml.safe_load(template.replace("NUMBER", str(number)))
        del node["spec"]["podCIDR"]
        node["metadata"]["labels"] |= dict([NODE_LABEL.split("=")])
        nodes.append(node)
    return yaml.safe_dump_all(nodes)
