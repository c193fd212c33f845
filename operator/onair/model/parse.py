"""From the body of an object, as the API server or a file has it, to its parts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from onair.model import reasons
from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.model.hints import fields_at, meant
from onair.model.manifest import Manifest
from onair.model.metadata import Metadata
from onair.model.paths import path_of
from onair.model.targets import TargetSetSpec

Part = TypeVar("Part", bound=Manifest)

# pydantic's own errors in plain words; all others already are.
_WORDS: Final[dict[str, str]] = {
    "bool_type": "must be true or false",
    "dict_type": "must be a group of fields",
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
    "too_long": "must have at most {max_length} item{s}",
    "too_short": "must have at least {min_length} item{s}",
    "tuple_type": "must be a list",
}


_NOTES: Final = ("labels", "annotations")


def parse_campaign(body: Mapping[str, Any]) -> CampaignSpec:
    """Return the spec of a Campaign.

    Raises:
        InvalidManifest: with the reason of that name and every field that is wrong.
    """
    return parse_part(CampaignSpec, body, "spec")


def parse_target_set(body: Mapping[str, Any]) -> TargetSetSpec:
    """Return the spec of a TargetSet.

    Raises:
        InvalidManifest: with the reason of that name and every field that is wrong.
    """
    return parse_part(TargetSetSpec, body, "spec")


def parse_metadata(body: Mapping[str, Any]) -> Metadata:
    """Return the metadata of an object.

    Raises:
        InvalidManifest: with the reason of that name and every field that is wrong.
    """
    said = body.get("metadata")
    if isinstance(said, Mapping):
        said = {key: _noted(value) if key in _NOTES else value for key, value in said.items()}
    metadata = parse_part(Metadata, {"metadata": said}, "metadata")
    if metadata.name is None and not metadata.generate_name:
        raise InvalidManifest(reasons.INVALID_MANIFEST, "metadata.name: is required")
    return metadata


def _noted(entries: object) -> object:
    """Return labels or annotations as the API server reads them: null is an empty text."""
    if not isinstance(entries, Mapping):
        return entries
    return {key: "" if value is None else value for key, value in entries.items()}


def parse_part(kind: type[Part], body: Mapping[str, Any], part: str) -> Part:
    """Return a part of an object's body, read as `kind`.

    Raises:
        InvalidManifest: with the reason of that name and every field that is wrong.
    """
    if body.get(part) is None:
        raise InvalidManifest(reasons.INVALID_MANIFEST, f"{part}: is required")
    try:
        # The names that fields have in Python are not for manifests.
        return kind.model_validate(_without_nulls(body[part]), by_alias=True, by_name=False)
    except ValidationError as error:
        faults = [_said(detail, kind, part) for detail in _own(error.errors(include_url=False))]
        raise InvalidManifest(reasons.INVALID_MANIFEST, *faults) from error


def _own(errors: Sequence[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Yield the errors but those of lists that are short only because of errors in their items."""
    places = {error["loc"][:depth] for error in errors for depth in range(len(error["loc"]))}
    for error in errors:
        if error["type"] != "too_short" or error["loc"] not in places:
            yield error


def _without_nulls(value: object) -> object:
    """Return `value` as the API server stores it: a field that is null is absent."""
    if isinstance(value, Mapping):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    return value


def _said(error: ErrorDetails, kind: type[Manifest], part: str) -> str:
    """Return `spec.airtimes[0].duration: must be ...` for an error of pydantic."""
    context = error.get("ctx", {})
    place = [*error["loc"], *([context["field"]] if context.get("field") else [])]
    template = _WORDS.get(error["type"], "")
    one = 1 in (context.get("min_length"), context.get("max_length"))
    words = template.format_map({**context, "s": "" if one else "s"}) if template else error["msg"]
    if error["type"] == "extra_forbidden":
        *above, name = place
        words += meant(str(name), fields_at(kind, above))
    return f"{path_of([part, *place])}: {words}"
