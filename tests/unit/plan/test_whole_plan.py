"""A whole floor is what section 3 of the design says, written once more and slowly.

All times are whole seconds and all lines straight, so that within a second the most is at its ends.
"""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from functools import cached_property
from itertools import count, pairwise
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from onair.model.loads import Point
from onair.model.texts import Anchor
from onair.plan.demand import peak_rate
from onair.plan.needs import Need
from onair.plan.timeline import timeline
from onair.schedule.airings import Airing
from tests.unit.plan.strategies import FEW_POINTS, START
from tests.unit.plan.strategies import needs as drawn_needs

NEAR, DIGITS = Fraction(1, 10**30), 20
"""Right beside an instant; so many digits of a number of replicas are the same as at it."""

SECOND = timedelta(seconds=1)
FLAT = [Point(at=Anchor(edge, timedelta()), level=Fraction(1)) for edge in ("start", "end")]
RUNGS: list[int] = [*range(1, 21), *(ceil(20 * Fraction(21, 20) ** k) for k in range(1, 300))]


class Show:
    """One airing, in seconds since START: its lines between points (3.2)."""

    def __init__(self, airing: Airing) -> None:
        self.points = airing.load.points or FLAT
        self.start, self.end, self.latest = (
            (instant - START) // SECOND for instant in (airing.start, airing.end, airing.latest_end)
        )

    def lines(self, end: Fraction | int) -> Iterator[tuple[Fraction, Fraction, Fraction, Fraction]]:
        """Yield the lines that last, for one end: from when, until when, the levels there."""
        edges = {"start": self.start, "end": end}
        placed = [
            (Fraction(edges[point.at.edge] + point.at.offset // SECOND), point.level)
            for point in self.points
        ]
        for (begin, first), (until, last) in pairwise(placed):
            if begin < until:
                yield begin, until, first, last

    @cached_property
    def outer(self) -> list[tuple[Fraction, Fraction, Fraction, Fraction]]:
        """The lines of the planned and of the latest end."""
        return [*self.lines(self.end), *self.lines(self.latest)]

    def level(self, time: Fraction) -> Fraction:
        """Return the most for any end: it is the first, the last, or puts a point at this time."""
        late = [time - point.at.offset // SECOND for point in self.points if point.at.edge == "end"]
        ends = [end + side for end in late for side in (-NEAR / 9, NEAR / 9)]
        between = (line for e in ends if self.end < e < self.latest for line in self.lines(e))
        found = [
            first + (last - first) * (time - begin) / (until - begin)
            for begin, until, first, last in (*self.outer, *between)
            if begin <= time < until
        ]
        return max(found, default=Fraction())

    def stands(self, time: Fraction) -> bool:
        """Return whether demand has begun and not yet ended for good."""
        there = [line for line in self.outer if line[2] or line[3]]
        return min(line[0] for line in there) <= time < max(line[1] for line in there)


class Told:
    """What a campaign needs of its target."""

    def __init__(self, need: Need, usual: int) -> None:
        self.need, self.lead, self.hold = need, need.lead // SECOND, need.cool_down.hold // SECOND
        self.fixed = need.target.replicas
        self.shows = [Show(airing) for airing in need.airings]
        self.peaks = [self._peak(airing, usual) for airing in need.airings]
        edges = {edge for show in self.shows for line in show.outer for edge in line[:2]}
        self.summits = {e: max(self.bare(e - NEAR), self.bare(e + NEAR)) for e in edges}

    def _peak(self, airing: Airing, usual: int) -> Fraction:
        """Return the replicas at a level of 100 % (3.4)."""
        load, target = airing.load, self.need.target
        if load.multiplier is not None:
            return (load.multiplier - 1) * usual
        rate = peak_rate(airing) * target.share * (1 + load.headroom)
        return rate / (target.per_replica or 1)

    def bare(self, time: Fraction) -> Fraction:
        """Return the replicas without lead and cool-down; fixed ones do not add up (3.4, 3.7)."""
        if self.fixed:
            return Fraction(self.fixed * any(show.stands(time) for show in self.shows))
        pairs = zip(self.shows, self.peaks, strict=True)
        return sum((show.level(time) * peak for show, peak in pairs), Fraction())

    def reaches(self) -> Iterator[tuple[Fraction, int]]:
        """Yield what is left of a summit, and for how many seconds after it (3.6)."""
        cool_down = self.need.cool_down
        for number in count():
            left = 1 - number * cool_down.step
            if left <= 0:
                return
            yield left, self.hold + number * (cool_down.every // SECOND)

    def held(self, time: Fraction) -> Fraction:
        """Return the replicas with lead and cool-down (3.5, 3.6)."""
        found = [self.bare(time + self.lead)]
        for left, back in self.reaches():
            inside = (self.summits[e] for e in self.summits if time - back < e < time + self.lead)
            found += [left * most for most in (self.bare(time - back), *inside)]
        return max(found)

    def changes(self) -> Iterator[int]:
        """Yield the seconds at which the need may step or bend."""
        for edge in map(int, self.summits):
            yield edge - self.lead
            yield from (edge + back for _, back in self.reaches())


def required(campaigns: list[Told], usual: int, time: Fraction) -> int:
    """Return the floor right beside an instant (3.7); only what is carried stands on rungs."""
    stood = max([Fraction(), *(told.held(time) for told in campaigns if told.fixed)])
    carried = sum((told.held(time) for told in campaigns if not told.fixed), Fraction())
    fixed, beside = ceil(round(stood, DIGITS)), ceil(round(carried, DIGITS))
    if beside:
        return max(next(rung for rung in RUNGS if rung >= usual + beside), fixed)
    return max(usual, fixed) if fixed else 0


@given(st.lists(drawn_needs(FEW_POINTS), min_size=1, max_size=3), st.integers(0, 40), st.data())
def test_floor(needs: list[Need], usual: int, data: st.DataObject) -> None:
    """At every second the floor is the most that the design asks of it: no lower, no higher."""
    campaigns, found = [Told(need, usual) for need in needs], timeline(needs, usual, [])
    changes = {second for told in campaigns for second in told.changes()}
    steps = {(step.at - START) // SECOND for step in found.steps} or changes
    edges = st.sampled_from(sorted(changes)) | st.sampled_from(sorted(steps))
    for edge in data.draw(st.lists(edges, min_size=4, max_size=8)):
        for second in (edge - 1, edge):
            sides = (second + NEAR, second + 1 - NEAR)
            wanted = max(required(campaigns, usual, side) for side in sides)
            assert found.at(START + second * SECOND).required == wanted
