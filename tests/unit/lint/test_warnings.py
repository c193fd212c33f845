"""What will be applied and is hardly meant is said, each thing with a reason of its own."""

from typing import Any

import pytest

from onair.documents import read
from onair.documents.writing import write
from onair.lint import lint
from onair.lint.checks import WARNINGS
from tests.unit.lint.examples import (
    CAMPAIGN,
    INLINE,
    NOW,
    TARGET_SET,
    changed,
    linted,
    reasons,
    the_one,
)
from tests.unit.model.manifests import ABSENT

PUSH = {"shape": "Push", "audience": {"people": "2M", "response": "5%"}}
FOURFOLD = {"shape": "Flat", "multiplier": "4"}
WHOLE = INLINE["spec"]["targets"][0] | {"share": "100%"}
"""A target that all of the load reaches."""
LARGE = WHOLE | {"maxReplicas": 5000}
CHAT = INLINE["spec"]["targets"][1]
HALF = {
    "shape": "Custom",
    "points": [{"at": "start", "level": "50%"}, {"at": "end", "level": "10%"}],
}
ONCE = {"name": "once", "start": "2027-01-09T20:30:00", "duration": "1m"}


def inline(**changes: Any) -> dict[str, Any]:  # noqa: ANN401  # of JSON
    """Return the campaign with targets of its own, some fields of its spec changed."""
    return changed(INLINE, {f"spec.{name}": value for name, value in changes.items()})


CASES = {
    "NameGenerated": ([changed(INLINE, {"metadata": {"generateName": "mol-"}})], "generateName"),
    "SameName": ([INLINE, INLINE], "0.yaml:1"),
    "TargetSetNotSeen": ([CAMPAIGN], "there is no TargetSet default/mol in these files; give"),
    "NothingAhead": (
        [inline(airtimes=[ONCE | {"start": "2026-11-30T20:30:00"}])],
        "every airing is over",
    ),
    "TooManyAirings": (
        [
            inline(
                airtimes=[
                    {"name": f"a{n}", "start": f"2026-12-01T0{n}:00:00Z", "duration": "1m"}
                    | {"repeat": "FREQ=DAILY;COUNT=400"}
                    for n in range(6)
                ],
                timeZone="UTC",
            )
        ],
        "more than 2,000 airings within 400 days: those from 30 October 2027 on are not planned",
    ),
    "ExceptUnused": (
        [
            inline(
                timeZone="Europe/Amsterdam",
                airtimes=[ONCE | {"repeat": "FREQ=WEEKLY;COUNT=9", "except": ["2027-02-07"]}],
            )
        ],
        "spec.airtimes[0].except[0]: takes nothing out: the nearest airing starts at 20:30:00",
    ),
    "ClocksChange": (
        [inline(timeZone="Europe/Amsterdam", airtimes=[ONCE | {"start": "2027-03-28T02:30:00"}])],
        "02:30 does not exist on 28 March 2027, when clocks go forward: it airs at 03:30",
    ),
    "LimitedByMaxReplicas": (
        [changed(INLINE, {"spec.targets.0.maxReplicas": 80})],
        "Deployment mol-api needs 111 replicas on Sat 9 Jan 2027 21:22, limited to 80",
    ),
    "LimitedByOperator": (
        [inline(load={"shape": "Flat", "requestsPerSecond": "50k"}, targets=[LARGE])],
        "limited to 500 by the operator's --max-replicas-per-target",
    ),
    "PeakNotReached": (
        [inline(load=HALF | {"requestsPerSecond": 500})],
        "spec.load.points: the largest level is 50%, so the crowd is at most 50% of what",
    ),
    "LowHeadroom": (
        [changed(INLINE, {"spec.load.headroom": "24.9%"})],
        "24.9% is little: the busiest second alone can exceed its minute by 25%",
    ),
    "MultiplierOfOne": (
        [inline(load={"shape": "Flat", "multiplier": 1}, targets=[WHOLE])],
        "adds nothing",
    ),
    "MultiplierOfNothing": (
        [inline(load=FOURFOLD, targets=[WHOLE | {"usualReplicas": 0}])],
        "spec.load.multiplier: usualReplicas of the target api is 0",
    ),
    "ShareIgnored": (
        [inline(load=FOURFOLD, targets=[WHOLE | {"share": "80%"}])],
        "the target api has a share of 80%, which does not count here",
    ),
    "UsualUnknown": (
        [changed(INLINE, {"spec.targets.0.usualReplicas": ABSENT})],
        "usualReplicas is absent",
    ),
    "BotsNotIncluded": (
        [inline(load={"shape": "TicketSale", "audience": {"people": "10k"}})],
        "Bots are not added",
    ),
    "SendTooFast": ([inline(load=PUSH, airtimes=[ONCE])], "sending over 20m instead of 1m saves"),
}


