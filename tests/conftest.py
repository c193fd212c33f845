"""One cluster for all workers of a test run, one namespace for each test.

The cluster is an embedded control plane, or the one that the environment names (elsewhere.py).
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.cluster.control_plane import ControlPlane
from tests.e2e.crds import install_crds
from tests.e2e.elsewhere import Elsewhere
from tests.e2e.sharing import shared
from tests.e2e.tenant import Tenant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cluster.cluster import Cluster

pytest_plugins = ("tests.stalls",)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Cluster]:
    """Who first needs it prepares it, all use it, and it ends when nobody needs it any more."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "cluster"
    folder.mkdir(exist_ok=True)
    with shared(folder, worker_id, _prepared) as cluster:
        yield cluster


@contextmanager
def _prepared(folder: Path) -> Iterator[Cluster]:
    """Yield a cluster with OnAir's kinds and simulated nodes."""
    elsewhere = Elsewhere.named()
    if elsewhere:
        with elsewhere.use(folder) as cluster:
            yield cluster
    else:
        with ControlPlane.start(folder) as plane:
            install_crds(plane)
            yield plane


@pytest.fixture(scope="session")
def metrics(cluster: Cluster) -> None:
    """The CPU figures of simulated pods, which only the embedded control plane has."""
    if Elsewhere.named():
        pytest.skip("needs the metrics-server of the embedded control plane for simulated pods")
    cluster.wait_for_metrics()


@pytest.fixture
def tenant(cluster: Cluster, tmp_path: Path) -> Iterator[Tenant]:
    """A namespace of this test's own."""
    tenant = Tenant(cluster, f"e2e-{uuid4().hex[:8]}", tmp_path)
    try:
        yield tenant
    finally:
        tenant.close()
