"""Fields that the API server does not know, where the models do not see them.

A manifest's null is an absent field to the models, and a status is dropped; but kubectl asks the
API server to refuse every field that the CRD does not have, whatever is in it.
https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation
"""

from collections.abc import Iterator
from typing import Any, Final

from onair.documents import Document
from onair.lint.findings import Fault
from onair.model.campaigns import CampaignSpec
from onair.model.crd import structural
from onair.model.hints import meant
from onair.model.manifest import Manifest
from onair.model.metadata import Metadata
from onair.model.paths import path_of
from onair.model.reasons import INVALID_MANIFEST
from onair.model.status import CampaignStatus
from onair.model.targets import TargetSetSpec

PARTS: Final[dict[str, dict[str, type[Manifest]]]] = {
    "Campaign": {"spec": CampaignSpec, "status": CampaignStatus},
    "TargetSet": {"spec": TargetSetSpec},
}
"""What an object of each kind consists of, beside what all objects have."""

_ANY: Final[dict[str, Any]] = {"x-kubernetes-preserve-unknown-fields": True}
"""The schema of what the API server judges in its own way."""


def unknown(document: Document) -> Iterator[Fault]:
    """Yield the fields of an object of ours that its CRD does not have."""
    for part, model in PARTS[document.body["kind"]].items():
        said = document.body.get(part)
        if said and (part == "status" or _has_null(said)):
            yield from _unknown(structural(model), said, (part,))
    metadata = document.body.get("metadata")
    if _has_null(metadata):
        known = {str(field.alias): _ANY for field in Metadata.model_fields.values()}
        yield from _unknown({"properties": known}, metadata, ("metadata",))


def _unknown(schema: dict[str, Any], value: object, keys: tuple[str | int, ...]) -> Iterator[Fault]:
    if schema == _ANY:
        return
    if isinstance(value, dict):
        known = schema.get("properties", {})
        for name, item in value.items():
            path = (*keys, name)
            if name in known:
                yield from _unknown(known[name], item, path)
            else:
                message = f"is not a field that OnAir knows{meant(name, known)}"
                yield Fault(INVALID_MANIFEST, path_of(path), message)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _unknown(schema.get("items", {}), item, (*keys, number))


def _has_null(value: object) -> bool:
    if isinstance(value, dict | list):
        return any(map(_has_null, value.values() if isinstance(value, dict) else value))
    return value is None
