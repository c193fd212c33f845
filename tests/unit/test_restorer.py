"""Giving back from outside where a target is not as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from onair import restorer as restoring
from onair.cluster import resources
from onair.plan.ledger import Changed, State
from onair.plan.observed import Limits, TargetKey
from onair.plan.spelling import to_annotations
from tests.unit.holds import (
    HPAS,
    Server,
    add_deployment,
    minimums,
    raise_target,
    raise_workload,
    restore,
    restore_soon,
    restorer_of,
    state_of,
)
from tests.unit.plan.imagined import T0

KEY = TargetKey("tv", "Deployment", "api")


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


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind) for kind in resources.WORKLOADS])
def test_every_kind_of_workload_is_given_back(kind: str) -> None:
    """A workload without an HPA has its replicas back before its entry goes."""
    server = Server()
    raise_workload(server, kind, "web")
    assert not restore(server)
    body = server.objects[resources.WORKLOADS[kind].path("tv", "web")]
    assert body["spec"]["replicas"] == 4
    assert not [path for path in server.objects if resources.REVISIONS.plural in path]


def test_a_capture_of_a_workload_that_was_switched_off_is_dropped() -> None:
    """Nothing was raised yet, so zero replicas keep nothing from being over."""
    server = Server()
    add_deployment(server, "api", 0)
    entry = raise_target(server, "api", State.CAPTURED, Limits(4, 20))
    assert not restore(server)
    assert state_of(server, entry) == ""


def test_what_cools_down_is_given_back() -> None:
    """A change that was noted is left out at each step, and no note of it stays."""
    server = Server()
    add_deployment(server, "api", 4)
    entry = raise_target(server, "api", State.RAISED, Limits(32, 40))
    notes = replace(entry.notes, changed=Changed(32, T0, "abc"))
    body = server.objects[resources.REVISIONS.path("tv", entry.name)]
    body["metadata"]["annotations"] |= to_annotations(notes)
    assert not restore(server)
    assert minimums(server) == {"api": 4}
    assert state_of(server, entry) == ""


def test_an_entry_that_is_damaged_meanwhile_is_said() -> None:
    """Whatever somebody does to it while its target is given back, nothing is guessed."""

    class Spoiling(Server):
        async def patch(self, path: str, operations: list[dict[str, Any]]) -> dict[str, Any]:
            body = await super().patch(path, operations)
            if resources.REVISIONS.plural in path:
                body["metadata"]["annotations"]["onair.dev/written"] = "[]"
            return body

    server = Spoiling()
    add_deployment(server, "api", 4)
    raise_target(server, "api", State.RAISED, Limits(32, 40))
    (kept,) = restore_soon(server)
    assert "its digest says so" in kept
    assert minimums(server) == {"api": 32}


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


@pytest.mark.parametrize(
    "ahead",
    [pytest.param(timedelta(0), id="of now"), pytest.param(timedelta(days=9), id="of next week")],
)
def test_time_passes_as_it_does(monkeypatch: pytest.MonkeyPatch, ahead: timedelta) -> None:
    """An entry is lowered at its owner's pace, whatever calendar wrote it and however often."""
    passed = timedelta(0)
    monkeypatch.setattr(restoring, "monotonic", lambda: passed / timedelta(seconds=1))
    restorer = restorer_of(Server(), real_now=lambda: T0 + passed)
    entry = raise_target(Server(), "api", State.RAISED, Limits(32, 40))
    entry = replace(entry, notes=replace(entry.notes, since=T0 + ahead))
    for minute in (0, 1, 2):
        passed = timedelta(minutes=minute)
        now = restorer._now(KEY, entry)  # noqa: SLF001 - what each step is decided upon
        assert now == T0 + ahead + passed
        entry = replace(entry, notes=replace(entry.notes, since=now))


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
