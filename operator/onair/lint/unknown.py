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
from onair.model.manifest import Manifest
from onair.model.reasons import INVALID_MANIFEST
from onair.model.status import CampaignStatus
from onair.model.targets import TargetSetSpec

PARTS: Final[dict[str, dict[str, type[Manifest]]]] = {
    "Campaign": {"spec": CampaignSpec, "status": CampaignStatus},
    "TargetSet": {"spec": TargetSetSpec},
}
"""What an object of each kind consists of, beside what all objects have."""


def unknown(document: Document) -> Iterator[Fault]:
    """Yield the fields of an object of ours that its CRD does not have."""
    for part, model in PARTS[document.body["kind"]].items():
        said = document.body.get(part)
        if part == "status" or _has_null(said):
            for path in _unknown(structural(model), said, part):
                yield Fault(INVALID_MANIFEST, path, "is not a field that OnAir knows")


def _unknown(schema: dict[str, Any], value: object, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        known = schema.get("properties", {})
        for name, item in value.items():
            if name in known:
                yield from _unknown(known[name], item, f"{path}.{name}")
            else:
                yield f"{path}.{name}"
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _unknown(schema.get("items", {}), item, f"{path}[{number}]")


def _has_null(value: object) -> bool:
    if isinstance(value, dict | list):
        return any(map(_has_null, value.values() if isinstance(value, dict) else value))
    return value is None
