"""Campaigns for tests of the schedule, around the weekly episode of the design."""

from onair.model.campaigns import CampaignSpec
from onair.model.parse import parse_campaign

EPISODE: dict[str, object] = {
    "name": "episode",
    "start": "2027-01-09T20:30:00",
    "duration": "1h5m",
    "endSlack": "10m",
    "repeat": "FREQ=WEEKLY;COUNT=10",
    "except": ["2027-02-06"],
}


def campaign(
    *airtimes: dict[str, object], zone: str = "Europe/Amsterdam", **load: object
) -> CampaignSpec:
    """Return the spec of a campaign with these airtimes."""
    return parse_campaign(
        {
            "spec": {
                "timeZone": zone,
                "airtimes": list(airtimes),
                "load": {"shape": "Flat", "requestsPerSecond": 100} | load,
                "targetSets": [{"name": "mol"}],
            }
        }
    )


def changed(**fields: object) -> dict[str, object]:
    """Return the airtime above with other fields; None takes one away."""
    airtime = {**EPISODE, **fields}
    return {name: value for name, value in airtime.items() if value is not None}