def test_every_warning_has_a_case() -> None:
    """No warning is made that nobody has seen."""
    assert set(CASES) == set(WARNINGS)


@pytest.mark.parametrize(("reason", "case"), CASES.items(), ids=CASES.keys())
def test_warnings(reason: str, case: tuple[list[dict[str, Any]], str]) -> None:
    """What is hardly meant is a warning with what would be right, and nothing else is."""
    bodies, words = case
    warning = the_one(linted(*bodies))
    assert (warning.severity, warning.reason) == ("warning", reason)
    assert words in f"{warning.path}: {warning.message}"


@pytest.mark.parametrize(
    ("airtimes", "path", "words"),
    [
        pytest.param(
            [ONCE, ONCE | {"name": "old", "start": "2026-01-09T20:30:00"}],
            "spec.airtimes[1]",
            "every airing is over",
            id="one of two is over",
        ),
        pytest.param(
            [ONCE | {"start": "2028-06-01T20:30:00"}],
            "spec.airtimes",
            "more than 400 days ahead",
            id="far ahead",
        ),
        pytest.param(
            [ONCE | {"start": "2024-02-29T20:30:00", "repeat": "FREQ=YEARLY"}],
            "spec.airtimes",
            "the next airing is more than 400 days ahead",
            id="a leap day",
        ),
    ],
)
def test_nothing_ahead(airtimes: list[dict[str, str]], path: str, words: str) -> None:
    """An airtime of which nothing can be planned is named, or all of them together."""
    warning = the_one(linted(inline(airtimes=airtimes)))
    assert (warning.reason, warning.path) == ("NothingAhead", path)
    assert words in warning.message


@pytest.mark.parametrize(
    ("airtime", "words"),
    [
        pytest.param(
            {"start": "2027-10-31T02:30:00", "duration": "1h"},
            "02:30 comes twice on 31 October 2027, when clocks go back: it airs at the first",
            id="an hour that comes twice",
        ),
        pytest.param(
            {"start": "2027-03-27T02:30:00", "duration": "1h", "repeat": "FREQ=DAILY;COUNT=3"},
            "02:30 does not exist on 28 March 2027, when clocks go forward: it airs at 03:30",
            id="one date of a repetition",
        ),
        pytest.param(
            {"starts": ["2027-03-27T02:30:00", "2027-03-28T02:15:00"], "duration": "1h"},
            "02:15 does not exist on 28 March 2027",
            id="one of several starts",
        ),
        pytest.param(
            {
                "start": "2027-03-27T02:30:00+01:00",
                "duration": "1h",
                "repeat": "FREQ=DAILY;COUNT=2",
            },
            "02:30 does not exist on 28 March 2027",
            id="a repetition of an instant",
        ),
    ],
)
def test_clocks_change(airtime: dict[str, Any], words: str) -> None:
    """A time of day that a date does not have, or has twice, is said with what happens."""
    body = inline(timeZone="Europe/Amsterdam", airtimes=[{"name": "night"} | airtime])
    warning = the_one(linted(body))
    assert warning.reason == "ClocksChange"
    assert words in warning.message


