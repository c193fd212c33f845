"""Campaigns that will not get what they need of a target are told when, why and beside whom."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from onair.documents import read
from onair.documents.writing import write
from onair.lint import Linted, lint
from onair.lint.limits import AHEAD
from onair.model.parse import parse_campaign, parse_target_set
from tests.unit.lint.examples import (
    CAMPAIGN,
    INLINE,
    TARGET_SET,
    Seen,
    changed,
    linted,
    reasons,
    the_one,
)
from tests.unit.model.manifests import ABSENT

AIRTIME = {"name": "once", "start": "2027-01-09T20:30:00Z", "duration": "1h"}
TARGET = {
    "name": "api",
    "scaleTargetRef": {"name": "mol-api"},
    "perReplica": 50,
    "maxReplicas": 50,
    "usualReplicas": 3,
}
START = datetime(2027, 1, 9, 20, 30, tzinfo=UTC)


def flat(name: str, requests: str, **target: Any) -> dict[str, Any]:  # noqa: ANN401  # of JSON
    """Return a campaign of one hour with a target of its own."""
    return changed(
        INLINE,
        {
            "metadata": {"name": name},
            "spec.airtimes": [AIRTIME],
            "spec.load": {"shape": "Flat", "requestsPerSecond": requests},
            "spec.targets": [TARGET | target],
        },
    )


def at(now: datetime, *bodies: dict[str, Any]) -> Linted:
    """Lint objects in one file at an instant."""
    return lint([read(write(bodies), "file")], now)


def test_only_whom_the_limit_keeps_down() -> None:
    """The limit of one campaign is no matter of another that gets all it needs."""
    warning = the_one(linted(flat("large", "5k"), flat("small", "500", maxReplicas=300)))
    assert (warning.file, warning.reason) == ("0.yaml", "LimitedByMaxReplicas")
    assert "together with default/small" in warning.message


def test_the_arithmetic() -> None:
    """What is needed is said as everywhere, by load where several add up."""
    alone = the_one(linted(flat("mol", "5k"))).message
    assert alone.endswith(
        "; for Sat 9 Jan 2027 20:30: 5,000 requests/s x 1.3 / 50 per replica = 130, plus 3 for the"
        " usual load = 133, rounded up to 135"
    )
    small = changed(TARGET_SET, {"spec.targets.0.maxReplicas": 150})
    both = linted(CAMPAIGN, changed(CAMPAIGN, {"metadata.name": "other"}), small).findings[0]
    assert ", together 208, plus 6 for the usual load = 214, rounded up to 219" in both.message


def test_names_that_the_server_makes_up() -> None:
    """Campaigns without a name of their own are told apart."""
    unnamed = [changed(flat("x", "50k"), {"metadata": {"generateName": "x-"}}) for _ in "ab"]
    found = [each for each in linted(*unnamed).findings if each.reason == "LimitedByMaxReplicas"]
    assert [each.file for each in found] == ["0.yaml", "1.yaml"]


@pytest.mark.parametrize(
    ("minutes", "want"),
    [
        pytest.param(-10, ["LimitedByMaxReplicas"], id="before air"),
        pytest.param(30, ["LimitedByMaxReplicas"], id="on air"),
        pytest.param(61, ["NothingAhead"], id="after the end"),
    ],
)
def test_what_holds_now(minutes: int, want: list[str]) -> None:
    """A step that is in force counts for as long as the airing lasts."""
    found = at(START + timedelta(minutes=minutes), flat("mol", "50k"))
    assert reasons(found) == want


def test_limit_of_the_operator() -> None:
    """What the operator's own limit keeps down has a reason of its own."""
    warning = the_one(linted(flat("mol", "50k", maxReplicas=5000)))
    assert warning.reason == "LimitedByOperator"
    assert "limited to 500 by the operator's --max-replicas-per-target" in warning.message


def test_a_season_is_looked_at() -> None:
    """What airs after the season that is looked at gets no warning yet, what airs in it does."""
    campaign = flat("mol", "50k")
    assert not at(START - AHEAD - timedelta(hours=1), campaign).findings
    assert reasons(at(START - AHEAD + timedelta(hours=1), campaign)) == ["LimitedByMaxReplicas"]


def test_campaigns_of_the_cluster() -> None:
    """Campaigns that only the cluster has take their part of a target, too."""
    small = changed(TARGET_SET, {"spec.targets.0.maxReplicas": 150})
    other = parse_campaign(changed(CAMPAIGN, {"metadata.name": "other"}))
    seen = Seen({"mol": parse_target_set(small)}, {"other": other})
    assert not linted(CAMPAIGN, elsewhere=Seen({"mol": parse_target_set(small)})).findings
    warning = the_one(linted(CAMPAIGN, elsewhere=seen))
    assert "together with default/other" in warning.message
    same = Seen({"mol": parse_target_set(small)}, {"mol": other})
    assert not linted(CAMPAIGN, elsewhere=same).findings


def test_usual_load_of_the_cluster() -> None:
    """The usual load that a cluster shows counts where the manifest says none."""
    campaign = flat("mol", "1k", usualReplicas=ABSENT)
    del campaign["spec"]["targets"][0]["usualReplicas"]
    assert reasons(linted(campaign, elsewhere=Seen(replicas=1))) == ["UsualUnknown"]
    assert "LimitedByMaxReplicas" in reasons(linted(campaign, elsewhere=Seen(replicas=40)))


def test_too_many_airings() -> None:
    """Where there are too many airings to look at all limits, it is said how far they were."""
    points = [{"at": f"start+{n}s", "level": f"{1 + n}%"} for n in range(64)]
    airtimes = [
        AIRTIME
        | {"name": f"at-{hour}", "start": f"2027-01-09T{hour:02}:00:00", "repeat": "FREQ=DAILY"}
        for hour in range(12)
    ]
    load = {"shape": "Custom", "points": points, "requestsPerSecond": "50k"}
    campaign = changed(flat("mol", "1"), {"spec.airtimes": airtimes, "spec.load": load})
    found = at(START, campaign)
    (note,) = found.notes
    assert "of 1 target 90 days ahead; those of Deployment default/mol-api are looked at" in note
    assert "LimitedByMaxReplicas" in reasons(found)
    assert not linted(INLINE).notes
