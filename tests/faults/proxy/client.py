"""A client for the proxy's own tests: one connection for each request, and nothing sent again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPResponse, HTTPSConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from tests.faults.proxy.access import Access

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Body = dict[str, Any]

SILENT = 30.0
"""Seconds without a word after which a test fails."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer."""

    status: int
    headers: dict[str, str]
    body: Body


class Client:
    """Requests about the ControllerRevisions of one namespace: objects that nobody else writes."""

    def __init__(self, kubeconfig: Path, namespace: str, silent: float = SILENT) -> None:
        self._access = Access.read(kubeconfig)
        self._path = f"/apis/apps/v1/namespaces/{namespace}/controllerrevisions"
        self._silent = silent

    def create(self, name: str, **query: str) -> Said:
        """Create an object."""
        body = {
            "apiVersion": "apps/v1",
            "kind": "ControllerRevision",
            "metadata": {"name": name},
            "data": {},
            "revision": 1,
        }
        return self.ask("POST", "", body, **query)

    def revise(self, name: str, revision: int) -> Said:
        """Change an object."""
        return self.ask("PATCH", f"/{name}", {"revision": revision})

    def get(self, name: str) -> Said:
        """Read an object."""
        return self.ask("GET", f"/{name}")

    def list(self, **query: str) -> dict[str, int]:
        """Return the revision of each object."""
        items = self.ask("GET", "", None, **query).body["items"]
        return {item["metadata"]["name"]: item["revision"] for item in items}

    def ask(self, method: str, path: str, body: Body | None = None, **query: str) -> Said:
        """Send a request and return the answer.

        Raises:
            ConnectionError: when the connection ended without a whole one.
            TimeoutError: when nothing came for long.
        """
        response = self._send(method, path, body, query)
        text = response.read()
        return Said(response.status, dict(response.getheaders()), json.loads(text))

    def watch(self, version: int) -> Iterator[Body]:
        """Open a watch; returns its events.

        Raises:
            ConnectionError: of the events, when the connection breaks off.
            TimeoutError: likewise, when nothing came for long.
        """
        response = self._send("GET", "", None, {"watch": "true", "resourceVersion": str(version)})
        return (json.loads(line) for chunk in _chunks(response) for line in chunk.splitlines())

    def _send(
        self, method: str, path: str, body: Body | None, query: dict[str, str]
    ) -> HTTPResponse:
        content = "application/merge-patch+json" if method == "PATCH" else "application/json"
        headers = {"Authorization": f"Bearer {self._access.token}", "Content-Type": content}
        host, trust = urlsplit(self._access.url).netloc, self._access.trust
        connection = HTTPSConnection(host, context=trust, timeout=self._silent)
        url = f"{self._path}{path}?{urlencode(query)}"
        connection.request(method, url, json.dumps(body) if body else None, headers)
        try:
            return connection.getresponse()
        except OSError:
            connection.close()
            raise


def _chunks(response: HTTPResponse) -> Iterator[bytes]:
    """Yield what comes; HTTPResponse would take a broken connection for the end."""
    while size := response.fp.readline():
        if int(size, 16) == 0:
            return
        yield response.fp.read(int(size, 16))
        response.fp.readline()
    raise ConnectionError("the connection broke off")
