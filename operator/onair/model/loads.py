"""Loads: the demand that an airing adds, as marketing knows it."""

from datetime import timedelta
from fractions import Fraction
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from onair.model.manifest import Manifest, Rule
from onair.model.quantities import duration, percentage, quantity
from onair.model.texts import At, anchor_offset, is_anchor

_TIMES: Final = 'such as 4 or "1.5" (4, not 4x)'


class Point(Manifest):
    """One point of a custom shape; straight lines join them."""

    at: At
    """When: start or end of the airing, with a distance, such as start-15m or end+1m."""
    level: Annotated[Fraction, percentage("0%", "100%")]
    """How much of the peak."""


class Audience(Manifest):
    """How big the crowd will be and what it does, from which the peak follows."""

    people: Annotated[Fraction, quantity("1", "10G")]
    """How many are reached."""
    response: Annotated[Fraction, percentage("0.001%", "100%")] = Fraction(1)
    """How many of them react; 100% if absent."""
    requests_per_person: Annotated[Fraction, quantity("0.001", "1M")] = Fraction(1)
    """Requests that each of them makes; 1 if absent."""
    within: Annotated[timedelta, duration("1s", "168h")] | None = None
    """The busiest stretch in which all of them come; the whole shape if absent."""


def _in_order(load: "Load") -> bool:
    """Whether the points stand in the order of their instants, as far as one can say."""
    order = [(point.at.edge == "end", point.at.offset) for point in load.points or ()]
    return order == sorted(order)


class Load(Manifest):
    """The demand that each airing adds."""

    rules: ClassVar = (
        Rule(
            "say the size of the crowd exactly once: audience, requestsPerSecond or multiplier",
            "[has(self.audience), has(self.requestsPerSecond), has(self.multiplier)]"
            ".filter(said, said).size() == 1",
            lambda load: len(load.sizes()) == 1,
        ),
        Rule(
            "headroom is for a crowd in requests; a multiplier is of replicas: make it larger",
            "!has(self.headroom) || !has(self.multiplier)",
            lambda load: "headroom" not in load.model_fields_set or load.multiplier is None,
            field="headroom",
        ),
        Rule(
            "points are the shape Custom: it needs them, and no other shape has them",
            "has(self.points) == (self.shape == 'Custom')",
            lambda load: (load.points is not None) == (load.shape == "Custom"),
            field="points",
        ),
        Rule(
            "points must be sorted by time: those at the start first, then those at the end",
            f"!has(self.points) || !self.points.all(p, {is_anchor('p.at')})"
            " || (self.points.map(p, p.at.startsWith('end')).isSorted()"
            f" && self.points.map(p, p.at.startsWith('start'), {anchor_offset('p.at')}).isSorted()"
            f" && self.points.map(p, p.at.startsWith('end'), {anchor_offset('p.at')}).isSorted())",
            _in_order,
            field="points",
        ),
        Rule(
            "at least one of the points must be above 0%",
            "!has(self.points) || self.points.exists(p, p.level.matches('[1-9]'))",
            lambda load: load.points is None or any(point.level for point in load.points),
            field="points",
        ),
    )

    shape: Literal["Flat", "TVSpot", "Episode", "Livestream", "TicketSale", "Push", "Custom"]
    """How the crowd comes and goes around an airing."""
    points: Annotated[tuple[Point, ...], Field(min_length=2, max_length=64)] | None = None
    """The points of the shape Custom."""
    audience: Audience | None = None
    """The crowd, from which the peak follows."""
    requests_per_second: Annotated[Fraction, quantity("1", "1G")] | None = None
    """The peak itself."""
    multiplier: Annotated[Fraction, quantity("1", "1000", such=_TIMES)] | None = None
    """The peak as so many times the usual replicas of each target, whatever its share and
    perReplica, which it does not need."""
    headroom: Annotated[Fraction, percentage("0%", "1000%")] = Fraction(3, 10)
    """Added for the busiest second within the minute and the forecast's error; 30% if absent."""

    def sizes(self) -> tuple[object, ...]:
        """Return what is said of the size of the crowd; checked, it is one thing."""
        said = (self.audience, self.requests_per_second, self.multiplier)
        return tuple(size for size in said if size is not None)
