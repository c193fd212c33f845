"""Steps against an API server that answers otherwise than hoped."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, cast

import pytest

from onair.apply import Applier, left_of_ours
from onair.cluster import ledger
from onair.cluster.errors import ChangedError, NotFoundError
from onair.cluster.resources import DEPLOYMENTS, HPAS, REVISIONS
from onair.plan.ledger import Entry, Notes, State, Write, entry_name
from onair.plan.observed import Limits, Number, ObjectId, TargetKey, Workload
from onair.plan.situation import Erase, Put
from onair.targets import hpa
from onair.targets.hpa import HpaSteering
from onair.world import World
from tests.unit.plan.imagined import T0

API = ObjectId("apps/v1", "Deployment", "api", "uid-api")
HPA = ObjectId(HPAS.api_version, HPAS.kind, "api", "uid-hpa")
KEY = TargetKey("tv", "Deployment", "api")
BEFORE, AFTER = Limits(4, 20), Limits(32, 40)
NOTES = Notes(State.RAISED, "abc", 32, T0, written=(Write(T0, AFTER),))
ENTRY = Entry(entry_name(HPA.uid, 0), "7", 0, API, HPA, BEFORE, 6, NOTES)
RAISE = Put(HPA, BEFORE, AFTER, held="by tv/mol", guarded=AFTER)


def hpa_body(minimum: int, maximum: int, manager: str = "onair", version: str = "5") -> Any:  # noqa: ANN401 - as an API server's answer
    """Return an HPA whose limits belong to one manager."""
    fields: dict[str, Any] = {"f:spec": {"f:minReplicas": {}, "f:maxReplicas": {}}}
    return {
        "metadata": {
            "name": "api",
            "namespace": "tv",
            "uid": HPA.uid,
            "resourceVersion": version,
            "managedFields": [{"manager": manager, "fieldsV1": fields}],
        },
        "spec": {
            "minReplicas": minimum,
            "maxReplicas": maximum,
            "scaleTargetRef": {"kind": "Deployment", "name": "api"},
        },
    }


class Server:
    """An API server that answers every read and patch with one object; notes what is deleted."""

    def __init__(self, body: dict[str, Any], revisions: list[dict[str, Any]] | None = None) -> None:
        self.body = body
        self.revisions = revisions or []
        self.deleted: list[str] = []
        self.gone = ""

    async def get(self, path: str) -> dict[str, Any]:
        """Return a revision by its name, or the object."""
        if REVISIONS.plural not in path:
            return self.body
        for revision in self.revisions:
            if path.endswith("/" + revision["metadata"]["name"]):
                return revision
        raise NotFoundError(f"there is no {path}", 404)

    async def patch(self, _: str, __: object) -> dict[str, Any]:
        """Return the object, whatever was asked for."""
        return self.body

    async def delete(self, path: str, _: str, __: str) -> None:
        """Delete a revision, unless it is gone already."""
        if path.endswith(f"/{self.gone}"):
            raise NotFoundError("no such revision", 404)
        self.deleted.append(path.rsplit("/", 1)[-1])


def revision(name: str, version: str) -> dict[str, Any]:
    """Return a ledger entry as far as its erasing reads it."""
    return {"metadata": {"name": name, "uid": name, "resourceVersion": version}}


def execute(body: dict[str, Any], step: Put | Erase) -> tuple[World, Server]:
    """Carry out a step against a server whose answer is `body`, which is known already."""
    world, server = World(), Server(body)
    world.observe(HPAS, body)
    applier = Applier(server, world)  # type: ignore[arg-type]
    asyncio.run(applier.execute(KEY, step, T0))
    return world, server


def test_a_write_that_the_cluster_changed_is_no_success() -> None:
    """What an admission plugin made of our write is reported, not taken for what was asked."""
    with pytest.raises(ChangedError, match="32 to 40 became 10 to 40"):
        execute(hpa_body(10, 40), RAISE)


def test_a_write_that_stands_is_known_at_once() -> None:
    """The answer to a write is what the next look sees."""
    world, _ = execute(hpa_body(32, 40), RAISE)
    assert [autoscaler.minimum.value for autoscaler in world.autoscalers(KEY)] == [32]


@pytest.mark.parametrize(
    ("live", "left"),
    [
        pytest.param((4, 20, "onair"), "", id="all is back"),
        pytest.param((32, 40, "onair"), "minimum of 32", id="nothing is back"),
        pytest.param((32, 25, "onair"), "minimum of 32", id="the owner changed the maximum"),
        pytest.param((5, 40, "onair"), "maximum of 40", id="the owner changed the minimum"),
        pytest.param((32, 40, "helm"), "", id="the owner wants the same"),
        pytest.param((50, 60, "onair"), "", id="numbers that were never written"),
    ],
)
def test_each_field_is_judged_by_itself(live: tuple[int, int, str], left: str) -> None:
    """One foreign field does not hide that the other one is still ours."""
    assert left_of_ours(hpa.read(hpa_body(*live)), ENTRY) == left


def test_the_ledger_is_not_erased_while_one_field_is_ours() -> None:
    """An entry stays for as long as there is anything left to give back."""
    with pytest.raises(ChangedError, match="minimum of 32"):
        execute(hpa_body(32, 25), Erase(ENTRY))


def test_replicas_that_an_hpa_took_over_do_not_keep_the_ledger() -> None:
    """After a hand-over the HPA owns the replicas, whatever number we left there."""
    workload = Workload(API, Number(32, frozenset({"onair"})), ready=32, adopts_ledger=False)
    entry = replace(ENTRY, steered=API)
    assert left_of_ours(workload, entry) == "32 replicas"
    execute(hpa_body(32, 25), Erase(ENTRY, superseded=True))


def test_entries_that_are_gone_already_are_forgotten_too() -> None:
    """Somebody else's deletion of an entry does not stop the erasing of the others."""
    entry = replace(ENTRY, name=entry_name(HPA.uid, 2), sequence=2)
    kept = [entry_name(HPA.uid, number) for number in (0, 2)]
    server = Server({}, [revision(name, ENTRY.resource_version) for name in kept])
    server.gone = kept[0]
    names = asyncio.run(ledger.erase(server, "tv", entry))  # type: ignore[arg-type]
    assert server.deleted == [entry.name]
    assert names == [entry_name(HPA.uid, number) for number in range(3)]


