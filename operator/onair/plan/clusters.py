"""The airings on one target in clusters: those that may need replicas at the same time.

Clusters never meet. So each is planned by itself, and one that is like an earlier one, only at
another time, has the same plan moved: of a show that airs every evening there is one to make.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from math import ceil, floor
from typing import NamedTuple

from onair.plan.needs import Need, reach
from onair.plan.seconds import Number, since_epoch


class _Airing(NamedTuple):
    """An airing of a need, both by number, and the whole seconds between which it needs replicas.

    `start` is in seconds since the epoch. Those of a need that differ in it only are of one `kind`.
    """

    begin: int
    end: int
    need: int
    airing: int
    kind: int
    start: Number


class Cluster(NamedTuple):
    """Airings in order of time; none needs anything before `begin`, a whole second since 1970."""

    begin: int
    airings: list[_Airing]

    @property
    def stretch(self) -> tuple[int, int]:
        """From when to when it may need anything, in whole seconds since the epoch."""
        return self.begin, max(each.end for each in self.airings)

    def likeness(self) -> Hashable:
        """Return what clusters have in common that differ in their begin only."""
        return tuple([(each.need, each.kind, each.start - self.begin) for each in self.airings])

    def needs(self, needs: Sequence[Need]) -> list[Need]:
        """Return the needs that have airings in the cluster, with these only."""
        own: dict[int, list[int]] = {}
        for each in self.airings:
            own.setdefault(each.need, []).append(each.airing)
        return [
            replace(needs[number], airings=tuple(needs[number].airings[n] for n in sorted(some)))
            for number, some in sorted(own.items())
        ]


def clusters(needs: Sequence[Need]) -> Iterator[Cluster]:
    """Yield the airings of needs in clusters, in order of time."""
    found = [each for number, need in enumerate(needs) for each in _airings(number, need)]
    together: list[_Airing] = []
    until = 0
    for each in sorted(found):
        if together and each.begin > until:
            yield Cluster(together[0].begin, together)
            together, until = [], each.end
        together.append(each)
        until = max(until, each.end)
    if together:
        yield Cluster(together[0].begin, together)


def _airings(number: int, need: Need) -> Iterator[_Airing]:
    kinds: dict[Hashable, tuple[int, Number, Number]] = {}
    for index, airing in enumerate(need.airings):
        begins, ends = airing.start, airing.end
        # Two loads are told apart, which is much quicker than to compare them.
        said = (id(airing.load), ends - begins, airing.latest_end - ends)
        known = kinds.get(said)
        if known is None:
            known = kinds[said] = (len(kinds), *reach(need, airing))
        kind, first, last = known
        start = since_epoch(begins)
        yield _Airing(floor(start + first), ceil(start + last), number, index, kind, start)
