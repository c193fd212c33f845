"""The page on airtimes shows airtimes that OnAir takes, and every part and reason that there is."""

from __future__ import annotations

import re
from itertools import chain

import pytest
import yaml

from onair.model.errors import InvalidManifest
from onair.model.parse import parse_campaign
from onair.schedule.airings import check
from onair.schedule.rules import parse_rule
from tests.docs.pages import DOCS

PAGE = (DOCS / "airtimes.md").read_text(encoding="utf-8")
SHOWN = list(
    chain.from_iterable(
        yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    )
)


@pytest.mark.parametrize(
    "airtime", [pytest.param(airtime, id=airtime["name"]) for airtime in SHOWN]
)
def test_shown(airtime: dict[str, object]) -> None:
    """Each airtime of the page can stand in a campaign."""
    load = {"shape": "Flat", "requestsPerSecond": "5k"}
    where = {"timeZone": "Europe/Amsterdam", "targetSets": [{"name": "mol"}]}
    check(parse_campaign({"spec": {"airtimes": [airtime], "load": load} | where}))


def test_parts() -> None:
    """The table of parts has each one that the refusal of an unknown part offers."""
    with pytest.raises(InvalidManifest) as caught:
        parse_rule("BYHOUR=20")
    offered = re.findall("[A-Z]{4,}", caught.value.message.partition("use ")[2])
    assert set(re.findall(r"^\| `([A-Z]+)` \|", PAGE, re.MULTILINE)) == set(offered)
