"""The connections to the API server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
from yarl import URL

from tests.cluster.kubeconfig import write_kubeconfig
from tests.faults.proxy.access import Access

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.faults.proxy.exchange import Exchange


class Upstream:
    """Sends requests on to the API server that a kubeconfig of `tests.cluster` names."""

    def __init__(self, kubeconfig: Path) -> None:
        self._access = Access.read(kubeconfig)

    async def start(self) -> None:
        """Be ready for requests, in the event loop that is running."""
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, ssl=self._access.trust),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None),
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        )

    async def stop(self) -> None:
        """Close the connections."""
        await self._session.close()

    def open(self, exchange: Exchange) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        """Send a request on, with the operator's own credentials; its answer begins.

        Raises:
            aiohttp.ClientError, OSError: when there is no answer.
        """
        path = URL(exchange.request.rel_url.raw_path, encoded=True)
        return self._session.request(
            exchange.request.method,
            URL(self._access.url).join(path).with_query(exchange.query),
            data=exchange.body or None,
            headers=exchange.passed_on(),
            allow_redirects=False,
        )

    def write_kubeconfig(self, path: Path, url: str, authority: Path) -> Path:
        """Write the kubeconfig that reaches a proxy as the same user; returns its path."""
        token, namespace = self._access.token, self._access.namespace
        return write_kubeconfig(path, url, authority.read_bytes(), token, namespace)
