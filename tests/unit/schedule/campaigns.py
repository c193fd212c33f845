"""Campaigns for tests of the schedule, around the weekly episode of the design."""

from datetime import datetime

from onair.model.campaigns import CampaignSpec
from onair.model.parse import parse_campaign
from onair.schedule.airings import airings

EPISODE: dict[str, object] = {
    "name": "episode",
    "start": "2027-01-09T20:30:00",
    "duration": "1h5m",
    "endSlack": "10m",
    "repeat": "FREQ=WEEKLY;COUNT=10",
    "except": ["2027-02-06"],
}

ONCE = {"repeat": None, "except": None}
"""Changes the airtime above to one that does not repeat."""


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


def starts(spec: CampaignSpec, after: str = "2027-01-01", before: str = "2028-01-01") -> list[str]:
    """Return when the airings of a window start."""
    window = (datetime.fromisoformat(f"{day}T00:00Z") for day in (after, before))
    return [f"{airing.start:%Y-%m-%dT%H:%MZ}" for airing in airings(spec, *window)]
