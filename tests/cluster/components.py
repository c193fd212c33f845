"""The command lines of the control plane's programs."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from tests.cluster.certificates import FRONT_PROXY
from tests.cluster.kubeconfig import write_kubeconfig
from tests.cluster.node import network
from tests.cluster.ports import LOOPBACK, free_ports

CONFIG = Path(__file__).with_name("config")
# Users of the API server and their groups. kwok and metrics-server stand in for machinery that has
# a role of its own in a real cluster.
USERS = {
    "admin": "system:masters",
    "system:kube-controller-manager": "",
    "system:kube-scheduler": "",
    "kwok": "system:masters",
    "metrics-server": "system:masters",
}
NODE_USERS = {"system:node:real": "system:nodes", "system:kube-proxy": ""}
# Clients' own limits, out of the way: the defaults (20/s) slow the creation of hundreds of pods.
RATE = ("--kube-api-qps=1000", "--kube-api-burst=2000")


@dataclass(frozen=True)
class Ports:
    """The loopback ports of one control plane."""

    etcd: int
    peer: int
    api: int
    kwok: int
    metrics: int

    @classmethod
    def choose(cls) -> "Ports":
        """Return ports that were free a moment ago."""
        return cls(*free_ports(5))


@dataclass(frozen=True)
class Components:
    """The command line of each program, all for one folder and one set of ports.

    `hpa_sync` and `hpa_stabilization` are durations; with `node` everything is in a network
    namespace with a real node, whose pods reach the API server and nothing else.
    """

    folder: Path
    ports: Ports
    hpa_sync: str
    hpa_stabilization: str
    node: bool

    @property
    def address(self) -> str:
        """Return where the API server listens."""
        return network.ADDRESS if self.node else LOOPBACK

    @property
    def url(self) -> str:
        """Return the URL of the API server."""
        return f"https://{self.address}:{self.ports.api}"

    def write_credentials(self) -> None:
        """Write the users' tokens for the API server, and a kubeconfig for each user."""
        authority = (self.folder / "ca.crt").read_bytes()
        lines = []
        for user, group in (USERS | NODE_USERS if self.node else USERS).items():
            token = secrets.token_hex(16)
            lines.append(f'{token},{user},{user},"{group}"')
            write_kubeconfig(self._kubeconfig(user), self.url, authority, token, "default")
        tokens = self.folder / "tokens.csv"
        tokens.touch(mode=0o600)
        tokens.write_text("\n".join(lines))

    def etcd(self) -> list[str]:
        """Return etcd's arguments: without fsync, since its data dies with it."""
        client, peer = (f"http://{LOOPBACK}:{p}" for p in (self.ports.etcd, self.ports.peer))
        return [
            f"--data-dir={self.folder / 'etcd'}",
            "--unsafe-no-fsync",
            f"--listen-client-urls={client}",
            f"--advertise-client-urls={client}",
            f"--listen-peer-urls={peer}",
            f"--initial-advertise-peer-urls={peer}",
            f"--initial-cluster=default={peer}",
        ]

    def kube_apiserver(self) -> list[str]:
        """Return kube-apiserver's arguments."""
        return [
            f"--bind-address={self.address}",
            f"--secure-port={self.ports.api}",
            f"--advertise-address={self.address}",
            *(self._for_kubelet() if self.node else self._for_nobody()),
            f"--etcd-servers=http://{LOOPBACK}:{self.ports.etcd}",
            f"--service-cluster-ip-range={network.SERVICES}",
            *self._serving(),
            f"--client-ca-file={self.folder / 'ca.crt'}",
            f"--token-auth-file={self.folder / 'tokens.csv'}",
            "--service-account-issuer=https://kubernetes.default.svc",
            f"--service-account-key-file={self.folder / 'service-accounts.key'}",
            f"--service-account-signing-key-file={self.folder / 'service-accounts.key'}",
            f"--requestheader-client-ca-file={self.folder / 'ca.crt'}",
            f"--requestheader-allowed-names={FRONT_PROXY}",
            "--requestheader-username-headers=X-Remote-User",
            "--requestheader-group-headers=X-Remote-Group",
            "--requestheader-extra-headers-prefix=X-Remote-Extra-",
            f"--proxy-client-cert-file={self.folder / 'front-proxy.crt'}",
            f"--proxy-client-key-file={self.folder / 'front-proxy.key'}",
            f"--audit-policy-file={CONFIG / 'audit-policy.yaml'}",
            f"--audit-log-path={self.folder / 'audit.log'}",
            "--audit-log-mode=blocking",
            "--audit-log-maxsize=10000",
        ]

    def kube_controller_manager(self) -> list[str]:
        """Return kube-controller-manager's arguments.

        Each controller is a ServiceAccount of its own, so that the audit log tells them apart.
        A node counts as lost only after an hour, so that a starved or suspended machine loses no
        pods. With a real node, which may die, all of them are lost after Kubernetes' own 50 s: the
        flag knows no difference.
        """
        return [
            f"--kubeconfig={self._kubeconfig('system:kube-controller-manager')}",
            "--controllers=*",
            "--use-service-account-credentials",
            "--leader-elect=false",
            "--secure-port=0",
            f"--root-ca-file={self.folder / 'ca.crt'}",
            f"--service-account-private-key-file={self.folder / 'service-accounts.key'}",
            f"--horizontal-pod-autoscaler-sync-period={self.hpa_sync}",
            f"--horizontal-pod-autoscaler-downscale-stabilization={self.hpa_stabilization}",
            "--concurrent-horizontal-pod-autoscaler-syncs=20",
            "--concurrent-deployment-syncs=20",
            "--concurrent-replicaset-syncs=20",
            "--concurrent-statefulset-syncs=20",
            f"--node-monitor-grace-period={'50s' if self.node else '1h'}",
            *RATE,
        ]

    def kube_scheduler(self) -> list[str]:
        """Return kube-scheduler's arguments."""
        return [
            f"--kubeconfig={self._kubeconfig('system:kube-scheduler')}",
            "--leader-elect=false",
            "--secure-port=0",
            *RATE,
        ]

    def kwok(self, *, metrics: bool) -> list[str]:
        """Return kwok's arguments."""
        configs = ["kwok.yaml", "kwok-metrics.yaml"] if metrics else ["kwok.yaml"]
        return [
            *(f"--config={CONFIG / name}" for name in configs),
            f"--kubeconfig={self._kubeconfig('kwok')}",
            "--manage-all-nodes=false",
            "--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake",
            f"--node-ip={LOOPBACK}",
            f"--node-port={self.ports.kwok}",
            f"--server-address={LOOPBACK}:{self.ports.kwok}",
            *self._serving(),
        ]

    def metrics_server(self) -> list[str]:
        """Return metrics-server's arguments: 10 s is the finest resolution that it accepts."""
        kubeconfig = self._kubeconfig("metrics-server")
        return [
            f"--kubeconfig={kubeconfig}",
            f"--authentication-kubeconfig={kubeconfig}",
            f"--authorization-kubeconfig={kubeconfig}",
            f"--bind-address={LOOPBACK}",
            f"--secure-port={self.ports.metrics}",
            *self._serving(),
            "--kubelet-use-node-status-port",
            "--kubelet-preferred-address-types=InternalIP",
            f"--kubelet-certificate-authority={self.folder / 'ca.crt'}",
            "--metric-resolution=10s",
            "--kubelet-request-timeout=5s",
        ]

    def _for_kubelet(self) -> list[str]:
        return [
            "--authorization-mode=Node,RBAC",
            "--enable-admission-plugins=NodeRestriction",
            "--kubelet-preferred-address-types=InternalIP",
            f"--kubelet-certificate-authority={self.folder / 'ca.crt'}",
            f"--kubelet-client-certificate={self.folder / 'kubelet-client.crt'}",
            f"--kubelet-client-key={self.folder / 'kubelet-client.key'}",
        ]

    def _for_nobody(self) -> list[str]:
        # No pod calls it, and an Endpoints object may not name loopback.
        return ["--authorization-mode=RBAC", "--endpoint-reconciler-type=none"]

    def _serving(self) -> list[str]:
        return [
            f"--tls-cert-file={self.folder / 'server.crt'}",
            f"--tls-private-key-file={self.folder / 'server.key'}",
        ]

    def _kubeconfig(self, user: str) -> Path:
        return self.folder / f"{user.rpartition(':')[2]}.kubeconfig"
