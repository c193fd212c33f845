"""No write rests on a ledger entry of which this process has only heard (invariant S1)."""

from __future__ import annotations

import asyncio
import json
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from onair.apply import Applier
from onair.cluster import resources
from onair.cluster.errors import ChangedError, UnreachableError
from onair.plan.ledger import Entry, Seen, State
from onair.plan.observed import Limits, TargetKey
from onair.plan.situation import Annotate, Erase, Put, Record
from onair.world import World
from tests.unit.holds import Server, add_deployment, minimums, raise_target, state_of

if TYPE_CHECKING:
    from onair.cluster.client import KubeApi

API = TargetKey("tv", "Deployment", "api")
BASELINE, RAISED = Limits(4, 20), Limits(32, 40)


class Hold:
    """An HPA with a captured entry, and a process that has read both with its first lists."""

    def __init__(self) -> None:
        self.server, self.world = Server(), World()
        self.entry = raise_target(self.server, "api", State.CAPTURED, BASELINE)
        add_deployment(self.server, "api", 4)
        for resource in (resources.HPAS, resources.DEPLOYMENTS, resources.REVISIONS):
            bodies, version = asyncio.run(self.server.list(resource, "tv"))
            self.world.replace(resource, "tv", deepcopy(bodies), version)
        self.applier = Applier(cast("KubeApi", self.server), self.world)

    @property
    def path(self) -> str:
        """Where the entry is."""
        return resources.REVISIONS.path("tv", self.entry.name)

    def put(self) -> None:
        """Raise the HPA."""
        step = Put(self.entry.steered, BASELINE, RAISED, held="by tv/mol", guarded=RAISED)
        asyncio.run(self.applier.execute(API, step, self.entry.notes.since))

    def record(self) -> None:
        """Capture the baseline."""
        asyncio.run(self.applier.execute(API, Record(self.entry), self.entry.notes.since))

    def erase(self) -> None:
        """Forget the hold."""
        asyncio.run(self.applier.execute(API, Erase(self.entry), self.entry.notes.since))

    def annotate(self, entry: Entry) -> None:
        """Write the notes of an entry again."""
        step = Annotate(entry, entry.notes)
        asyncio.run(self.applier.execute(API, step, entry.notes.since))


def test_an_entry_that_is_there_carries_a_write() -> None:
    """It is read once: what this process has seen itself need not be read again."""
    hold = Hold()
    hold.put()
    assert minimums(hold.server) == {"api": 32}


def test_an_entry_that_is_gone_carries_nothing() -> None:
    """A first list, or a lost answer to an erasure, may tell of an entry that is no more."""
    hold = Hold()
    del hold.server.objects[hold.path]
    with pytest.raises(ChangedError, match="is not what it was"):
        hold.put()
    assert minimums(hold.server) == {"api": 4}
    assert hold.world.entry(API) is None


def test_an_entry_that_has_changed_carries_nothing_yet() -> None:
    """Another process may have gone on with it: the decision is made again on what it says now."""
    hold = Hold()
    hold.server.objects[hold.path]["metadata"] |= {"resourceVersion": "9"}
    with pytest.raises(ChangedError, match="is not what it was"):
        hold.put()
    assert minimums(hold.server) == {"api": 4}
    hold.put()
    assert minimums(hold.server) == {"api": 32}


def test_what_a_lost_answer_was_about_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows what has become of an entry whose last request had no answer."""
    hold = Hold()
    hold.annotate(hold.entry)
    assert state_of(hold.server, hold.entry) == State.CAPTURED

    async def lost(*_: object) -> None:
        raise UnreachableError("no answer in time")

    known = hold.world.entry(API)
    with monkeypatch.context() as away:
        away.setattr(hold.server, "patch", lost)
        with pytest.raises(UnreachableError):
            hold.annotate(cast("Entry", known))
    del hold.server.objects[hold.path]
    with pytest.raises(ChangedError):
        hold.put()
    assert minimums(hold.server) == {"api": 4}


def test_no_baseline_is_taken_from_an_old_list() -> None:
    """A process that starts with an old list would note a floor of ours as what its owner had."""
    hold = Hold()
    live = hold.server.objects[resources.HPAS.path("tv", "api")]
    live["spec"] |= {"minReplicas": 2}
    live["metadata"] |= {"resourceVersion": "2"}
    del hold.server.objects[hold.path]
    with pytest.raises(ChangedError, match="has changed since it was seen"):
        hold.record()
    assert hold.path not in hold.server.objects
    hold.record()
    assert hold.path in hold.server.objects


def test_no_entry_is_erased_on_an_old_view_of_its_target() -> None:
    """What carries our marks has to be released first, or nobody could tell whose they are."""
    hold = Hold()
    bare = deepcopy(hold.server.objects[resources.HPAS.path("tv", "api")])
    bare["metadata"] |= {"annotations": {}, "resourceVersion": "1"}
    hold.world.forget(resources.HPAS, "tv", "api")
    bare["metadata"]["resourceVersion"] = "2"
    hold.world.observe(resources.HPAS, bare)
    hold.server.objects[resources.HPAS.path("tv", "api")]["metadata"]["resourceVersion"] = "3"
    with pytest.raises(ChangedError, match="has changed since it was seen"):
        hold.erase()
    assert hold.path in hold.server.objects


def test_no_entry_is_erased_that_another_process_went_on_with() -> None:
    """The one that is there may know of a floor that the one which was read did not."""
    hold = Hold()
    hold.server.objects[hold.path]["metadata"]["resourceVersion"] = "9"
    with pytest.raises(ChangedError, match="is not what it was"):
        hold.erase()
    assert hold.path in hold.server.objects
    assert hold.world.entry(API) != hold.entry


def test_an_entry_without_its_label_is_said() -> None:
    """A baseline that nobody finds any more is not captured again, and no write follows."""
    hold = Hold()
    del hold.server.objects[hold.path]["metadata"]["labels"]
    with pytest.raises(ChangedError, match="lost its label app"):
        hold.record()


def test_what_a_policy_made_of_our_write_is_noted_as_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a number that nobody owns would be taken for what its owner wants."""
    hold = Hold()
    patched = hold.server.patch

    async def capped(path: str, operations: list[dict[str, object]]) -> dict[str, object]:
        body = await patched(path, operations)
        if resources.HPAS.plural in path:
            body["spec"] |= {"minReplicas": 25, "maxReplicas": 25}
        return body

    monkeypatch.setattr(hold.server, "patch", capped)
    with pytest.raises(ChangedError, match="32 to 40 became 25 to 25"):
        hold.put()
    entry = hold.world.entry(API)
    assert isinstance(entry, Entry)
    assert entry.notes.intends(Limits(25, 25))


@pytest.mark.parametrize("step", [Record, Annotate], ids=lambda step: step.__name__.lower())
def test_what_is_written_says_what_was_seen(step: type[Record | Annotate]) -> None:
    """A list from before the newest campaign that was seen proves nothing of what it holds."""
    hold = Hold()
    hold.entry = replace(hold.entry, seen=Seen(3, 9))
    metadata = {"namespace": "tv", "name": "show", "uid": "u", "resourceVersion": "70"}
    hold.world.observe(resources.CAMPAIGNS, {"metadata": metadata, "spec": {}})
    if step is Record:
        del hold.server.objects[hold.path]
        hold.record()
    else:
        hold.annotate(hold.entry)
    noted = hold.server.objects[hold.path]["metadata"]["annotations"]["onair.dev/seen"]
    assert json.loads(noted) == [70, 9]
