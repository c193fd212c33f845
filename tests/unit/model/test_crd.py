"""The generated CRDs are structural, bounded, and say all that the models say."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import Field

from onair.model.crd import campaign_crd, structural, target_set_crd
from onair.model.manifest import Manifest, Rule
from tests.unit.model.refusals import REFUSALS

CRDS = [pytest.param(campaign_crd(), id="Campaign"), pytest.param(target_set_crd(), id="TargetSet")]


def schema_of(crd: dict[str, Any]) -> dict[str, Any]:
    """Return the schemas of spec and status."""
    (version,) = crd["spec"]["versions"]
    properties: dict[str, Any] = version["schema"]["openAPIV3Schema"]["properties"]
    return {part: properties[part] for part in ("spec", "status") if part in properties}


def nodes(schema: dict[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every schema below `schema` with its path."""
    yield path, schema
    for name, child in schema.get("properties", {}).items():
        yield from nodes(child, f"{path}.{name}")
    if "items" in schema:
        yield from nodes(schema["items"], f"{path}[]")


def all_nodes(crd: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return every schema of spec and status with its path."""
    return [pair for part, schema in schema_of(crd).items() for pair in nodes(schema, part)]


@pytest.mark.parametrize("crd", CRDS)
def test_everything_is_bounded(crd: dict[str, Any]) -> None:
    """Every text has a maxLength or an enumeration, every list a maxItems, every number bounds."""
    bounds = {"string": {"maxLength", "enum"}, "array": {"maxItems"}, "integer": {"minimum"}}
    for path, schema in all_nodes(crd):
        kind = "string" if "x-kubernetes-int-or-string" in schema else schema["type"]
        assert kind in {"object", "boolean"} or bounds[kind] & schema.keys(), path
    for path, schema in all_nodes(crd):
        if path.startswith("spec") and schema.get("type") == "integer":
            assert "maximum" in schema, path


@pytest.mark.parametrize("crd", CRDS)
def test_the_server_never_rewrites(crd: dict[str, Any]) -> None:
    """No schema has a default, a null or a reference."""
    for path, schema in all_nodes(crd):
        assert not {"default", "nullable", "anyOf", "$ref"} & schema.keys(), path


@pytest.mark.parametrize("crd", CRDS)
def test_lists_are_short_enough_for_rules(crd: dict[str, Any]) -> None:
    """Lists in a spec have at most 100 items: the API server counts what its rules may cost."""
    for path, schema in all_nodes(crd):
        if path.startswith("spec"):
            assert schema.get("maxItems", 0) <= 100, path


def test_every_rule_is_tried() -> None:
    """Each message that the API server may give stands in the table of refusals."""
    wanted = {refusal.want for refusal in REFUSALS}
    rules = {
        rule["message"]
        for crd in (campaign_crd(), target_set_crd())
        for _, schema in all_nodes(crd)
        for rule in schema.get("x-kubernetes-validations", [])
    }
    assert rules <= wanted


def test_every_field_is_tried() -> None:
    """Each field of a campaign's spec that holds a value stands in the table of refusals."""
    tried = {re.sub(r"\[\d+\]", "[]", refusal.path) for refusal in REFUSALS}
    leaves = {
        path
        for path, schema in all_nodes(campaign_crd())
        if path.startswith("spec") and schema.get("type") != "object"
    }
    assert leaves <= tried


def test_columns_and_names() -> None:
    """`kubectl get camp` shows phase, next airing, peak and readiness."""
    spec = campaign_crd()["spec"]
    assert [column["name"] for column in spec["versions"][0]["additionalPrinterColumns"]] == [
        "Phase",
        "Next",
        "Peak",
        "Ready",
    ]
    assert {column["type"] for column in spec["versions"][0]["additionalPrinterColumns"]} == {
        "string"
    }
    assert spec["names"]["shortNames"] == ["camp"]
    assert target_set_crd()["spec"]["names"]["shortNames"] == ["tset"]


class Inner(Manifest):
    """An inner part."""

    size: int | None = None


class Outer(Manifest):
    """An outer part."""

    rules = (Rule("say it", "has(self.firstPart)", lambda _: True, field="firstPart"),)

    first_part: Inner = Inner()
    """Described here."""


class Unbounded(Manifest):
    """A part with a keyword that structural schemas have not."""

    even: int = Field(multiple_of=2)


def test_structural() -> None:
    """References are inlined, null and defaults go, descriptions and rules stay."""
    assert structural(Outer) == {
        "description": "An outer part.",
        "type": "object",
        "properties": {
            "firstPart": {
                "description": "Described here.",
                "type": "object",
                "properties": {"size": {"type": "integer"}},
            }
        },
        "x-kubernetes-validations": [
            {"rule": "has(self.firstPart)", "message": "say it", "fieldPath": ".firstPart"}
        ],
    }


def test_unknown_keyword() -> None:
    """A keyword that nobody has needed yet is refused, not passed on or dropped."""
    with pytest.raises(ValueError, match="multipleOf"):
        structural(Unbounded)
