"""Proof that needs have ended: one list for many targets, and how long it holds."""

from __future__ import annotations

import asyncio
import gc
import json
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest

from onair.aims import Aims
from onair.apply import Applier
from onair.cluster import resources
from onair.cluster.errors import ApiError
from onair.model import names
from onair.plan.ledger import Seen
from onair.plan.situation import Confirm
from onair.plans import Plans
from onair.usual import History
from tests.unit.holds import Server as Holds
from tests.unit.holds import record
from tests.unit.plan.imagined import T0, on_air
from tests.unit.worlds import API, CHAT, announce, example

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from onair.cluster.client import KubeApi
    from onair.world import World


class Server:
    """An API server that lists nothing as of a version, when it is let."""

    def __init__(self, version: int = 0) -> None:
        self.asked = 0
        self.version = version
        self.answers = asyncio.Event()
        self.fails = False

    async def pages(
        self, resource: resources.Resource, _: str
    ) -> AsyncIterator[tuple[list[dict[str, Any]], int]]:
        """Yield an empty list."""
        self.asked += resource is resources.CAMPAIGNS
        await self.answers.wait()
        if self.fails:
            raise ApiError("the connection is closed")
        yield [], self.version


def applier(server: Server, world: World) -> Applier:
    """Return what carries out steps against this server."""
    return Applier(cast("KubeApi", server), world)


async def proven(world: World, version: int = 0) -> Applier:
    """Return an applier that has just listed the needs of the namespace as of a version."""
    server = Server(version)
    server.answers.set()
    made = applier(server, world)
    await made.execute(API, Confirm(), T0)
    return made


def test_many_targets_are_proven_by_one_list() -> None:
    """However many ask while a list is under way, the API server is asked once."""

    async def scenario() -> Server:
        server = Server()
        made = applier(server, example())
        asking = [made.execute(key, Confirm(), T0) for key in (API, CHAT) for _ in range(10)]
        tasks = [asyncio.ensure_future(each) for each in asking]
        await asyncio.sleep(0)
        server.answers.set()
        await asyncio.gather(*tasks)
        await made.execute(API, Confirm(), T0 + timedelta(minutes=1))
        return server

    assert asyncio.run(scenario()).asked == 2


def test_what_changes_for_others_leaves_a_proof_alone() -> None:
    """Edits of a busy namespace cannot keep a target from being lowered for ever."""
    world = example()
    plans = Plans(world, Aims(world), History(), 500)
    before = plans.of(API, T0)
    made = asyncio.run(proven(world))
    assert made.confirmed(API, before.revision) == T0
    inline = {"name": "web", "scaleTargetRef": {"name": "web"}, "replicas": 3, "maxReplicas": 5}
    announce(world, "another", targetSets=None, targets=[inline])
    assert made.confirmed(API, plans.of(API, T0).revision) == T0


def test_an_edit_after_the_proof_needs_another() -> None:
    """A list from before an edit proves nothing about it."""
    world = example()
    plans = Plans(world, Aims(world), History(), 500)
    plans.of(API, T0)
    made = asyncio.run(proven(world))
    announce(world, "wie-is-de-mol", generation=2, suspend=True)
    assert made.confirmed(API, plans.of(API, T0).revision) is None


def held(world: World, campaigns: int) -> None:
    """Let the API be held since a version of the campaigns."""
    entry = replace(on_air().ledger[-1], seen=Seen(campaigns, 0))
    entry = replace(entry, workload=replace(entry.workload, name=API.name))
    record(server := Holds(), entry)
    (body,) = server.objects.values()
    body["metadata"]["annotations"][names.SEEN] = json.dumps(entry.seen)
    world.observe(resources.REVISIONS, body)


@pytest.mark.parametrize("listed", [pytest.param(6, id="as old"), pytest.param(7, id="newer")])
def test_a_list_that_is_new_enough_proves(listed: int) -> None:
    """What a hold was made for is known to have been listed."""
    world = example()
    held(world, campaigns=6)
    assert asyncio.run(proven(world, listed)).confirmed(API, 0) == T0


def test_a_list_from_before_a_hold_proves_nothing() -> None:
    """It cannot know of the need that a floor was raised for: the floor stays, and that is said.

    It is said in the same words each time, or a status would be written each time.
    """
    world = example()
    held(world, campaigns=6)

    async def scenario(version: int) -> str:
        server = Server(version)
        server.answers.set()
        made = applier(server, world)
        with pytest.raises(ApiError, match="as they were before this floor was raised") as caught:
            await made.execute(API, Confirm(), T0)
        assert made.confirmed(API, 0) is None
        return str(caught.value)

    assert asyncio.run(scenario(4)) == asyncio.run(scenario(5))


def test_a_list_that_fails_when_nobody_waits_any_longer_is_no_trouble() -> None:
    """A process that is being stopped ends without a word about a list that it had asked for."""
    lost: list[object] = []

    async def scenario() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, told: lost.append(told))
        server = Server()
        asking = asyncio.ensure_future(applier(server, example()).execute(API, Confirm(), T0))
        await asyncio.sleep(0)
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking
        server.fails = True
        server.answers.set()

    asyncio.run(scenario())
    gc.collect()
    assert lost == []
