"""The one line for the people who announced a campaign."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any, get_args

import pytest

from onair.model import reasons
from onair.model.status import Phase
from onair.plan.status import build
from onair.plan.views import CampaignView
from tests.unit.plan.imagined import T0, minutes
from tests.unit.plan.test_status import INVALID, VIEW, view_of

NOUNS = re.compile(
    r"pod|container|deployment|statefulset|workload|replica|scal|hpa|node|namespace|cluster"
    r"|target|manifest|condition|resource|operator|crd|api|controller|ledger",
    re.IGNORECASE,
)
"""Words of Kubernetes, and of ours for engineers."""

DAYS = [
    pytest.param({}, id="planned"),
    pytest.param({"invalid": INVALID}, id="invalid"),
    pytest.param({"suspended": True}, id="suspended"),
    pytest.param({"upcoming": ()}, id="ended"),
    pytest.param({"upcoming": (), "later": True}, id="far"),
]
TARGETS: list[dict[str, Any]] = [
    {},
    {"due": 111, "ready": 61},
    {"due": 111, "ready": 111, "ceiling": 139},
    {"held": True},
    {"reason": reasons.LEDGER_DAMAGED},
    {"reason": reasons.TARGET_MISSING},
]
MINUTES = (0, 21, 26, 125, 140)


def views(changes: dict[str, Any]) -> Iterator[CampaignView]:
    """Yield the campaign on such a day, with every state of its target and of the operator."""
    for target, observing, unread in product(TARGETS, (False, True), ("", "pods: forbidden")):
        yield replace(view_of(**target), observing=observing, unread=unread, **changes)


@pytest.mark.parametrize("changes", DAYS)
def test_no_word_of_kubernetes(changes: dict[str, Any]) -> None:
    """A marketing manager understands every summary, whatever the state of the cluster."""
    for view, minute in product(views(changes), MINUTES):
        summary = build(view, {}, T0 + minutes(minute))["summary"]
        assert summary
        assert not NOUNS.search(summary), summary


def test_every_phase_is_among_them() -> None:
    """The campaigns above go through every phase that there is."""
    days: list[dict[str, Any]] = [each.values[0] for each in DAYS]  # type: ignore[misc]
    found = {
        build(view, {}, T0 + minutes(minute))["phase"]
        for changes in days
        for view, minute in product(views(changes), MINUTES)
    }
    assert found == {*get_args(Phase)} - {"Unknown"}


def test_counts_and_room() -> None:
    """On air and ready, the line says how many of how many, and how much room there is."""
    view = view_of(due=111, ready=120, ceiling=139)
    summary = build(view, {}, T0 + minutes(30))["summary"]
    assert summary == "Saturday 20:30: ready, 111 of 111, room for 139"


@pytest.mark.parametrize(
    ("reason", "want"),
    [
        pytest.param(
            reasons.USUAL_LOAD_UNKNOWN, "; the usual load is 0 or not known", id="no usual load"
        ),
        pytest.param(reasons.LIMITED_BY_OPERATOR, "", id="a limit"),
    ],
)
def test_a_multiple_of_nothing(reason: str, want: str) -> None:
    """Where a multiple of the usual load raises nothing the line says why, and of limits nothing.

    Of several targets one is enough.
    """
    (without,) = VIEW.targets
    view = replace(VIEW, targets=(without, replace(without, limited=(reason, "said elsewhere"))))
    assert build(view, {}, T0)["summary"] == f"Saturday 20:30: planned, peak 111{want}"


def test_peak_of_a_plan() -> None:
    """Before it begins, the line says when the next airing is and how high its peak."""
    assert build(VIEW, {}, T0)["summary"] == "Saturday 20:30: planned, peak 111"


@pytest.mark.parametrize(
    ("changes", "target", "minute", "want"),
    [
        pytest.param(
            {"invalid": INVALID}, {}, 0, "cannot be planned: a correction is needed", id="invalid"
        ),
        pytest.param({"suspended": True}, {}, 30, "suspended", id="suspended"),
        pytest.param(
            {"suspended": True, "observing": True}, {}, 30, "suspended", id="observed and suspended"
        ),
        pytest.param(
            {},
            {"reason": reasons.LEDGER_DAMAGED},
            0,
            "cannot be planned: a correction is needed",
            id="damaged before air",
        ),
        pytest.param({}, {}, 130, "ended, everything is back as it was", id="ended"),
        pytest.param(
            {"upcoming": (), "later": True}, {}, 0, "planned, more than a year ahead", id="far"
        ),
        pytest.param(
            {"upcoming": ()}, {"held": True}, 0, "over, being given back", id="still held"
        ),
        pytest.param({}, {}, 129, "Saturday 20:30: over, being given back", id="cooling down"),
        pytest.param({}, {}, 24, "Saturday 20:30: nothing is needed yet", id="warming up"),
        pytest.param({}, {}, 25, "Saturday 20:30: on air", id="on air, nothing due"),
        pytest.param(
            {},
            {"due": 111, "ready": 110},
            24,
            "Saturday 20:30: not ready yet, 110 of 111",
            id="one is missing",
        ),
        pytest.param(
            {},
            {"due": 111, "ready": 111},
            30,
            "Saturday 20:30: ready, 111 of 111, room for 111",
            id="no ceiling known",
        ),
        pytest.param(
            {},
            {"due": 111, "ready": 111, "ceiling": 90},
            30,
            "Saturday 20:30: ready, 111 of 111, room for 111",
            id="a ceiling below the floor",
        ),
        pytest.param(
            {"observing": True},
            {},
            24,
            "Saturday 20:30: nothing is needed yet; only observed",
            id="only observed",
        ),
        pytest.param(
            {"unread": "pods: forbidden"},
            {},
            0,
            "Saturday 20:30: planned, peak 111; cannot be seen at present",
            id="unseen",
        ),
    ],
)
def test_each_line(
    changes: dict[str, Any], target: dict[str, Any], minute: float, want: str
) -> None:
    """Every state has its words."""
    view = replace(view_of(**target), **changes)
    assert build(view, {}, T0 + minutes(minute))["summary"] == want


def test_room_of_several_targets() -> None:
    """Ready, due and room are those of all targets together."""
    (api,) = view_of(due=10, ready=30, ceiling=12).targets
    view = replace(VIEW, targets=(api, replace(api, name="web", due=5, ready=5, ceiling=7)))
    summary = build(view, {}, T0 + minutes(30))["summary"]
    assert summary == "Saturday 20:30: ready, 15 of 15, room for 19"
    view = replace(VIEW, targets=(api, replace(api, name="web", due=0, ceiling=None)))
    summary = build(view, {}, T0 + minutes(30))["summary"]
    assert summary == "Saturday 20:30: ready, 10 of 10, room for 12"


def test_the_line_is_of_the_next_airing() -> None:
    """What has cooled down is not spoken of any more."""
    (first,) = VIEW.upcoming
    later = replace(
        first,
        airing=replace(first.airing, start=T0 + minutes(24 * 60)),
        warm_up=T0 + minutes(24 * 60),
        demand=(T0 + minutes(24 * 60), T0 + minutes(25 * 60)),
        cooled=T0 + minutes(25 * 60),
        peak=7,
    )
    view = replace(VIEW, upcoming=(first, later))
    lines = [build(view, {}, T0 + minutes(m))["summary"] for m in (129, 130)]
    assert lines == ["Saturday 20:30: over, being given back", "Sunday 20:00: planned, peak 7"]
