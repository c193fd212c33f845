"""What is known of the cluster: the newest of each object, and nothing of what is gone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from onair.cluster import resources
from onair.cluster.errors import UnreachableError
from onair.items import Declared, pack
from onair.world import World
from tests.unit.worlds import damage_entry

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CAMPAIGNS = resources.CAMPAIGNS
HPA = {"maxReplicas": 5, "scaleTargetRef": {"kind": "Deployment", "name": "api"}}


def at(version: int, name: str = "show", **body: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a campaign, which may be invalid, at a resource version."""
    metadata = {"namespace": "tv", "name": name, "uid": name, "resourceVersion": str(version)}
    return {"metadata": metadata, "spec": {}, **body}


def known(world: World) -> list[str]:
    """Return the names of the campaigns that are known."""
    return [campaign.name for campaign in world.campaigns()]


def test_what_is_listed_again_as_it_was_costs_nothing() -> None:
    """Ten thousand objects are listed every minute, and few of them have changed."""
    world = World()
    world.observe(CAMPAIGNS, at(5))
    before = world.campaign("tv", "show")
    world.replace(CAMPAIGNS, "tv", [at(5)], 9)
    assert world.campaign("tv", "show") is before
    assert not world.is_news(CAMPAIGNS, at(5))
    assert world.is_news(CAMPAIGNS, at(6))


@pytest.mark.parametrize("place", [pytest.param("tv", id="there"), pytest.param(None, id="all")])
def test_late_news_of_what_a_list_lacks_are_not_believed(place: str | None) -> None:
    """A watch that is behind does not bring back what is gone, seen before or not."""
    world = World()
    world.observe(CAMPAIGNS, at(5))
    world.replace(CAMPAIGNS, place, [], 9)
    for name in ("show", "never-seen"):
        world.observe(CAMPAIGNS, at(8, name))
        assert not world.is_news(CAMPAIGNS, at(8, name))
    assert known(world) == []
    world.observe(CAMPAIGNS, at(10))
    assert known(world) == ["show"]


def test_an_old_list_brings_nothing_back() -> None:
    """Of two lists at once the newer counts, whichever comes last."""
    world = World()
    world.replace(CAMPAIGNS, "tv", [at(5, "kept")], 9)
    world.replace(CAMPAIGNS, "tv", [at(5, "kept"), at(4, "gone")], 7)
    assert known(world) == ["kept"]


def test_nothing_is_kept_of_what_is_gone() -> None:
    """Thousands of campaigns, entries and HPAs that came and went leave a world as it was."""
    world = World()
    for number in range(1, 1000):
        name = f"show-{number}"
        world.observe(CAMPAIGNS, at(number, name))
        world.observe(resources.HPAS, at(number, name) | {"spec": HPA})
        for resource in (CAMPAIGNS, resources.HPAS):
            world.observe(resource, at(number + 1, name), deleted=True)
    for resource in (CAMPAIGNS, resources.HPAS):
        world.replace(resource, None, [], 2000)
    assert not any(world._versions.values())  # noqa: SLF001 - what grows unseen
    assert not world._by_target  # noqa: SLF001
    assert not any(world._items.values())  # noqa: SLF001


def test_a_namespace_counts_as_long_as_it_has_something_of_ours() -> None:
    """Its last campaign may be gone before everything is given back."""
    world = World()
    world.observe(CAMPAIGNS, at(1))
    damage_entry(world)
    world.replace(CAMPAIGNS, "tv", [], 9)
    assert world.announced() == {"tv"}
    world.replace(resources.REVISIONS, "tv", [], 10**9)
    assert world.announced() == set()


class Pages:
    """A list of two pages, of which the second may never come."""

    def __init__(self, *, breaks: bool) -> None:
        self.breaks = breaks

    async def read(self) -> AsyncIterator[tuple[list[dict[str, Any]], int]]:
        """Yield one page after the other."""
        yield [at(3, "first")], 9
        if self.breaks:
            raise UnreachableError("no answer")
        yield [at(4, "second")], 9


def test_a_list_is_taken_in_page_by_page() -> None:
    """What is on none of its pages is gone."""
    world = World()
    world.observe(CAMPAIGNS, at(5, "gone"))
    version = asyncio.run(world.read(CAMPAIGNS, "tv", Pages(breaks=False).read()))
    assert (version, known(world)) == (9, ["first", "second"])


def test_a_list_that_breaks_off_proves_nothing() -> None:
    """What its last pages would have had may be there still."""
    world = World()
    world.observe(CAMPAIGNS, at(5, "kept"))
    with pytest.raises(UnreachableError):
        asyncio.run(world.read(CAMPAIGNS, "tv", Pages(breaks=True).read()))
    assert known(world) == ["first", "kept"]


def test_a_status_is_kept_small_and_whole() -> None:
    """As it was said, in whatever order its fields came."""
    world, status = World(), {"phase": "OnAir", "conditions": [{"type": "Ready"}]}
    world.observe(CAMPAIGNS, at(5, status=status))
    item = world.campaign("tv", "show")
    assert isinstance(item, Declared)
    assert item.status == status
    assert item.packed == pack(dict(reversed(status.items())))
