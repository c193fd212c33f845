"""Errors are what the API server or the operator would refuse, each at its place."""

from typing import Any

import pytest

from onair.documents import read
from onair.documents.writing import write
from onair.lint import Finding, lint
from onair.model.errors import InvalidManifest
from onair.model.parse import parse_target_set
from tests.unit.lint.examples import (
    CAMPAIGN,
    INLINE,
    NOW,
    TARGET_SET,
    Seen,
    changed,
    linted,
    reasons,
    the_one,
)
from tests.unit.model.manifests import ABSENT

DEPLOYMENT = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: mol-api}\nspec: [1]\n"


def test_the_example_is_clean() -> None:
    """A campaign and its target set, in whatever files, have neither errors nor warnings."""
    assert not linted(CAMPAIGN, TARGET_SET).findings
    assert not linted(TARGET_SET, CAMPAIGN).findings
    assert not linted(INLINE).findings


def test_every_fault_has_its_place() -> None:
    """All faults of a manifest are found at once, each with file, line, column and field."""
    text = (
        "apiVersion: onair.dev/v1alpha1\n"
        "kind: TargetSet\n"
        "metadata: {name: Mol}\n"
        "spec:\n"
        "  targets:\n"
        "  - name: api\n"
        "    scaleTargetRef: {name: mol-api, kind: Pod}\n"
        "    perReplica: 680m\n"
    )
    found = linted(DEPLOYMENT, text)
    places = [(each.file, each.line, each.column, each.path) for each in found.findings]
    assert places == [
        ("1.yaml", 3, 12, "metadata.name"),
        ("1.yaml", 6, 5, "spec.targets[0].maxReplicas"),
        ("1.yaml", 7, 37, "spec.targets[0].scaleTargetRef.kind"),
        ("1.yaml", 8, 5, "spec.targets[0].perReplica"),
    ]
    assert found.errors == 4
    assert found.skipped == 1


@pytest.mark.parametrize(
    ("changes", "path", "reason"),
    [
        pytest.param({"apiVersion": ABSENT}, "apiVersion", "InvalidManifest", id="no version"),
        pytest.param({"kind": ABSENT}, "kind", "InvalidManifest", id="no kind"),
        pytest.param({"kind": ["Campaign"]}, "kind", "InvalidManifest", id="a kind that is a list"),
        pytest.param(
            {"apiVersion": "onair.dev/v2"}, "apiVersion", "InvalidManifest", id="another version"
        ),
        pytest.param({"kind": "Airing"}, "kind", "InvalidManifest", id="another kind"),
        pytest.param({"specs": {}}, "specs", "InvalidManifest", id="an unknown part"),
        pytest.param({"spec": ABSENT}, "spec", "InvalidManifest", id="no spec"),
        pytest.param({"metadata": ABSENT}, "metadata", "InvalidManifest", id="no metadata"),
        pytest.param(
            {"metadata": {"namespace": "tv"}}, "metadata.name", "InvalidManifest", id="no name"
        ),
        pytest.param(
            {"metadata.labels": {"a b": "c"}}, "metadata.labels", "InvalidManifest", id="a label"
        ),
        pytest.param(
            {"metadata.title": "Mol"}, "metadata.title", "InvalidManifest", id="unknown metadata"
        ),
        pytest.param(
            {"status": {"phases": "Ended"}}, "status.phases", "InvalidManifest", id="in a status"
        ),
        pytest.param(
            {"spec.load.size": None}, "spec.load.size", "InvalidManifest", id="unknown and null"
        ),
        pytest.param(
            {"spec.timeZone": "Europe/Hilversum"}, "spec.timeZone", "UnknownTimeZone", id="a zone"
        ),
        pytest.param(
            {"spec.airtimes.0.repeat": "FREQ=WEEKLY;BYDAY=SU"},
            "spec.airtimes[0].repeat",
            "StartOutsideRule",
            id="a start outside its rule",
        ),
        pytest.param(
            {"spec.airtimes.0.repeat": "FREQ=WEEKLY;UNTIL=20200101"},
            "spec.airtimes[0].repeat",
            "RuleNeverOccurs",
            id="a rule that never occurs",
        ),
        pytest.param(
            {"spec.airtimes.0.repeat": "FREQ=DAILY", "spec.airtimes.0.duration": "25h"},
            "spec.airtimes[0].duration",
            "AirtimeOverlapsItself",
            id="an airtime that overlaps itself",
        ),
    ],
)
def test_errors(changes: dict[str, Any], path: str, reason: str) -> None:
    """What the API server or the operator would refuse is an error at its field."""
    found = linted(changed(CAMPAIGN, changes), TARGET_SET)
    (error,) = (each for each in found.findings if each.severity == "error")
    assert (error.path, error.reason) == (path, reason)


