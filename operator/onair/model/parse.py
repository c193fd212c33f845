"""From the body of an object, as the API server or a file has it, to its spec."""

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from onair.model import reasons
from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.model.manifest import Manifest
from onair.model.targets import TargetSetSpec

Spec = TypeVar("Spec", bound=Manifest)

# pydantic's own errors in plain words; all others already are.
_WORDS: Final[dict[str, str]] = {
    "bool_type": "must be true or false",
    "extra_forbidden": "is not a field that OnAir knows",
    "greater_than_equal": "must be at least {ge}",
    "int_type": "must be an integer",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be {expected}",
    "missing": "is required",
    "model_type": "must be a group of fields",
    "string_too_long": "must have at most {max_length} characters",
    "string_too_short": "must have at least {min_length} characters",
    "string_type": "must be text",
    "too_long": "must have at most {max_length} items",
    "too_short": "must have at least {min_length} items",
    "tuple_type": "must be a list",
}


def parse_campaign(body: Mapping[str, Any]) -> CampaignSpec:
    """Return the spec of a Campaign.

    Raises:
        InvalidManifest: with the reason of that name and every field that is wrong.
    """
    return _parse(CampaignSpec, body)


def parse_target_set(body: Mapping[str, Any]) -> TargetSetSpec:
    """Return the spec of a TargetSet.

    Raises:
        InvalidManifest: with the reason of that name and every field that is wrong.
    """
    return _parse(TargetSetSpec, body)


def _parse(kind: type[Spec], body: Mapping[str, Any]) -> Spec:
    if body.get("spec") is None:
        raise InvalidManifest(reasons.INVALID_MANIFEST, "spec: is required")
    try:
        # The names that fields have in Python are not for manifests.
        return kind.model_validate(_without_nulls(body["spec"]), by_alias=True, by_name=False)
    except ValidationError as error:
        message = "; ".join(_said(detail) for detail in error.errors(include_url=False))
        raise InvalidManifest(reasons.INVALID_MANIFEST, message) from error


def _without_nulls(value: object) -> object:
    """Return `value` as the API server stores it: a field that is null is absent."""
    if isinstance(value, Mapping):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    return value


def _said(error: ErrorDetails) -> str:
    """Return `spec.airtimes[0].duration: must be ...` for an error of pydantic."""
    context = error.get("ctx", {})
    place = [*error["loc"], *([context["field"]] if context.get("field") else [])]
    path = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in place)
    words = _WORDS.get(error["type"], "")
    return f"spec{path}: {words.format_map(context) if words else error['msg']}"
