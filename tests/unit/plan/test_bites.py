"""Whose limit is said to bite at an instant, of campaigns with limits of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from onair.plan.explain import bite
from onair.plan.timeline import own_limit
from tests.unit.plan.example import at, carrying_load, load, needs

if TYPE_CHECKING:
    from onair.plan.needs import Need

API, CHAT = needs()
ON_AIR = at("20:00")


def asking(name: str, limit: int | None = None, *, times: int = 1) -> Need:
    """Return a need of exactly ten replicas while its airing lasts, or so many times as many."""
    crowd = load(audience=None, shape="Flat", headroom="25%", requestsPerSecond=500 * times)
    return replace(carrying_load(API, crowd), campaign=f"tv/{name}", limit=limit)


EXACT, FREE, CUT, MORE = (
    *(asking("exact", 16), asking("free"), asking("cut", 12), asking("more", 11, times=2)),
)
IDLE = replace(asking("idle", 1), airings=())
STEADY = replace(CHAT, campaign="tv/steady", limit=5)


@pytest.mark.parametrize(
    ("some", "want", "named"),
    [
        pytest.param([EXACT], (16, 16), None, id="exactly its limit"),
        pytest.param([CUT], (16, 12), CUT, id="more than its limit"),
        pytest.param([EXACT, CUT], (26, 22), CUT, id="the one that exceeds its limit"),
        pytest.param([MORE, CUT], (36, 17), MORE, id="the smallest of those that exceed theirs"),
        pytest.param([FREE, EXACT], (26, 26), None, id="no limit bites"),
        pytest.param([FREE, CUT], (26, 23), CUT, id="one of two has a limit"),
        pytest.param([FREE, IDLE], (16, 16), None, id="a limit of what is not on air"),
        pytest.param([STEADY], (12, 5), STEADY, id="fixed replicas"),
        pytest.param([EXACT, STEADY], (16, 16), None, id="fixed beside others"),
    ],
)
def test_bite(some: list[Need], want: tuple[int, int], named: Need | None) -> None:
    """What is required, what the campaigns' own limits leave, and the campaign to name."""
    limit = own_limit(named) if named else None
    assert bite(some, 6, [], ON_AIR) == (*want, limit)
