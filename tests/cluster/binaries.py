"""The programs of a cluster: the Go module each comes from, its place in the cache."""

import hashlib
import platform
from dataclasses import dataclass
from pathlib import Path

from tests.cluster.toolchain import cache_folder

GOMODS = Path(__file__).with_name("gomods")

# The packages that a Kubernetes program reads its own version from, and what they are told.
_KUBERNETES_VERSION = " ".join(
    f"-X k8s.io/{package}.{variable}={value}"
    for package in ("component-base/version", "client-go/pkg/version")
    for variable, value in (
        ("gitVersion", "v1.37.2"),
        ("gitMajor", "1"),
        ("gitMinor", "37"),
        ("gitTreeState", "clean"),
    )
)


@dataclass(frozen=True)
class Binary:
    """One program: its name, the folder of its go.mod, its main package, linker flags, tags."""

    name: str
    module: str
    package: str
    link: str = ""
    tags: str = ""

    @property
    def linker_flags(self) -> str:
        """Return what the linker is given: no symbol tables (a third of the size), the version."""
        return f"-s -w {self.link}".rstrip()

    @property
    def path(self) -> Path:
        """Return where the built program lives: a folder that is new for every change of input.

        The toolchain is not part of the key: the pinned modules decide what is built.
        """
        told = f"{platform.machine()} {self.package} {self.linker_flags} {self.tags}".rstrip()
        key = hashlib.sha256(told.encode())
        for name in ("go.mod", "go.sum"):
            key.update((GOMODS / self.module / name).read_bytes())
        return cache_folder() / "bin" / f"{self.name}-{key.hexdigest()[:12]}" / self.name


BINARIES = (
    Binary("etcd", "etcd", "go.etcd.io/etcd/server/v3"),
    *(
        Binary(name, "kubernetes", f"k8s.io/kubernetes/cmd/{name}", _KUBERNETES_VERSION)
        for name in ("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl")
    ),
    Binary("kwok", "kwok", "sigs.k8s.io/kwok/cmd/kwok"),
    Binary(
        "metrics-server",
        "metrics-server",
        "sigs.k8s.io/metrics-server/cmd/metrics-server",
        "-X k8s.io/client-go/pkg/version.gitVersion=v0.9.0",
    ),
    Binary(
        "helm",
        "helm",
        "helm.sh/helm/v4/cmd/helm",
        "-X helm.sh/helm/v4/internal/version.version=v4.3.1",
    ),
)
# What the real node needs besides: built only when somebody asks for one.
NODE_BINARIES = (
    *(
        Binary(name, "node", f"k8s.io/kubernetes/cmd/{name}", _KUBERNETES_VERSION)
        for name in ("kubelet", "kube-proxy")
    ),
    *(
        Binary(
            name,
            "containerd",
            f"github.com/containerd/containerd/v2/cmd/{name}",
            "-X github.com/containerd/containerd/v2/version.Version=v2.4.2",
            # Snapshotters that a machine would need headers of C libraries for.
            "no_btrfs no_devmapper no_zfs",
        )
        for name in ("containerd", "containerd-shim-runc-v2", "ctr")
    ),
)


def program(name: str) -> Path:
    """Return the path of a program of the control plane or the real node, once it is built."""
    return next(binary.path for binary in (*BINARIES, *NODE_BINARIES) if binary.name == name)
