"""OnAir's own kinds on a test's control plane."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cluster.cluster import Cluster

CRDS = Path(__file__).parents[2] / "crds"


def install_crds(cluster: Cluster) -> None:
    """Create the CRDs and wait until the API server serves them."""
    for crd in sorted(CRDS.glob("*.yaml")):
        cluster.kubectl("create", "--filename", str(crd))
    cluster.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=30s")
