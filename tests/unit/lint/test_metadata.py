"""What is wrong in the metadata of an object hides neither its name nor its namespace."""

from typing import Any

import pytest

from tests.unit.lint.examples import CAMPAIGN, TARGET_SET, Seen, changed, linted, the_one

LABELS = {"labels": {"app": 5}}


@pytest.mark.parametrize(
    ("of_campaign", "of_target_set"),
    [
        pytest.param(LABELS, {}, id="of a campaign"),
        pytest.param({}, LABELS, id="of a TargetSet"),
    ],
)
def test_a_fault_beside_the_name(
    of_campaign: dict[str, Any], of_target_set: dict[str, Any]
) -> None:
    """A campaign finds its TargetSet whatever else is wrong in the metadata of either."""
    named = {"name": "mol", "namespace": "tv"}
    campaign = changed(CAMPAIGN, {"metadata": named | of_campaign})
    target_set = changed(TARGET_SET, {"metadata": named | of_target_set})
    assert the_one(linted(campaign, target_set)).path == "metadata.labels.app"


def test_a_namespace_that_is_no_text() -> None:
    """The object is then in that of the request, where its TargetSet is."""
    campaign = changed(CAMPAIGN, {"metadata": {"name": "mol", "namespace": 5}})
    assert the_one(linted(campaign, TARGET_SET)).path == "metadata.namespace"


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        pytest.param("name: on", "metadata.name", "; without quotes it is true", id="a name"),
        pytest.param(
            "name: a, labels: {on-air: no}",
            "metadata.labels.on-air",
            "must be text; without quotes it is false: put text in quotes",
            id="a label",
        ),
        pytest.param("name: [on]", "metadata.name", "hyphens and dots", id="not of lists"),
        pytest.param("name: 5", "metadata.name", "hyphens and dots", id="not of numbers"),
    ],
)
def test_words_that_are_no_text(change: str, path: str, words: str) -> None:
    """Of a word that YAML reads as true or false that is said, since nobody sees it."""
    text = f"apiVersion: onair.dev/v1alpha1\nkind: TargetSet\nmetadata: {{{change}}}\nspec: {{}}\n"
    error = linted(text, elsewhere=Seen()).findings[0]
    assert error.path == path
    assert words in error.message
    assert ("without quotes" in error.message) == ("without quotes" in words)