def test_unreadable_text() -> None:
    """A document that is no YAML is an error and hides no other."""
    text = "a: b: c\n---\napiVersion: onair.dev/v1alpha1\nkind: Airing\n"
    assert reasons(linted(text)) == ["InvalidManifest", "Unreadable"]


def test_a_target_that_nobody_sized() -> None:
    """A target set that does not say what a replica serves is an error of the campaign."""
    unsized = changed(
        TARGET_SET,
        {
            "spec.targets.0": {
                "name": "api",
                "scaleTargetRef": {"name": "mol-api"},
                "maxReplicas": 9,
                "usualReplicas": 3,
            }
        },
    )
    error = the_one(linted(CAMPAIGN, unsized))
    assert (error.severity, error.path, error.reason) == (
        "error",
        "spec.targetSets[0]",
        "PerReplicaMissing",
    )
    assert reasons(linted(changed(CAMPAIGN, {"spec.suspend": True}), unsized)) == [
        "PerReplicaMissing"
    ]


def test_all_target_sets_are_looked_at() -> None:
    """Every target set that is missing, and every target that cannot carry the load, is named."""
    bare = {"maxReplicas": 9, "usualReplicas": 3}
    unsized = changed(
        TARGET_SET,
        {
            "spec.targets": [
                bare | {"name": name, "scaleTargetRef": {"name": name}} for name in ("api", "media")
            ]
        },
    )
    sets = [{"name": "none"}, {"name": "mol"}, {"name": "nothing"}]
    found = linted(changed(CAMPAIGN, {"spec.targetSets": sets}), unsized, elsewhere=Seen())
    assert [each.path for each in found.findings] == [
        "spec.targetSets[0].name",
        "spec.targetSets[1]",
        "spec.targetSets[1]",
        "spec.targetSets[2].name",
    ]
    assert ["'api'" in each.message for each in found.findings] == [False, True, False, False]


@pytest.mark.parametrize(
    ("campaign", "path"),
    [
        pytest.param(CAMPAIGN, "spec.targetSets", id="through a target set"),
        pytest.param(INLINE, "spec.targets[0].scaleTargetRef", id="of its own"),
    ],
)
def test_workloads_that_cannot_be_steered(campaign: dict[str, Any], path: str) -> None:
    """What the operator would refuse about a workload is an error of whoever aims at it."""
    obstacles = {"mol-api": ("AtZero", "it is at zero replicas, its owner's off switch")}
    seen = Seen({"mol": parse_target_set(TARGET_SET)}, obstacles=obstacles)
    error = the_one(linted(campaign, elsewhere=seen))
    assert (error.severity, error.path, error.reason) == ("error", path, "AtZero")
    assert "Deployment default/mol-api in the cluster: it is at zero replicas" in error.message


def test_a_multiple_through_two_target_sets() -> None:
    """A multiplier that would count twice is an error of the campaign."""
    sets = [{"name": "mol"}, {"name": "other"}]
    load = {"shape": "Flat", "multiplier": "4"}
    campaign = changed(CAMPAIGN, {"spec.targetSets": sets, "spec.load": load})
    error = the_one(linted(campaign, TARGET_SET, changed(TARGET_SET, {"metadata.name": "other"})))
    assert (error.severity, error.path, error.reason) == (
        "error",
        "spec.targetSets",
        "MultipliedTwice",
    )