@pytest.mark.parametrize(
    "start",
    [
        pytest.param("2027-10-31T02:30:00+01:00", id="an instant in the hour that comes twice"),
        pytest.param("2027-03-28T01:59:00", id="right before the gap"),
        pytest.param("2027-03-28T03:00:00", id="right after the gap"),
        pytest.param("2027-10-31T03:00:00", id="right after the hour that comes twice"),
    ],
)
def test_clocks_that_do_not_matter(start: str) -> None:
    """A time of day that a date has once is nothing to speak of."""
    airtime = {"name": "night", "start": start, "duration": "1h"}
    assert not linted(inline(timeZone="Europe/Amsterdam", airtimes=[airtime])).findings


def test_overlap_beyond_the_maximum() -> None:
    """Two campaigns that fit alone and not together are told about each other."""
    small = changed(TARGET_SET, {"spec.targets.0.maxReplicas": 150})
    other = changed(CAMPAIGN, {"metadata.name": "other"})
    assert not linted(CAMPAIGN, small).findings
    found = linted(CAMPAIGN, other, small)
    assert reasons(found) == ["LimitedByMaxReplicas"] * 2
    first, second = found.findings
    assert (first.file, first.path) == ("0.yaml", "spec.targetSets")
    assert "limited to 150 by maxReplicas of api in TargetSet mol" in first.message
    assert "together with default/other" in first.message
    assert "together with default/mol" in second.message


def test_limit_of_the_operator() -> None:
    """What the operator's own limit keeps down is said with its name."""
    (warning,) = lint([read(write([INLINE]), "0.yaml")], NOW, most=50).findings
    assert "limited to 50 by the operator's --max-replicas-per-target" in warning.message


def test_what_is_suspended_is_not_limited() -> None:
    """A suspended campaign raises nothing, so nothing can be too small for it."""
    assert not linted(
        changed(INLINE, {"spec.targets.0.maxReplicas": 80, "spec.suspend": True})
    ).findings


@pytest.mark.parametrize(
    ("load", "path"),
    [
        pytest.param({"spec.load.headroom": "10%"}, "spec.load.headroom", id="of the campaign"),
        pytest.param(
            {"spec.airtimes.0.load": {"shape": "Flat", "requestsPerSecond": 5, "headroom": "0%"}},
            "spec.airtimes[0].load.headroom",
            id="of an airtime",
        ),
    ],
)
def test_loads_of_airtimes(load: dict[str, Any], path: str) -> None:
    """The load of an airtime is looked at as that of the campaign is."""
    warning = the_one(linted(changed(INLINE, load)))
    assert (warning.reason, warning.path) == ("LowHeadroom", path)


def test_enough_headroom() -> None:
    """A headroom that just covers the busiest second is enough."""
    assert not linted(changed(INLINE, {"spec.load.headroom": "25%"})).findings


def test_multiples_without_a_warning() -> None:
    """A multiple of a known load is fine, and so is any of a target with fixed replicas."""
    assert not linted(inline(load=FOURFOLD, targets=[WHOLE, CHAT | {"usualReplicas": 0}])).findings


def test_usual_load_that_another_target_set_says() -> None:
    """What one target set calls nothing and another six is a usual load of six."""
    idle, busy = (
        changed(TARGET_SET, {"metadata.name": name, "spec.targets": [WHOLE | {"usualReplicas": n}]})
        for name, n in (("idle", 0), ("busy", 6))
    )
    first, second = (
        changed(
            CAMPAIGN,
            {
                "metadata.name": f"with-{name}",
                "spec.load": FOURFOLD,
                "spec.targetSets": [{"name": name}],
            },
        )
        for name in ("idle", "busy")
    )
    assert reasons(linted(first, idle)) == ["MultiplierOfNothing"]
    assert not linted(first, second, idle, busy).findings


def test_shares_of_several_loads() -> None:
    """Every multiplier is looked at where it stands, with the targets of a target set, too."""
    first = CAMPAIGN["spec"]["airtimes"][0]
    final = first | {"name": "final", "load": FOURFOLD}
    warning = the_one(linted(changed(CAMPAIGN, {"spec.airtimes.1": final}), TARGET_SET))
    assert (warning.reason, warning.path) == ("ShareIgnored", "spec.airtimes[1].load.multiplier")
