"""The course of a soak: what is announced and changed when, and which fault comes in each minute.

All of it follows from one seed. Seconds are real ones after the start; at the calendar's speed each
is a minute of an airing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Literal

from tests.soak.faults import KINDS, RESOURCES, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CAMPAIGNS = 1000
SETS = 150
"""Target sets; each has a workload with an HPA and one without."""

CYCLE = 600
"""Seconds from one airing of a campaign to its next: a hundred campaigns rise in each minute."""

SOONEST = 20
LENGTHS = range(30, 100)
"""Seconds until the first airing, and of an airing."""

REPLICAS = range(6, 11)
"""What an airing carries: half of the least is still above what any owner has (see needs.py)."""

Verb = Literal["create", "edit", "suspend", "delete"]

FATES: dict[str, float] = {
    "as announced": 60,
    "changed on air": 15,
    "suspended on air": 8,
    "deleted on air": 9,
    "announced again": 8,
}
"""What becomes of an airing, and how often."""

GONE_AFTERWARDS = 0.3
"""The share of campaigns that are deleted when they are over, and created anew for the next."""


@dataclass(frozen=True, slots=True)
class Airing:
    """`begin` seconds after the start, for `length` seconds, with a load for `replicas`."""

    begin: int
    length: int
    replicas: int

    @property
    def end(self) -> int:
        """The second of its end."""
        return self.begin + self.length


@dataclass(frozen=True, slots=True)
class Act:
    """What is done to a campaign at a second; `airing` is what a creation or an edit announces."""

    at: float
    verb: Verb
    campaign: int
    airing: Airing | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A whole soak: acts and faults in their order, and how many seconds it lasts."""

    seed: int
    seconds: int
    acts: tuple[Act, ...]
    faults: tuple[Fault, ...]

    @classmethod
    def of(cls, seed: int, minutes: int) -> Course:
        """Return the course of a seed, the same one each time."""
        seconds = 60 * minutes
        acts = [act for number in range(CAMPAIGNS) for act in _life(seed, number, seconds)]
        acts.sort(key=lambda act: act.at)
        return cls(seed, seconds, tuple(acts), tuple(_faults(seed, minutes, acts)))

    def airings(self, begin: float, end: float) -> tuple[int, int, int]:
        """Return how many airings begin between two seconds, are on air then, and have ended.

        That is as they were announced, whatever became of them on air.
        """
        known = {(a.campaign, a.airing.begin): a.airing for a in self.acts if a.airing}
        found = known.values()
        rising = sum(begin <= airing.begin < end for airing in found)
        on_air = sum(airing.begin < end < airing.end for airing in found)
        ending = sum(begin <= airing.end < end for airing in found)
        return rising, on_air, ending


def _life(seed: int, campaign: int, seconds: int) -> Iterator[Act]:
    """Yield what is done to a campaign; what is not over at the end is deleted then."""
    last: Act | None = None
    over = 0
    for act in _for_ever(Random(f"{seed} {campaign}"), campaign):  # noqa: S311 - no secret
        if act.at >= seconds:
            break
        yield act
        last, over = act, act.airing.end if act.airing else over
    if last and last.verb != "delete" and over >= seconds:
        yield Act(seconds, "delete", campaign)


def _for_ever(rng: Random, campaign: int) -> Iterator[Act]:
    at, verb, begin = 0.0, "create", rng.randrange(SOONEST, CYCLE)
    while True:
        airing = Airing(begin, rng.choice(LENGTHS), rng.choice(REPLICAS))
        yield Act(at, "create" if verb == "create" else "edit", campaign, airing)
        acts = list(_fate(rng, Act(begin, "edit", campaign, airing)))
        yield from acts
        is_there = not acts or acts[-1].verb != "delete"
        if is_there and rng.random() < GONE_AFTERWARDS:
            yield Act(airing.end + rng.uniform(2, 30), "delete", campaign)
            is_there = False
        at, verb = airing.end + rng.uniform(35, 60), "edit" if is_there else "create"
        begin += rng.randrange(CYCLE * 4 // 5, CYCLE * 6 // 5)


def _fate(rng: Random, told: Act) -> Iterator[Act]:
    """Yield what happens to an airing while it is on air."""
    airing = told.airing
    assert airing
    middle = airing.begin + airing.length * rng.uniform(0.3, 0.7)
    (fate,) = rng.choices(tuple(FATES), tuple(FATES.values()))
    match fate:
        case "changed on air":
            yield replace(told, at=middle, airing=replace(airing, replicas=rng.choice(REPLICAS)))
        case "suspended on air":
            yield Act(middle, "suspend", told.campaign)
        case "deleted on air":
            yield Act(middle, "delete", told.campaign)
        case "announced again":
            yield Act(middle, "delete", told.campaign)
            yield replace(told, at=middle + rng.uniform(1, 6), verb="create")


def _faults(seed: int, minutes: int, acts: Iterable[Act]) -> Iterator[Fault]:
    """Yield one fault for each minute: every kind comes once before any comes again."""
    rng = Random(f"{seed} faults")  # noqa: S311 - no secret
    airings = {(act.campaign % SETS, act.airing) for act in acts if act.airing}
    kinds: list[str] = []
    fresh = set(range(SETS))
    for minute in range(minutes):
        kinds = kinds or rng.sample(tuple(KINDS), len(KINDS))
        at = 60 * minute + rng.uniform(5, 15)
        on_air = {s for s, a in airings if a and a.begin < at - 5 and a.end > at + 25}
        target = rng.choice(sorted(on_air & fresh) or sorted(fresh) or range(SETS))
        fresh.discard(target)  # as far as possible, nobody meddles with one target twice
        yield Fault(
            at=at,
            kind=kinds.pop(),
            whom=rng.choice(("leader", "standby", "both")),
            lasts=rng.uniform(8, 15),
            target=target,
            has_hpa=rng.random() < 0.5,
            resource=rng.choice(RESOURCES),
            later=rng.choice((-1, 1)) * rng.uniform(8, 25),
        )
