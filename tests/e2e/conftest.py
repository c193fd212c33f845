"""A proxy between the operators of a test and its cluster, for tests that are about faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.proxy.proxy import Proxy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.e2e.tenant import Tenant


@pytest.fixture
def proxy(tenant: Tenant, tmp_path: Path) -> Iterator[Proxy]:
    """What the operators of this test go through, as their ServiceAccount."""
    with Proxy(tenant.kubeconfig, tmp_path / "proxy") as proxy:
        tenant.kubeconfig = proxy.kubeconfig
        yield proxy
