"""Campaigns that aim at targets, as previews take them."""

from datetime import datetime, timedelta
from typing import Any

from onair.model.parse import parse_campaign, parse_target_set
from onair.plan.aims import Named
from onair.preview.announced import Announced, announce
from onair.preview.windows import Window
from tests.unit.plan.example import CAMPAIGN, TARGET_SET, at

NAME = "tv/wie-is-de-mol"
EVENING = Window(at("12:00"), at("12:00") + timedelta(days=1))


def announced(name: str = "wie-is-de-mol", **campaign: Any) -> Announced:  # noqa: ANN401 - as in a manifest
    """Return a campaign like the example's; None takes a field away."""
    said = {field: value for field, value in (CAMPAIGN | campaign).items() if value is not None}
    (found,), _ = announce(
        {Named("tv", name): parse_campaign({"spec": said})},
        lambda _namespace, name: parse_target_set({"spec": TARGET_SETS[name]}),
    )
    return found


def flat(name: str, start: datetime, minutes: int = 60, **campaign: Any) -> Announced:  # noqa: ANN401 - as in a manifest
    """Return a campaign that airs once, with 1,000 requests/s and no headroom."""
    airtime = {"name": "show", "start": f"{start:%Y-%m-%dT%H:%M:%SZ}", "duration": f"{minutes}m"}
    load = {"shape": "Flat", "requestsPerSecond": 1000, "headroom": "0%"}
    return announced(name, **{"airtimes": [airtime], "load": load} | campaign)


def inline(most: int, **fields: object) -> list[dict[str, object]]:
    """Return one target of a campaign's own: the API, up to so many replicas."""
    base: dict[str, object] = {"name": "api", "scaleTargetRef": {"name": "mol-api"}}
    return [base | {"perReplica": 50, "maxReplicas": most} | fields]


_SMALL = [target | {"maxReplicas": 20} for target in TARGET_SET["targets"]]
_UNUSUAL = [
    {k: v for k, v in target.items() if k != "usualReplicas"} for target in TARGET_SET["targets"]
]
_BUSY = [target | {"usualReplicas": 9} for target in TARGET_SET["targets"]]
TARGET_SETS = {
    "mol": TARGET_SET,
    "small": TARGET_SET | {"targets": _SMALL},
    "unusual": TARGET_SET | {"targets": _UNUSUAL},
    "busy": TARGET_SET | {"targets": _BUSY},
    "slow": TARGET_SET | {"warmUp": {"lead": "40m"}, "coolDown": {"hold": "40m"}},
}