@pytest.mark.parametrize(
    ("number", "version"),
    [
        pytest.param(1, "7", id="an owner's edit that was not read"),
        pytest.param(0, "8", id="notes that were not read"),
    ],
)
def test_what_was_not_read_is_not_erased(number: int, version: str) -> None:
    """An entry of which more is there than was known goes nowhere."""
    newer = revision(entry_name(HPA.uid, number), version)
    server = Server({}, [revision(ENTRY.name, ENTRY.resource_version), newer][-2 + (number == 0) :])
    with pytest.raises(ChangedError):
        asyncio.run(ledger.erase(server, "tv", ENTRY))  # type: ignore[arg-type]
    assert not server.deleted


def test_the_first_annotation_never_replaces_others() -> None:
    """An HPA that got annotations since it was read refuses the patch that would drop them."""
    operations = HpaSteering().put(replace(RAISE, bare=True))
    place = "/metadata/annotations"
    tested = operations.index({"op": "test", "path": place, "value": None})
    assert operations[tested + 1] == {"op": "add", "path": place, "value": {}}


class Moving(Server):
    """A server whose Deployment gets a new version, and perhaps other replicas, all the time."""

    def __init__(self, moves: int, replicas: int = 4) -> None:
        metadata = {"name": "api", "namespace": "tv", "uid": API.uid, "resourceVersion": "5"}
        super().__init__({"metadata": metadata, "spec": {"replicas": 4}})
        self.moves, self.replicas = moves, replicas

    async def patch(self, _: str, operations: object) -> dict[str, Any]:
        """Refuse a patch of a version that has moved on."""
        metadata = self.body["metadata"]
        if self.moves:
            self.moves -= 1
            version = str(int(metadata["resourceVersion"]) + 1)
            spec = {"replicas": self.replicas}
            self.body = {"metadata": metadata | {"resourceVersion": version}, "spec": spec}
        tested = {"op": "test", "path": "/metadata/resourceVersion"}
        version = self.body["metadata"]["resourceVersion"]
        if tested | {"value": version} not in cast("list[dict[str, Any]]", operations):
            raise ChangedError("the version has moved", 409)
        self.body = self.body | {"spec": {"replicas": 32}}
        return self.body


def climb(server: Moving) -> None:
    """Take a held Deployment from 4 to 32 replicas, if it is still at the version that was read."""
    world = World()
    world.observe(DEPLOYMENTS, server.body)
    step = Put(API, Limits(4), Limits(32), "by tv/mol", Limits(32), version="5")
    asyncio.run(Applier(server, world).execute(KEY, step, T0))  # type: ignore[arg-type]


def test_a_version_that_moves_by_itself_keeps_nothing_back() -> None:
    """Status and labels of a workload change all the time while its pods become Ready."""
    server = Moving(moves=3)
    climb(server)
    assert server.body["spec"]["replicas"] == 32


def test_replicas_that_have_changed_are_not_written_over() -> None:
    """Somebody else's number is looked at first."""
    server = Moving(moves=1, replicas=5)
    with pytest.raises(ChangedError, match="has changed since it was seen"):
        climb(server)
    assert server.body["spec"]["replicas"] == 5
