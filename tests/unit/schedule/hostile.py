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
    """Return the spec of a campaign with a hostile rule, in as many airtimes as the case says.

    Raises:
        InvalidManifest: as `parse_campaign`.
    """
    zone = case.get("zone", "Europe/Amsterdam")
    return campaign(*(_airtime(case, n) for n in range(case.get("airtimes", 1))), zone=zone)


def _airtime(case: dict[str, Any], n: int) -> dict[str, object]:
    """Return the n-th airtime; N in its rule is a number of its own."""
    return {
        "name": f"hostile-{n}",
        "start": case.get("start", "2027-01-09T20:30:00"),
        "duration": case.get("duration", "1h"),
        "repeat": case["repeat"].replace("=N", f"={366 - n}"),
        "except": case.get("except", []),
    }
