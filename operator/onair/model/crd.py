"""From the models to CustomResourceDefinitions.

pydantic's JSON schema is not a structural schema, so that it is changed on the way: references
are inlined, "or null" becomes "optional", and defaults, titles and `additionalProperties` go,
because the API server prunes by itself and shall never rewrite a manifest. What this module does
not know it refuses, so that nothing unbounded slips into a CRD unseen.
https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/
"""

from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from onair.model.campaigns import CampaignSpec
from onair.model.manifest import Manifest
from onair.model.names import GROUP, VERSION
from onair.model.status import CampaignStatus
from onair.model.targets import TargetSetSpec

Json = dict[str, Any]

# References have been followed by then; the rest the API server does by itself.
_DROPPED: Final = {"$defs", "$ref", "additionalProperties", "title"}
_KEPT: Final = {
    "description",
    "enum",
    "format",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "required",
    "type",
    "x-kubernetes-int-or-string",
    "x-kubernetes-list-map-keys",
    "x-kubernetes-list-type",
    "x-kubernetes-validations",
}

_COLUMNS: Final = ("phase", "next", "peak", "ready")


class _Optional(GenerateJsonSchema):
    """pydantic's generator, without defaults and without "or null"."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave out the default."""
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Leave out null: an optional field is absent or has its type."""
        return self.generate_inner(schema["schema"])


def structural(model: type[Manifest]) -> Json:
    """Return the structural schema of `model`.

    Raises:
        ValueError: the JSON schema has a keyword that structural schemas do not have or that
            nobody has needed yet.
    """
    schema = model.model_json_schema(by_alias=True, schema_generator=_Optional)
    return _structural(schema, schema.get("$defs", {}))


def _structural(schema: Json, definitions: Json) -> Json:
    """Return `schema` with every reference replaced by what it names and no foreign keyword."""
    # What stands beside a reference, such as a field's own description, wins.
    name = schema.get("$ref", "").removeprefix("#/$defs/")
    result: Json = _structural(definitions[name], definitions) if name else {}
    for keyword, value in schema.items():
        if keyword == "properties":
            result[keyword] = {
                field: _structural(property_, definitions) for field, property_ in value.items()
            }
        elif keyword == "items":
            result[keyword] = _structural(value, definitions)
        elif keyword == "const":
            result["enum"] = [value]
        elif keyword in _KEPT:
            result[keyword] = value
        elif keyword not in _DROPPED:
            raise ValueError(f"no structural schema has {keyword!r}: {value!r}")
    return result


def _crd(kind: str, plural: str, short: str, version: Json) -> Json:
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{plural}.{GROUP}"},
        "spec": {
            "group": GROUP,
            "names": {
                "kind": kind,
                "listKind": f"{kind}List",
                "plural": plural,
                "singular": kind.lower(),
                "shortNames": [short],
            },
            "scope": "Namespaced",
            "versions": [{"name": VERSION, "served": True, "storage": True} | version],
        },
    }


def _schema(description: str, properties: Json) -> Json:
    """Return a version's schema; apiVersion, kind and metadata belong to every object."""
    return {
        "openAPIV3Schema": {
            "description": description,
            "type": "object",
            "required": ["spec"],
            "properties": {
                "apiVersion": {"type": "string"},
                "kind": {"type": "string"},
                "metadata": {"type": "object"},
            }
            | properties,
        }
    }


def campaign_crd() -> Json:
    """Return the CustomResourceDefinition of Campaign."""
    columns = [
        {"name": column.capitalize(), "type": "string", "jsonPath": f".status.{column}"}
        for column in _COLUMNS
    ]
    properties = {"spec": structural(CampaignSpec), "status": structural(CampaignStatus)}
    version = {
        "additionalPrinterColumns": columns,
        "subresources": {"status": {}},
        "schema": _schema("When something airs and how big the crowd will be.", properties),
    }
    return _crd("Campaign", "campaigns", "camp", version)


def target_set_crd() -> Json:
    """Return the CustomResourceDefinition of TargetSet."""
    version = {
        "schema": _schema(
            "Which workloads carry a campaign's load.", {"spec": structural(TargetSetSpec)}
        )
    }
    return _crd("TargetSet", "targetsets", "tset", version)