@pytest.mark.parametrize(
    ("of_campaign", "of_target_set", "want"),
    [
        pytest.param({}, {}, [], id="both in the namespace of the request"),
        pytest.param({"namespace": "default"}, {}, [], id="one says the default"),
        pytest.param({"namespace": "tv"}, {"namespace": "tv"}, [], id="both in tv"),
        pytest.param(
            {"namespace": "tv"}, {"namespace": "radio"}, ["TargetSetNotSeen"], id="in two of them"
        ),
        pytest.param({"namespace": "tv"}, {}, ["TargetSetNotSeen"], id="one in tv"),
    ],
)
def test_namespaces(
    of_campaign: dict[str, str], of_target_set: dict[str, str], want: list[str]
) -> None:
    """A campaign finds the target sets of its own namespace."""
    campaign = changed(CAMPAIGN, {"metadata": {"name": "mol"} | of_campaign})
    target_set = changed(TARGET_SET, {"metadata": {"name": "mol"} | of_target_set})
    assert reasons(linted(campaign, target_set)) == want


def test_target_sets_of_a_cluster() -> None:
    """What is not in the files may be in the cluster; what is in neither is an error."""
    spec = parse_target_set(TARGET_SET)
    assert not linted(CAMPAIGN, elsewhere=Seen({"mol": spec})).findings
    error = the_one(linted(CAMPAIGN, elsewhere=Seen()))
    assert (error.severity, error.path, error.reason) == (
        "error",
        "spec.targetSets[0].name",
        "TargetSetMissing",
    )
    right = "there is no TargetSet default/mol in these files or in the cluster; apply it first"
    assert error.message == right


def test_broken_target_set() -> None:
    """A campaign is not blamed for what is wrong with its target set."""
    broken = changed(TARGET_SET, {"spec.targets.0.maxReplicas": 0})
    found = linted(CAMPAIGN, broken)
    assert {each.file for each in found.findings if each.severity == "error"} == {"1.yaml"}
    assert "TargetSetNotSeen" not in reasons(found)
    wrong = InvalidManifest("InvalidManifest", "spec: is required")
    error = the_one(linted(CAMPAIGN, elsewhere=Seen({"mol": wrong})))
    assert (error.path, error.reason) == ("spec.targetSets[0].name", "InvalidManifest")
    assert "in the cluster: spec: is required" in error.message


def test_order() -> None:
    """Findings stand in the order of the files and of their places, and none stands twice."""
    wrong = changed(CAMPAIGN, {"spec.load.shape": "Bang", "metadata.name": "Mol"})
    files = [read(write([wrong, wrong]), "b.yaml"), read(write([wrong]), "a.yaml")]
    found = lint(files, NOW).findings
    places = [(each.file, each.line, each.column) for each in found]
    assert places == sorted(places, key=lambda place: ("ba".index(place[0][0]), place))
    assert len(found) == len(set(found)) == 8


def test_other_kinds_are_left_alone() -> None:
    """Objects that are not OnAir's are counted and not judged."""
    found = linted(DEPLOYMENT, CAMPAIGN, TARGET_SET)
    assert not found.findings
    assert found.skipped == 1


@pytest.mark.parametrize(
    ("finding", "want"),
    [
        pytest.param(
            Finding("error", "a.yaml", 3, 5, "spec.load", "InvalidManifest", "is required"),
            "a.yaml:3:5: error: spec.load: is required",
            id="of a field",
        ),
        pytest.param(
            Finding("warning", "a.yaml", 3, 5, "", "DuplicateKey", "twice"),
            "a.yaml:3:5: warning: twice",
            id="of a text",
        ),
        pytest.param(
            Finding("error", "a.yaml", 3, 5, "a\n\x1b[31m", "InvalidManifest", "é\tb"),
            "a.yaml:3:5: error: a\ufffd\ufffd[31m: é\ufffdb",
            id="with what a terminal would obey",
        ),
        pytest.param(
            Finding("error", "a.yaml", 3, 5, "x" * 2000, "InvalidManifest", "is unknown"),
            ("a.yaml:3:5: error: " + "x" * 1000)[:1000] + "...",
            id="too long",
        ),
    ],
)
def test_lines(finding: Finding, want: str) -> None:
    """A finding is one line that a terminal and an editor can take."""
    assert str(finding) == want
