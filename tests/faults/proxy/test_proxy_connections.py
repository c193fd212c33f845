"""Connections that break off, on either side of the proxy."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.cluster.certificates import make_certificates
from tests.cluster.kubeconfig import write_kubeconfig
from tests.cluster.ports import LOOPBACK, free_ports
from tests.faults.proxy.access import Access
from tests.faults.proxy.client import Client
from tests.faults.proxy.faults import Delay, DropReply, Hold
from tests.faults.proxy.proxy import Proxy
from tests.faults.proxy.rules import Match, Rule

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.tenant import Tenant

CREATE = Match(verbs=("create",), resource="controllerrevisions")


def test_reset(proxy: Proxy) -> None:
    """A connection that breaks off is reset, which is another error than one that is closed."""
    proxy.rules = [Rule(Match(), DropReply())]
    access = Access.read(proxy.kubeconfig)

    async def ask() -> None:
        async with aiohttp.ClientSession() as session:
            await session.get(f"{access.url}/version", ssl=access.trust)

    with pytest.raises(aiohttp.ClientOSError):
        asyncio.run(ask())


def test_given_up(proxy: Proxy, tenant: Tenant) -> None:
    """What is late is carried out although nobody waits for the answer any more."""
    client = Client(proxy.kubeconfig, tenant.namespace, silent=0.5)
    proxy.rules = [Rule(CREATE, Delay(there=1.5))]
    with pytest.raises(TimeoutError):
        client.create("one")
    assert not client.list()
    tenant.wait("it is carried out", client.list)


def test_gone(proxy: Proxy, tenant: Tenant, caplog: pytest.LogCaptureFixture) -> None:
    """A request that breaks off when nobody waits for it any more leaves no complaint."""
    client = Client(proxy.kubeconfig, tenant.namespace, silent=0.5)
    proxy.rules = [Rule(CREATE, Hold(60))]
    with pytest.raises(TimeoutError):
        client.create("one")
    assert not client.list()  # while this was answered the proxy has seen that the other is gone
    proxy.rules = []
    assert not client.list()
    gc.collect()
    assert "never retrieved" not in caplog.text


def test_api_server_gone(tmp_path: Path) -> None:
    """Where the API server gives no answer there is none."""
    make_certificates(tmp_path)
    (nobody,) = free_ports(1)
    url, authority = f"https://{LOOPBACK}:{nobody}", (tmp_path / "ca.crt").read_bytes()
    gone = write_kubeconfig(tmp_path / "gone.kubeconfig", url, authority, "token", "tv")
    with Proxy(gone, tmp_path / "proxy") as proxy:
        with pytest.raises(ConnectionError):
            Client(proxy.kubeconfig, "tv").get("one")
        assert (proxy.journal[0].served, proxy.journal[0].answered) == (0, 0)
