"""What Argo CD and Flux do to manifests: a program each, made of their own modules.

Building one takes some minutes and a gigabyte of sources, so it is done once for its content, and
only when a test wants it.
"""

from __future__ import annotations

import platform
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from images.cache import cached
from images.programs import build
from tests.cluster.progress import silent
from tests.e2e.operators import environment

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant

Body = dict[str, Any]


def program(name: str) -> Path:
    """Return the path of `argocd` or `flux`, after building it if it is new."""
    source = Path(__file__).with_name(name)

    def make(output: Path) -> None:
        build(source, output, silent)

    return cached(f"gitops-{name}", [platform.machine().encode(), source], make, silent)


def reconcile(
    built: Path, tenant: Tenant, folder: Path, settings: Body, *manifests: Body
) -> set[str]:
    """Let a tool bring manifests into a tenant's namespace; return the objects that were not so.

    Raises:
        AssertionError: when it fails, with what it says.
    """
    placed = [
        body | {"metadata": body["metadata"] | {"namespace": tenant.namespace}}
        for body in manifests
    ]
    (folder / "settings.yaml").write_text(yaml.safe_dump(settings))
    (folder / "manifests.yaml").write_text(yaml.safe_dump_all(placed))
    done = subprocess.run(
        [built, folder / "settings.yaml", folder / "manifests.yaml"],
        env=environment(tenant.cluster.kubeconfig),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines())
