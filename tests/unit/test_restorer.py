"""Giving back from outside where a target is not as it was."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from onair.cluster import resources
from onair.cluster.errors import ForbiddenError, NotFoundError, UnreachableError
from onair.plan.ledger import Entry, Notes, State, Write, entry_name, to_annotations, to_data
from onair.plan.observed import Limits, ObjectId
from onair.restorer import Restorer
from tests.unit.plan.imagined import T0

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

    async def patch(self, path: str, operations: list[dict[str, Any]]) -> dict[str, Any]:
        """Apply a JSON patch whose tests all pass."""
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
    annotations = {k: v for k, v in to_annotations(notes).items() if v is not None}
    owned = {
        "name": entry.name,
        "uid": entry.name,
        "labels": {"app.kubernetes.io/managed-by": "onair"},
        "annotations": annotations,
        "ownerReferences": [{"uid": steered.uid}],
    }
    server.has(resources.REVISIONS, {"metadata": owned, "data": to_data(entry), "revision": 0})
    return entry


def add_deployment(server: Server, name: str, replicas: int) -> None:
    """Put a workload into the cluster."""
    body = {"metadata": {"name": name, "uid": f"uid-of-{name}"}, "spec": {"replicas": replicas}}
    server.has(resources.DEPLOYMENTS, body)


def restore(
    server: Server, *namespaces: str, valid: bool = True, patience: float = 0.3
) -> list[str]:
    """Look once, where no more patience is asked for; return what is not back and why."""
    lease = SimpleNamespace(valid=valid)
    among = namespaces or ("tv",)
    restorer = Restorer(server, lease, among, lambda: T0, lambda _: None)  # type: ignore[arg-type]
    return asyncio.run(restorer.run(patience))


def state_of(server: Server, entry: Entry) -> str:
    """Return the state that a ledger entry has now, "" where it is erased."""
    body = server.objects.get(resources.REVISIONS.path("tv", entry.name))
    return body["metadata"]["annotations"]["onair.dev/state"] if body else ""


def test_an_hpa_whose_workload_is_gone_is_restored() -> None:
    """The owner's numbers come back although there is nothing that they scale now."""
    server = Server()
    entry = raise_target(server, "api", State.RAISED, Limits(32, 40))
    assert not restore(server)
    spec = server.objects[HPAS.path("tv", "api")]["spec"]
    assert (spec["minReplicas"], spec["maxReplicas"]) == (4, 20)
    assert server.done[-1] == f"erase {entry.name}"


@pytest.mark.parametrize("replicas", [pytest.param(4, id="quiet"), pytest.param(32, id="crowded")])
def test_what_is_restored_is_released_before_its_entry_is_erased(replicas: int) -> None:
    """Marks and field ownership come off first; a crowd that stays keeps no entry."""
    server = Server()
    add_deployment(server, "api", replicas)
    entry = raise_target(server, "api", State.RESTORED, Limits(4, 20))
    assert not restore(server)
    assert server.done == ["release api", f"erase {entry.name}"]


def test_one_target_that_may_not_be_written_does_not_keep_the_others() -> None:
    """A refusal is said of its target; every other one is given back."""
    server = Server()
    for name in ("api", "web"):
        raise_target(server, name, State.RAISED, Limits(32, 40))
    server.forbidden = "api"
    (kept,) = restore(server)
    assert kept.startswith("tv: Deployment api is not back yet: may not patch")
    assert server.objects[HPAS.path("tv", "web")]["spec"]["minReplicas"] == 4


def test_nothing_is_erased_before_everything_is_back() -> None:
    """Where one target is kept the entries of all others stay, with what was usual to them."""
    server = Server()
    entries = [raise_target(server, name, State.RAISED, Limits(32, 40)) for name in ("api", "web")]
    server.forbidden = "api"
    assert restore(server)
    assert [state_of(server, entry) for entry in entries] == ["raised", "restored"]
    server.forbidden = ""
    assert not restore(server)
    assert [state_of(server, entry) for entry in entries] == ["", ""]


def test_a_namespace_that_is_gone_does_not_keep_the_others() -> None:
    """What can be read is given back, what cannot is named, and the entries stay noted."""
    server = Server()
    entry = raise_target(server, "api", State.RAISED, Limits(32, 40))
    assert restore(server, "gone", "tv", patience=60) == [
        "gone: no right to list controllerrevisions in gone; the namespace may not exist"
    ]
    assert server.objects[HPAS.path("tv", "api")]["spec"]["minReplicas"] == 4
    assert state_of(server, entry) == "restored"


def test_a_list_without_an_answer_is_tried_again() -> None:
    """An API server that is away for a moment ends no restore."""
    server = Server()
    entry = raise_target(server, "api", State.RAISED, Limits(32, 40))
    server.away = 1
    assert not restore(server, patience=5)
    assert state_of(server, entry) == ""


def test_an_api_server_that_stays_away_is_said_to_be_away() -> None:
    """Once the time is over the reason is given, and nobody is told that all is back."""
    server = Server()
    server.away = 1000
    assert restore(server) == ["tv: no answer"]


def test_the_time_ends_between_two_targets() -> None:
    """No target is begun when the time is over, and each of them is named."""
    server = Server()
    for name in ("api", "web"):
        raise_target(server, name, State.RAISED, Limits(32, 40))
    assert [line.split(": ")[1:] for line in restore(server, patience=-1)] == [
        [f"Deployment {name} is not back yet", "the time was over before its turn"]
        for name in ("api", "web")
    ]
    assert not server.done


def test_nothing_is_written_without_the_lease() -> None:
    """A Lease that is not renewed stops the restore with a word about it."""
    server = Server()
    raise_target(server, "api", State.RAISED, Limits(32, 40))
    (kept,) = restore(server, valid=False)
    assert "Lease" in kept
    assert not server.done
