"""Names, labels and annotations are judged as the API server judges them."""

from typing import Any

import pytest

from onair.model.errors import InvalidManifest
from onair.model.parse import parse_campaign, parse_metadata
from tests.unit.model.manifests import CAMPAIGN, changed


@pytest.mark.parametrize(
    "metadata",
    [
        pytest.param({"name": "mol"}, id="a name"),
        pytest.param({"name": "mol.2027", "namespace": "tv"}, id="with a dot, and a namespace"),
        pytest.param({"name": "x" * 253}, id="the longest name"),
        pytest.param({"generateName": "mol-"}, id="the beginning of a name"),
        pytest.param({"name": "mol", "namespace": ""}, id="an empty namespace"),
        pytest.param({"name": "mol", "generateName": "m.-"}, id="a beginning that nobody needs"),
        pytest.param({"generateName": "x" * 253}, id="a long beginning"),
        pytest.param({"name": "mol", "labels": {"team": "tv", "a.b/c_D": ""}}, id="labels"),
        pytest.param({"name": "mol", "annotations": {"A.b/c": "é\n" * 9}}, id="annotations"),
        pytest.param(
            {"name": "mol", "labels": None, "uid": "x", "generation": 3}, id="the server's"
        ),
    ],
)
def test_taken(metadata: dict[str, Any]) -> None:
    """What the API server takes is taken."""
    assert parse_metadata({"metadata": metadata}).name == metadata.get("name")


@pytest.mark.parametrize(
    ("metadata", "path"),
    [
        pytest.param(None, "metadata", id="absent"),
        pytest.param("mol", "metadata", id="text"),
        pytest.param({}, "metadata.name", id="no name"),
        pytest.param({"name": ""}, "metadata.name", id="an empty name"),
        pytest.param({"name": "Mol"}, "metadata.name", id="capitals"),
        pytest.param({"name": "x" * 254}, "metadata.name", id="too long"),
        pytest.param({"name": "a..b"}, "metadata.name", id="two dots"),
        pytest.param({"name": "mol", "namespace": "a.b"}, "metadata.namespace", id="a namespace"),
        pytest.param({"generateName": "-"}, "metadata.generateName", id="a wrong beginning"),
        pytest.param({"generateName": "mol."}, "metadata.generateName", id="a dot at its end"),
        pytest.param({"generateName": "m.-"}, "metadata.generateName", id="a dot and a hyphen"),
        pytest.param({"generateName": "x" * 254}, "metadata.generateName", id="too long to begin"),
        pytest.param({"name": "mol", "title": "x"}, "metadata.title", id="an unknown field"),
        pytest.param({"name": "mol", "labels": {"a b": None}}, "metadata.labels", id="no value"),
        pytest.param({"name": "mol", "labels": {"a": 1}}, "metadata.labels.a", id="a number"),
        pytest.param({"name": "mol", "labels": {"A.b/c": ""}}, "metadata.labels", id="a prefix"),
        pytest.param({"name": "mol", "labels": {"x" * 64: ""}}, "metadata.labels", id="a long key"),
        pytest.param({"name": "mol", "labels": {"a": "b c"}}, "metadata.labels", id="a value"),
        pytest.param({"name": "mol", "labels": ["a"]}, "metadata.labels", id="a list of labels"),
        pytest.param(
            {"name": "mol", "annotations": {"a b": ""}}, "metadata.annotations", id="an annotation"
        ),
        pytest.param(
            {"name": "mol", "annotations": {"a": "é" * 131_072}}, "metadata.annotations", id="large"
        ),
    ],
)
def test_refused(metadata: object, path: str) -> None:
    """What the API server refuses is refused at its field."""
    with pytest.raises(InvalidManifest) as caught:
        parse_metadata({"metadata": metadata})
    (fault,) = caught.value.faults
    assert fault.startswith(f"{path}: ")


def test_faults_are_apart() -> None:
    """Every wrong field is a fault of its own, and one message says them all."""
    manifest = changed(CAMPAIGN, {"spec.load.shape": "Bang", "spec.airtimes.0.duration": "1:05"})
    with pytest.raises(InvalidManifest) as caught:
        parse_campaign(manifest)
    assert [fault.partition(": ")[0] for fault in caught.value.faults] == [
        "spec.airtimes[0].duration",
        "spec.load.shape",
    ]
    assert caught.value.message == "; ".join(caught.value.faults)


def test_wrong_items_do_not_make_a_list_short() -> None:
    """A list whose only item is wrong has that fault, and not that it is empty, too."""
    with pytest.raises(InvalidManifest) as caught:
        parse_campaign(changed(CAMPAIGN, {"spec.targetSets.0.name": "Mol"}))
    assert [fault.partition(": ")[0] for fault in caught.value.faults] == [
        "spec.targetSets[0].name"
    ]
    with pytest.raises(InvalidManifest, match=r"spec\.targetSets: must have at least 1 item"):
        parse_campaign(changed(CAMPAIGN, {"spec.targetSets": []}))
