"""A cluster that exists only in a test, with targets that are held, and what restores them."""

from __future__ import annotations

import asyncio
from time import monotonic
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from onair.cluster import resources
from onair.cluster.errors import ExistsError, ForbiddenError, NotFoundError, UnreachableError
from onair.plan.ledger import Entry, Notes, State, Write, entry_name
from onair.plan.observed import Limits, ObjectId
from onair.plan.spelling import to_annotations, to_data
from onair.restorer import Restorer
from tests.unit.plan.imagined import T0

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from onair.cluster.client import Page

HPAS = resources.HPAS
MARK = "onair.dev/held"
FIELDS: dict[str, Any] = {"f:spec": {"f:minReplicas": {}, "f:maxReplicas": {}}}


class Server:
    """Objects by path, with just enough of JSON patches.

    What `forbidden` names may not be patched; so often as `away` says no list is answered.
    """

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, Any]] = {}
        self.done: list[str] = []
        self.forbidden = ""
        self.away = 0

    def has(self, resource: resources.Resource, body: dict[str, Any]) -> None:
        """Put an object into the cluster."""
        body["metadata"] |= {"namespace": "tv", "resourceVersion": "1"}
        self.objects[resource.path("tv", body["metadata"]["name"])] = body

    async def get(self, path: str) -> dict[str, Any]:
        """Return an object."""
        if path not in self.objects:
            raise NotFoundError(f"there is no {path}", 404)
        return self.objects[path]

    async def create(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Create an object that is not there yet."""
        place = f"{path}/{body['metadata']['name']}"
        if place in self.objects:
            raise ExistsError(f"{place} exists", 409)
        body["metadata"] |= {"namespace": "tv", "uid": place, "resourceVersion": "1"}
        self.objects[place] = body
        self.done.append(f"create {body['metadata']['name']}")
        return body

    async def patch(self, path: str, operations: list[dict[str, Any]]) -> dict[str, Any]:
        """Apply a JSON patch whose tests all pass; that of a scale is one of its object."""
        path = path.removesuffix("/scale")
        body = await self.get(path)
        if path.endswith(f"/{self.forbidden}"):
            raise ForbiddenError(f"may not patch {path}", 403)
        for operation in operations:
            *parents, last = operation["path"].strip("/").replace("~1", "\n").split("/")
            place = body
            for parent in parents:
                place = place.setdefault(parent, {})
            if operation["op"] in {"add", "replace"}:
                place[last.replace("\n", "/")] = operation["value"]
            elif operation["op"] == "remove":
                del place[last.replace("\n", "/")]
        return self._changed("patch", path)

    async def merge(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Take marks and owners off an object."""
        metadata = (await self.get(path))["metadata"]
        metadata["annotations"] = {}
        metadata["managedFields"] = body["metadata"]["managedFields"]
        return self._changed("release", path)

    async def delete(self, path: str, _: str, __: str) -> None:
        """Delete an object."""
        del self.objects[path]
        self.done.append("erase " + path.rsplit("/", 1)[-1])

    async def list(
        self, resource: resources.Resource, namespace: str | None
    ) -> tuple[list[dict[str, Any]], int]:
        """Return all objects of a kind in a namespace; there is none but `tv`."""
        if self.away:
            self.away -= 1
            raise UnreachableError("no answer")
        if namespace != "tv":
            raise ForbiddenError(f"no right to list {resource.plural} in {namespace}", 403)
        under = resource.path(namespace) + "/"
        found = [body for path, body in self.objects.items() if path.startswith(under)]
        return found, max([int(body["metadata"]["resourceVersion"]) for body in found], default=1)

    async def pages(
        self, resource: resources.Resource, namespace: str | None
    ) -> AsyncIterator[Page]:
        """Yield the same in one page."""
        yield await self.list(resource, namespace)

    def _changed(self, what: str, path: str) -> dict[str, Any]:
        metadata = self.objects[path]["metadata"]
        metadata["resourceVersion"] = str(int(metadata["resourceVersion"]) + 1)
        self.done.append(f"{what} {metadata['name']}")
        return self.objects[path]


def raise_target(server: Server, name: str, state: State, live: Limits) -> Entry:
    """Put a held HPA and its ledger entry into the cluster, without a workload."""
    steered = ObjectId(HPAS.api_version, HPAS.kind, name, f"uid-{name}")
    workload = ObjectId("apps/v1", "Deployment", name, f"uid-of-{name}")
    notes = Notes(state, "abc", 32, T0, written=(Write(T0, Limits(32, 40)),))
    entry = Entry(entry_name(steered.uid, 0), "1", 0, workload, steered, Limits(4, 20), 4, notes)
    spec = {"scaleTargetRef": {"kind": "Deployment", "name": name}}
    metadata = {
        "name": name,
        "uid": steered.uid,
        "annotations": {MARK: "by tv/mol"},
        "managedFields": [{"manager": "onair", "fieldsV1": FIELDS}],
    }
    limits = {"minReplicas": live.minimum, "maxReplicas": live.maximum}
    server.has(HPAS, {"metadata": metadata, "spec": spec | limits})
    record(server, entry)
    return entry


def add_deployment(server: Server, name: str, replicas: int) -> None:
    """Put a workload into the cluster."""
    metadata = {"name": name, "uid": f"uid-of-{name}"}
    spec = {"replicas": replicas} | selecting(name)
    server.has(resources.DEPLOYMENTS, {"metadata": metadata, "spec": spec})


def raise_workload(server: Server, kind: str, name: str) -> None:
    """Put a workload that was raised from 4 to 32 and its ledger entry into the cluster."""
    resource = resources.WORKLOADS[kind]
    workload = ObjectId(resource.api_version, kind, name, f"uid-{name}")
    notes = Notes(State.RAISED, "abc", 32, T0, written=(Write(T0, Limits(32)),))
    entry = Entry(entry_name(workload.uid, 0), "1", 0, workload, workload, Limits(4), 4, notes)
    owner = {"manager": "onair", "fieldsV1": {"f:spec": {"f:replicas": {}}}}
    metadata = {"name": name, "uid": workload.uid, "managedFields": [owner]}
    server.has(resource, {"metadata": metadata, "spec": {"replicas": 32} | selecting(name)})
    record(server, entry)


def selecting(name: str) -> dict[str, Any]:
    """Return the part of a workload's spec by which it finds its pods, and nothing of ours."""
    return {"selector": {"matchLabels": {"app": name}}}


def record(server: Server, entry: Entry) -> None:
    """Put a ledger entry into the cluster."""
    annotations = {k: v for k, v in to_annotations(entry.notes).items() if v is not None}
    owned = {
        "name": entry.name,
        "uid": entry.name,
        "labels": {"app.kubernetes.io/managed-by": "onair"},
        "annotations": annotations,
        "ownerReferences": [{"uid": entry.steered.uid}],
    }
    kept = {"metadata": owned, "data": to_data(entry), "revision": entry.sequence}
    server.has(resources.REVISIONS, kept)


def restorer_of(
    server: Server,
    *namespaces: str,
    valid: bool = True,
    real_now: Callable[[], datetime] = lambda: T0,
) -> Restorer:
    """Return a restorer of some namespaces, of `tv` if of no other."""
    lease = SimpleNamespace(valid=valid)
    among = namespaces or ("tv",)
    return Restorer(server, lease, among, real_now, lambda _: None)  # type: ignore[arg-type]


def restore(
    server: Server,
    *namespaces: str,
    valid: bool = True,
    patience: float = 0.3,
    together: bool = False,
) -> list[str]:
    """Look once, where no more patience is asked for; return what is not back and why."""
    restorer = restorer_of(server, *namespaces, valid=valid)
    return asyncio.run(restorer.run(patience, together=together))


def restore_soon(server: Server, *namespaces: str, together: bool = False) -> list[str]:
    """Restore with much patience; return what is not back, which is said long before it is over."""
    began = monotonic()
    kept = restore(server, *namespaces, patience=60, together=together)
    assert monotonic() - began < 5
    return kept


def damage(server: Server, entry: Entry) -> None:
    """Take every annotation from a ledger entry."""
    server.objects[resources.REVISIONS.path("tv", entry.name)]["metadata"]["annotations"] = {}


def minimums(server: Server) -> dict[str, int]:
    """Return the minimum of each HPA."""
    found = [body for path, body in server.objects.items() if HPAS.plural in path]
    return {body["metadata"]["name"]: body["spec"]["minReplicas"] for body in found}


def state_of(server: Server, entry: Entry) -> str:
    """Return the state that a ledger entry has now, "" where it is erased."""
    body = server.objects.get(resources.REVISIONS.path("tv", entry.name))
    return body["metadata"]["annotations"]["onair.dev/state"] if body else ""
