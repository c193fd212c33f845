"""The metadata of a manifest, as far as people write them: bounds of the API server's own.

https://kubernetes.io/docs/concepts/overview/working-with-objects/ (names, labels, annotations); in
apimachinery 0.37.2 `pkg/api/validation/objectmeta.go` and `pkg/util/validation/validation.go`.
"""

import re
from typing import Annotated, Any, ClassVar, Final

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from onair.model.manifest import Manifest, Rule
from onair.model.texts import Name, ObjectName

_WORD: Final = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?"
_NAME: Final = "[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*"
_KEY: Final = re.compile(f"((?=.{{1,253}}/){_NAME}/)?{_WORD}")
_VALUE: Final = re.compile(f"({_WORD})?")
_ANNOTATIONS_SIZE: Final = 256 * 1024
"""Bytes of all annotations together."""
_LONGEST: Final = 253
"""Characters of a name."""
_GENERATED_FROM: Final = 58
"""Characters of generateName to which the API server appends five of its own."""
_BEGINNING: Final = (
    "must begin a name of lower-case letters, digits, hyphens and dots, such as mol-"
)


def _absent(value: object) -> object:
    """Read an empty name as the API server does: there is none."""
    return None if value == "" else value


def _beginning(text: str) -> str:
    """Refuse what the API server refuses as the beginning of a name; it forgives a last hyphen."""
    shown = f"{text[:-2]}a" if len(text) > 1 and text.endswith("-") else text
    if text and not (len(shown) <= _LONGEST and re.fullmatch(_NAME, shown)):
        raise PydanticCustomError("beginning", _BEGINNING)
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

    rules: ClassVar = (
        Rule(
            _BEGINNING,
            "",  # the API server has its own rule
            lambda metadata: metadata.name is not None or metadata.makes_a_name(),
            field="generateName",
        ),
    )

    name: Annotated[ObjectName | None, BeforeValidator(_absent)] = None
    """Required, unless generateName is there."""
    generate_name: Annotated[str, AfterValidator(_beginning)] | None = None
    """The beginning of a name that the API server makes up."""
    namespace: Annotated[Name | None, BeforeValidator(_absent)] = None
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

    def makes_a_name(self) -> bool:
        """Tell whether what the API server appends to generateName makes a name."""
        beginning = (self.generate_name or "")[:_GENERATED_FROM]
        return not beginning or re.fullmatch(_NAME, f"{beginning}x") is not None
