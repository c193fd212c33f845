"""Traces that are made of airings, and the campaigns that announce these."""

from __future__ import annotations

from array import array
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from onair.model.parse import parse_campaign
from onair.plan.aims import Named
from onair.traces.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onair.model.campaigns import CampaignSpec

BEGIN = datetime(2027, 1, 4, tzinfo=UTC)
EVENING = timedelta(hours=20)
LENGTH = timedelta(hours=1)
USUAL = 100.0
MOL = Named("tv", "mol")


def evenings(days: int) -> list[datetime]:
    """Return the starts of an airing every evening."""
    return [BEGIN + EVENING + timedelta(days=day) for day in range(days)]


def trace(days: int, rate: Callable[[datetime], float], step: int = 60) -> Trace:
    """Return the traffic of some days, from the rate beyond the usual one at an instant."""
    instants = (BEGIN + timedelta(seconds=s) for s in range(0, days * 86_400, step))
    return Trace(BEGIN, step, array("d", [USUAL + rate(at) for at in instants]))


def after_the_end(
    starts: Sequence[datetime], peaks: Sequence[float]
) -> Callable[[datetime], float]:
    """Return a rate that is at its peak for ten minutes after the end of each airing."""

    def rate(at: datetime) -> float:
        return sum(
            peak
            for start, peak in zip(starts, peaks, strict=True)
            if timedelta() <= at - start - LENGTH < timedelta(minutes=10)
        )

    return rate


def campaign(starts: Sequence[datetime], **load: Any) -> CampaignSpec:  # noqa: ANN401 - a manifest
    """Return the campaign of airings of an hour, of a multiplier of 4 if nothing else is said."""
    return parse_campaign(body(starts, **load))


def body(starts: Sequence[datetime], **load: Any) -> dict[str, Any]:  # noqa: ANN401 - a manifest
    """Return its manifest."""
    airtime = {"name": "episode", "starts": [f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in starts]}
    return {
        "apiVersion": "onair.dev/v1alpha1",
        "kind": "Campaign",
        "metadata": {"name": MOL.name, "namespace": MOL.namespace},
        "spec": {
            "airtimes": [airtime | {"duration": "1h"}],
            "load": {"shape": "Livestream"} | (load or {"multiplier": 4}),
            "targetSets": [{"name": "site"}],
        },
    }
