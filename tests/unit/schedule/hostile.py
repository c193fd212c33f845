"""The rules of hostile.yaml, and the campaigns that they stand in."""

from pathlib import Path
from typing import Any, Final

import yaml

from onair.model.campaigns import CampaignSpec
from tests.unit.schedule.campaigns import campaign

CORPUS: Final[list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("hostile.yaml").read_text(encoding="utf-8")
)


def spec_of(case: dict[str, Any]) -> CampaignSpec:
    """Return the spec of a campaign with a hostile rule.

    Raises:
        InvalidManifest: as `parse_campaign`.
    """
    airtime = {
        "name": "hostile",
        "start": case.get("start", "2027-01-09T20:30:00"),
        "duration": case.get("duration", "1h"),
        "repeat": case["repeat"],
    }
    return campaign(airtime, zone=case.get("zone", "Europe/Amsterdam"))
