"""The example of the design: a weekly episode, an API behind an HPA and a chat."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from onair.model.loads import Load
from onair.model.parse import parse_campaign, parse_target_set
from onair.plan.curves import Curve
from onair.plan.demand import levels, peak_rate
from onair.plan.needs import Need
from onair.plan.outlines import PEAK
from onair.plan.seconds import since_epoch
from onair.schedule.airings import Airing, airings

CAMPAIGN: dict[str, Any] = {
    "title": "Wie is de Mol?",
    "timeZone": "Europe/Amsterdam",
    "airtimes": [
        {
            "name": "episode",
            "start": "2027-01-09T20:30:00",
            "duration": "1h5m",
            "endSlack": "10m",
            "repeat": "FREQ=WEEKLY;COUNT=10",
            "except": ["2027-02-06"],
        }
    ],
    "load": {
        "shape": "Episode",
        "audience": {
            "people": "680k",
            "response": "100%",
            "requestsPerPerson": "2.2",
            "within": "5m",
        },
        "headroom": "30%",
    },
    "targetSets": [{"name": "mol"}],
}

TARGET_SET: dict[str, Any] = {
    "targets": [
        {
            "name": "api",
            "scaleTargetRef": {"name": "mol-api"},
            "share": "80%",
            "perReplica": "50",
            "maxReplicas": 300,
            "usualReplicas": 6,
        },
        {
            "name": "chat",
            "scaleTargetRef": {"kind": "StatefulSet", "name": "mol-chat"},
            "replicas": 12,
            "maxReplicas": 20,
        },
    ],
    "warmUp": {"lead": "10m"},
    "coolDown": {"hold": "5m", "step": "25%", "every": "1m"},
}

EVENING = datetime(2027, 1, 9, tzinfo=UTC)
USUAL = 6


def at(clock: str) -> datetime:
    """Return the instant of a time of day (UTC) on the first evening."""
    return datetime.fromisoformat(f"2027-01-09T{clock}Z")


def first_airing(crowd: Load | None = None, **changes: Any) -> Airing:  # noqa: ANN401  # as in a manifest
    """Return the example's first airing, with another load or other fields of its airtime."""
    airtime = {**CAMPAIGN["airtimes"][0], **changes}
    spec = parse_campaign({"spec": {**CAMPAIGN, "airtimes": [airtime]}})
    airing = airings(spec, EVENING, at("23:59"))[0]
    return replace(airing, load=crowd or airing.load)


def load(**changes: Any) -> Load:  # noqa: ANN401  # as in a manifest
    """Return the load of the example with some fields changed; None takes one away."""
    said = {name: value for name, value in {**CAMPAIGN["load"], **changes}.items() if value}
    airtime = CAMPAIGN["airtimes"][0] | {"endSlack": None}  # a send does not run over
    (found,) = parse_campaign({"spec": {**CAMPAIGN, "airtimes": [airtime], "load": said}}).loads()
    assert found is not None
    return found


def carrying_load(need: Need, crowd: Load) -> Need:
    """Return a need whose airings all have another load."""
    return replace(need, airings=tuple(replace(airing, load=crowd) for airing in need.airings))


def cliff() -> Load:
    """Return a load of 1,000 requests/s that drops to nothing where it reaches its peak."""
    points = [{"at": "start-15m", "level": "25%"}, {"at": "end+1m", "level": "100%"}]
    return load(audience=None, requestsPerSecond=1000, shape="Custom", points=points)


def demand(airing: Airing) -> Curve:
    """Return the requests/s that an airing adds, over seconds since the epoch."""
    factor = peak_rate(airing) / PEAK
    return levels(airing).scaled(factor).moved(since_epoch(airing.start))


def needs() -> tuple[Need, Need]:
    """Return what the example needs of the API and of the chat on the first evening."""
    target_set = parse_target_set({"spec": TARGET_SET})
    api, chat = (
        Need(
            campaign="tv/wie-is-de-mol",
            target=target,
            lead=target_set.warm_up.lead,
            cool_down=target_set.cool_down,
            airings=(first_airing(),),
        )
        for target in target_set.targets
    )
    return api, chat
