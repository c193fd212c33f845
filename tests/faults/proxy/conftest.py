"""A proxy for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.proxy.client import Client
from tests.faults.proxy.proxy import Proxy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.e2e.tenant import Tenant


@pytest.fixture
def proxy(tenant: Tenant, tmp_path: Path) -> Iterator[Proxy]:
    """A proxy before the cluster, as the administrator."""
    with Proxy(tenant.cluster.kubeconfig, tmp_path / "proxy") as proxy:
        yield proxy


@pytest.fixture
def client(proxy: Proxy, tenant: Tenant) -> Client:
    """What asks through the proxy, about the test's namespace."""
    return Client(proxy.kubeconfig, tenant.namespace)
