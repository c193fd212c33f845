"""The metadata of a manifest, as far as people write them: bounds of the API server's own.

https://kubernetes.io/docs/concepts/overview/working-with-objects/ (names, labels, annotations); in
apimachinery 0.37.2 `pkg/api/validation/objectmeta.go` and `pkg/util/validation/validation.go`.
"""

import re
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from onair.model.manifest import Manifest
from onair.model.texts import Name, ObjectName

_WORD: Final = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?"
_NAME: Final = "[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*"
_KEY: Final = re.compile(f"((?=.{{1,253}}/){_NAME}/)?{_WORD}")
_VALUE: Final = re.compile(f"({_WORD})?")
_ANNOTATIONS_SIZE: Final = 256 * 1024
"""Bytes of all annotations together."""
_GENERATED_FROM: Final = 58
"""Characters of generateName that are kept."""


def _beginning(text: str) -> str:
    """Refuse what is no name even with the letters and digits that the API server appends."""
    if not re.fullmatch(_NAME, text[:_GENERATED_FROM] + "x"):
        raise PydanticCustomError(
            "beginning", "must begin a name: lower-case letters, digits, hyphens and dots"
        )
    return text


def _keys(entries: dict[str, str]) -> dict[str, str]:
    for key in entries:
        if not _KEY.fullmatch(key):
            raise PydanticCustomError(
                "key",
                "has the key {key}, which must be at most 63 letters, digits, hyphens, dots and"
                " underscores, such as team, or example.com/team",
                {"key": repr(key)},
            )
    return entries


def _labels(entries: dict[str, str]) -> dict[str, str]:
    for key, value in _keys(entries).items():
        if not _VALUE.fullmatch(value):
            raise PydanticCustomError(
                "label",
                "has the value {value} at {key}, which must be at most 63 letters, digits, hyphens,"
                " dots and underscores",
                {"key": key, "value": repr(value)},
            )
    return entries


def _annotations(entries: dict[str, str]) -> dict[str, str]:
    size = sum(len(f"{key}{value}".encode()) for key, value in entries.items())
    if size > _ANNOTATIONS_SIZE:
        raise PydanticCustomError("size", "must have at most 256 KiB in all")
    # Capitals are allowed in the prefix of an annotation, unlike in that of a label.
    _keys({key.lower(): value for key, value in entries.items()})
    return entries


class Metadata(Manifest):
    """How an object is called, and what is noted on it; the rest is the API server's to judge."""

    name: ObjectName | None = None
    """Required, unless generateName is there."""
    generate_name: Annotated[str, AfterValidator(_beginning)] | None = None
    """The beginning of a name that the API server makes up."""
    namespace: Name | None = None
    """The namespace; that of the request if absent."""
    labels: Annotated[dict[str, str], AfterValidator(_labels)] = Field(default_factory=dict)
    annotations: Annotated[dict[str, str], AfterValidator(_annotations)] = Field(
        default_factory=dict
    )
    creation_timestamp: Any = None
    deletion_grace_period_seconds: Any = None
    deletion_timestamp: Any = None
    finalizers: Any = None
    generation: Any = None
    managed_fields: Any = None
    owner_references: Any = None
    resource_version: Any = None
    self_link: Any = None
    uid: Any = None
