"""The airings on one target in clusters: those that may need replicas at the same time.

Clusters never meet. So each is planned by itself, and one that is like an earlier one, only at
another time, has the same plan moved: of a show that airs every evening there is one to make.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import NamedTuple

from onair.plan.needs import Need, reach
from onair.plan.seconds import Number, since_epoch


class _Airing(NamedTuple):
    """An airing of a need, both by number, and the whole seconds between which it needs replicas.

    `start` is in seconds since the epoch; all that is alike but the start has the same `kind`.
    """

    begin: int
    end: int
    need: int
    airing: int
    start: Number
    kind: Hashable


@dataclass(frozen=True, slots=True)
class Cluster:
    """Airings, in order of time; `begin` is the whole second before which none needs anything."""

    begin: int
    airings: tuple[_Airing, ...]

    def likeness(self) -> Hashable:
        """Return what clusters that differ in their begin only have in common."""
        return tuple((a.need, a.kind, a.start - self.begin) for a in self.airings)

    def needs(self, needs: Sequence[Need]) -> list[Need]:
        """Return the needs with the airings of the cluster only, without those that have none."""
        own: dict[int, list[int]] = {}
        for airing in self.airings:
            own.setdefault(airing.need, []).append(airing.airing)
        return [
            replace(
                needs[number], airings=tuple(needs[number].airings[a] for a in sorted(own[number]))
            )
            for number in sorted(own)
        ]


def clusters(needs: Sequence[Need]) -> Iterator[Cluster]:
    """Yield the airings of needs in clusters, in order of time."""
    found = sorted(airing for number, need in enumerate(needs) for airing in _airings(number, need))
    together: list[_Airing] = []
    until = 0
    for airing in found:
        if together and airing.begin > until:
            yield Cluster(together[0].begin, tuple(together))
            together, until = [], 0
        together.append(airing)
        until = max(until, airing.end)
    if together:
        yield Cluster(together[0].begin, tuple(together))


def _airings(number: int, need: Need) -> Iterator[_Airing]:
    reaches: dict[Hashable, tuple[Number, Number]] = {}
    for index, airing in enumerate(need.airings):
        # The airings of an airtime have one load; it is much slower to compare than to tell apart.
        kind = (id(airing.load), airing.end - airing.start, airing.latest_end - airing.start)
        if kind not in reaches:
            reaches[kind] = reach(need, airing)
        first, last = reaches[kind]
        start = since_epoch(airing.start)
        yield _Airing(floor(start + first), ceil(start + last), number, index, start, kind)
