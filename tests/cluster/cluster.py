"""A control plane as its users see it: a folder with a kubeconfig, an audit log and logs."""

import json
import subprocess
import time
from pathlib import Path

from tests.cluster.binaries import program
from tests.cluster.kubeconfig import write_kubeconfig
from tests.cluster.logs import tail
from tests.cluster.node.namespaces import in_network, in_node

LIFETIME = "24h"  # of a ServiceAccount's token: longer than any run
KUBECTL_SECONDS = 120
HELM_SECONDS = 300


class KubectlError(RuntimeError):
    """kubectl ended with an error; the message is what it said."""


class HelmError(RuntimeError):
    """Helm ended with an error; the message is what it said."""


class LoadError(RuntimeError):
    """The real node refused an image; the message is what it said."""


class Cluster:
    """A running control plane, known by its folder alone: any process of this machine may use it.

    Everything that it says and writes is in that folder: `admin.kubeconfig` (all rights),
    `audit.log` (JSON lines), `ca.crt`, `logs/`.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder of a control plane that somebody has started."""
        self.folder = folder
        self.kubeconfig = folder / "admin.kubeconfig"
        self.audit_log = folder / "audit.log"
        self.ca = folder / "ca.crt"

    @property
    def url(self) -> str:
        """Return the address of the API server."""
        server: str = json.loads(self.kubeconfig.read_text())["clusters"][0]["cluster"]["server"]
        return server

    def command(self, *arguments: str) -> list[str]:
        """Return a command as it must be run to reach this cluster.

        A cluster with a real node has a network namespace of its own, which root may enter.
        """
        return [*in_network(self.folder), *arguments]

    def kubectl(self, *arguments: str, stdin: str | None = None, check: bool = True) -> str:
        """Run kubectl as the administrator and return what it printed.

        Raises:
            KubectlError: it ended with an error, and `check` is true.
        """
        done = self._run("kubectl", arguments, stdin, KUBECTL_SECONDS)
        if check and done.returncode != 0:
            raise KubectlError(f"kubectl {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout

    def helm(
        self,
        *arguments: str,
        stdin: str | None = None,
        check: bool = True,
        timeout: float = HELM_SECONDS,
    ) -> str:
        """Run Helm as the administrator and return what it printed.

        Raises:
            HelmError: it ended with an error, and `check` is true.
            subprocess.TimeoutExpired: it took longer than `timeout` seconds.
        """
        done = self._run("helm", arguments, stdin, timeout)
        if check and done.returncode != 0:
            raise HelmError(f"helm {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout

    def load_image(self, archive: Path) -> None:
        """Give the real node the images of an OCI archive, under the names that it carries.

        Raises:
            LoadError: the node refused it.
        """
        command = [*in_node(self.folder), str(program("ctr")), "--namespace=k8s.io"]
        done = subprocess.run(
            [*command, "images", "import", str(archive.absolute())],
            env=environment(self.folder),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise LoadError(f"{archive}: {done.stderr.strip()}")

    def _run(
        self, name: str, arguments: tuple[str, ...], stdin: str | None, seconds: float
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(str(program(name)), f"--kubeconfig={self.kubeconfig}", *arguments),
            env=environment(self.folder),
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    def service_account_kubeconfig(self, namespace: str, name: str) -> Path:
        """Write a kubeconfig with a fresh token of an existing ServiceAccount; return its path.

        Raises:
            KubectlError: there is no such ServiceAccount.
        """
        token = self.kubectl(
            "create",
            "token",
            name,
            "--namespace",
            namespace,
            "--duration",
            LIFETIME,
        )
        return write_kubeconfig(
            self.folder / f"{namespace}.{name}.kubeconfig",
            self.url,
            self.ca.read_bytes(),
            token.strip(),
            namespace,
        )

    def wait_for_metrics(self, seconds: float = 60) -> None:
        """Return once the API server serves metrics.k8s.io: 10 to 20 s after the start.

        A pod's own figures follow 10 to 20 s after it has started.

        Raises:
            TimeoutError: it does not within that time.
        """
        deadline = time.monotonic() + seconds
        nodes = "/apis/metrics.k8s.io/v1beta1/nodes"
        while '"usage"' not in self.kubectl("get", "--raw", nodes, check=False):
            if time.monotonic() > deadline:
                raise TimeoutError(f"no metrics after {seconds} s. {self.logs('metrics-server')}")
            time.sleep(0.5)

    def logs(self, name: str, lines: int = 30) -> str:
        """Return the last lines of the log of one of its processes, such as `kube-apiserver`."""
        return tail(self.folder / "logs" / f"{name}.log", lines)


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a control plane's programs: nothing of the user's."""
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(folder)}
