"""One cluster for all workers of a test run, one namespace for each test.

The cluster is an embedded control plane, or the one that the environment names (elsewhere.py).
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.cluster.cluster import Cluster
from tests.cluster.control_plane import ControlPlane
from tests.e2e.crds import install_crds
from tests.e2e.elsewhere import Elsewhere
from tests.e2e.tenant import Tenant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

OTHERS_END_WITHIN = 900.0


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Cluster]:
    """The first worker prepares it, all use it, and it ends when the last of them has ended."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "cluster"
    users = shared.with_name("cluster-users")
    users.mkdir(exist_ok=True)
    mine = users / worker_id
    mine.touch()
    try:
        shared.mkdir()
    except FileExistsError:
        _wait(shared.with_name("cluster-ready").exists, 120)
        try:
            yield Cluster(shared)
        finally:
            mine.unlink()
        return
    with _prepared(shared) as ready:
        shared.with_name("cluster-ready").touch()
        try:
            yield ready
        finally:
            mine.unlink()
            _wait(lambda: not any(users.iterdir()), OTHERS_END_WITHIN)


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


def _wait(done: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {seconds} s")
        time.sleep(0.1)
