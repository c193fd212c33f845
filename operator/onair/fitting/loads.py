"""A forecast as the load of a manifest."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any, Final

from onair.fitting.profiles import points, profile
from onair.model.loads import Load
from onair.model.quantities import format_duration
from onair.plan.demand import seconds_at_peak

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onair.fitting.seeing import Seen
    from onair.fitting.sizes import Size
    from onair.model.loads import Audience
    from onair.schedule.airings import Airing

    Body = dict[str, Any]

_MOST: Final = 1_000_000
"""Requests of one person, of which a manifest can speak."""


def load_of(size: Size, past: Sequence[Seen], airing: Airing) -> Body:
    """Return the load of an airing as a manifest says it, judging by past ones that had a crowd.

    A crowd that was announced as people keeps them: what they do follows from the peak. Where no
    manifest can say that of so few people, it is said in requests/s.
    """
    length = airing.end - airing.start
    shape = {"shape": "Custom", "points": points(profile(past, length))}
    peak = max(1.0, size.peak)
    crowd: Body = {"requestsPerSecond": _up(peak, "0.1")}
    if audience := airing.load.audience:
        said = _said(audience)
        plain = Load.model_validate(shape | {"audience": said})
        each = peak * float(seconds_at_peak(plain, length)) / float(audience.people)
        if each <= _MOST:
            crowd = {"audience": said | _ratio(each, float(audience.requests_per_person))}
    return shape | crowd | {"headroom": f"{_up(100 * size.headroom, '1')}%"}


def _said(audience: Audience) -> Body:
    said = {"people": _up(float(audience.people), "1")}
    if audience.within is not None:
        said["within"] = format_duration(audience.within)
    return said


def _ratio(requests: float, each: float) -> Body:
    """Return how many respond, of whom each makes so many requests, or more if all respond."""
    response = min(1.0, requests / each)
    return {
        "response": f"{_up(max(0.001, 100 * response), '0.001')}%",
        "requestsPerPerson": _up(max(each, requests), "0.001"),
    }


def _up(value: float, unit: str) -> str:
    """Return a number rounded up to a unit, as plain digits."""
    rounded = Decimal(repr(round(value, 9))).quantize(Decimal(unit), ROUND_CEILING)
    return f"{rounded.normalize():f}"
