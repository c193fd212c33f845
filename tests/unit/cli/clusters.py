"""A cluster that a command reaches, in which workloads are held."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner, Result

from onair.cli.main import main
from onair.cluster import resources
from onair.cluster.errors import ApiError, ChangedError
from tests.unit import holds

if TYPE_CHECKING:
    from datetime import datetime

    import pytest

    from onair.plan.ledger import Entry

CREATED = "2027-01-09T18:59:00Z"


class Server(holds.Server):
    """Objects by path, and who holds the Lease at `now`.

    `refused` are errors of requests, by a part of what they are about; so many patches as `changes`
    says find that the object has changed. `patches` are those that were taken, with their managers,
    `tried` how many there were in all.
    """

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now
        self.refused: dict[str, ApiError] = {}
        self.changes = 0
        self.tried = 0
        self.patches: list[tuple[str, dict[str, Any]]] = []
        self.lease("onair-7f")

    def lease(self, holder: str, since: float = 1.0) -> None:
        """Let a process hold the Lease, renewed so many seconds ago."""
        renewed = (self.now - timedelta(seconds=since)).isoformat()
        spec = {"holderIdentity": holder, "renewTime": renewed, "leaseDurationSeconds": 5}
        metadata = {"name": "onair"}
        self.has(resources.LEASES, {"metadata": metadata, "spec": spec})

    def notes(self, entry: Entry) -> dict[str, str]:
        """Return the annotations of a ledger entry, which can be changed: it has no digests."""
        body = self.objects[resources.REVISIONS.path("tv", entry.name)]
        body["data"].pop("digest", None)
        notes: dict[str, str] = body["metadata"]["annotations"]
        notes.pop("onair.dev/digest", None)
        return notes

    def has(self, resource: resources.Resource, body: dict[str, Any]) -> None:
        """Put an object into the cluster."""
        body["metadata"] = {"creationTimestamp": CREATED} | body["metadata"]
        super().has(resource, body)

    async def get(self, path: str) -> dict[str, Any]:
        """Return an object."""
        self._refuse(path)
        return await super().get(path)

    async def list(
        self, resource: resources.Resource, namespace: str | None
    ) -> tuple[list[dict[str, Any]], int]:
        """Return all objects of a kind."""
        self._refuse(resource.plural)
        return await super().list(resource, namespace or "tv")

    async def merge(self, path: str, body: dict[str, Any], manager: str = "") -> dict[str, Any]:
        """Take a merge patch; so often as `changes` says the object has changed meanwhile."""
        self.tried += 1
        if self.changes:
            self.changes -= 1
            raise ChangedError("it changed", 409)
        self._refuse(f"patch {path}")
        self.patches.append((manager, body))
        return body

    def urgent(self, *_: float) -> Server:
        """Return the same server."""
        return self

    async def close(self) -> None:
        """Do nothing."""

    def _refuse(self, what: str) -> None:
        for part, error in self.refused.items():
            if part in what:
                raise error


def run(monkeypatch: pytest.MonkeyPatch, server: Server, *words: str) -> Result:
    """Run a command that reaches this server, at its time."""

    async def connect() -> Server:
        return server

    monkeypatch.setattr("onair.cluster.client.KubeApi.connect", connect)
    monkeypatch.setattr("onair.clock.Clock.real_now", lambda: server.now)
    command, *rest = words
    return CliRunner().invoke(main, [command, "-n", "tv", "--lease-namespace", "tv", *rest])
