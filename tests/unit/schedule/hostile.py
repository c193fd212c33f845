"""The rules of hostile.yaml, and the campaigns that they stand in."""

from pathlib import Path
from typing import Any, Final

import yaml

from onair.model.campaigns import CampaignSpec
from onair.schedule import recurrence, rules, years
from tests.unit.schedule.campaigns import campaign

CORPUS: Final[list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("hostile.yaml").read_text(encoding="utf-8")
)


KNOWN: Final = (
    rules.parse_rule,
    recurrence.counts_before,
    recurrence.placed,
    years.names,
    years.weeks,
)
"""What is kept of rules and years; a rule that is new to a process finds none of it."""


def forget() -> None:
    """Forget all that is kept of rules and years."""
    for known in KNOWN:
        known.cache_clear()


def spec_of(case: dict[str, Any]) -> CampaignSpec:
    """Return the spec of a campaign with a hostile rule.

    Raises:
        InvalidManifest: as `parse_campaign`.
    """
    airtime = {
        "duration": case.get("duration", "1h"),
        "start": case.get("start", "2027-01-09T20:30:00"),
        "repeat": case["repeat"],
        "except": case.get("except", []),
    }
    names = [f"hostile-{n}" for n in range(case.get("airtimes", 1))]
    zone = case.get("zone", "Europe/Amsterdam")
    return campaign(*(airtime | {"name": name} for name in names), zone=zone)
