"""The command lines of the control plane's programs."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from tests.cluster.certificates import FRONT_PROXY
from tests.cluster.kubeconfig import write_kubeconfig
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
    """The command line of each program, all for one folder and one set of ports."""

    folder: Path
    ports: Ports
    hpa_sync: str
    tokens: dict[str, str] = field(
        default_factory=lambda: {user: secrets.token_hex(16) for user in USERS}
    )

    @property
    def url(self) -> str:
        """Return the address of the API server."""
        return f"https://{LOOPBACK}:{self.ports.api}"

    def write_credentials(self) -> None:
        """Write the users' tokens for the API server, and a kubeconfig for each user."""
        lines = [f'{self.tokens[user]},{user},{user},"{group}"' for user, group in USERS.items()]
        tokens = self.folder / "tokens.csv"
        tokens.touch(mode=0o600)
        tokens.write_text("\n".join(lines))
        authority = (self.folder / "ca.crt").read_bytes()
        for user in USERS:
            token = self.tokens[user]
            write_kubeconfig(self._kubeconfig(user), self.url, authority, token, "default")

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
            f"--bind-address={LOOPBACK}",
            f"--secure-port={self.ports.api}",
            f"--advertise-address={LOOPBACK}",
            "--endpoint-reconciler-type=none",
            f"--etcd-servers=http://{LOOPBACK}:{self.ports.etcd}",
            "--service-cluster-ip-range=10.0.0.0/16",
            *self._serving(),
            f"--client-ca-file={self.folder / 'ca.crt'}",
            f"--token-auth-file={self.folder / 'tokens.csv'}",
            "--authorization-mode=RBAC",
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
            "--audit-log-maxsize=0",
        ]

    def kube_controller_manager(self) -> list[str]:
        """Return kube-controller-manager's arguments.

        Each controller is a ServiceAccount of its own, so that the audit log tells them apart.
        A node counts as lost only after an hour: a starved or suspended machine loses no pods.
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
            "--horizontal-pod-autoscaler-downscale-stabilization=5s",
            "--concurrent-horizontal-pod-autoscaler-syncs=20",
            "--concurrent-deployment-syncs=20",
            "--concurrent-replicaset-syncs=20",
            "--concurrent-statefulset-syncs=20",
            "--node-monitor-grace-period=1h",
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

    def _serving(self) -> list[str]:
        return [
            f"--tls-cert-file={self.folder / 'server.crt'}",
            f"--tls-private-key-file={self.folder / 'server.key'}",
        ]

    def _kubeconfig(self, user: str) -> Path:
        return self.folder / f"{user.removeprefix('system:')}.kubeconfig"
