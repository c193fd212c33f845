"""A forecast as the load of a manifest."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any, Final

from onair.fitting.profiles import points, profile
from onair.fitting.seeing import came
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

_LATEST: Final = 8
"""Airings whose curves count, as many as for the size."""


def load_of(size: Size, past: Sequence[Seen], airing: Airing) -> Body:
    """Return the load of an airing, judging by at least one past one, as a manifest says it.

    A crowd that was announced as people keeps them: what they do follows from the peak.
    """
    length = airing.end - airing.start
    shape = {"shape": "Custom", "points": points(profile(_latest(past), length))}
    headroom = f"{_up(100 * size.headroom, '1')}%"
    peak = max(1.0, size.peak)
    audience = airing.load.audience
    if audience is None:
        return shape | {"requestsPerSecond": _up(peak, "0.1"), "headroom": headroom}
    said = _said(audience)
    plain = Load.model_validate(shape | {"audience": said | {"response": "100%"}})
    requests = peak * float(seconds_at_peak(plain, length))
    return shape | {"audience": said | _ratio(requests, audience), "headroom": headroom}


def _latest(past: Sequence[Seen]) -> list[Seen]:
    """Return the latest to which anybody came: the others have no shape."""
    return [each for each in past if came(each)][-_LATEST:]


def _said(audience: Audience) -> Body:
    said = {"people": _up(float(audience.people), "1")}
    if audience.within is not None:
        said["within"] = format_duration(audience.within)
    return said


def _ratio(requests: float, audience: Audience) -> Body:
    """Return how many respond and what each of them asks for, which is at least as announced."""
    each = float(audience.requests_per_person)
    response = requests / float(audience.people) / each
    if response > 1:
        each, response = each * response, 1.0
    return {
        "response": f"{_up(max(0.001, 100 * response), '0.001')}%",
        "requestsPerPerson": _up(each, "0.001"),
    }


def _up(value: float, unit: str) -> str:
    """Return a number rounded up to a unit, as plain digits."""
    rounded = Decimal(repr(round(value, 9))).quantize(Decimal(unit), ROUND_CEILING)
    return f"{rounded.normalize():f}"
