"""What all parts of a manifest have in common: how they are read and how their rules are said.

A rule stands once, in Python and in CEL side by side, so that the API server at apply time and
everything of ours afterwards refuse the same manifests with the same words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

JSON_INT_OR_STRING = {"x-kubernetes-int-or-string": True}
JSON_STRING = {"type": "string"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule between the fields of one model.

    Attributes:
        message: what is asked for, in plain words.
        cel: the rule for the API server; `self` is the model.
        holds: the same rule for Python.
        field: the field, as manifests spell it, to which the message belongs.
    """

    message: str
    cel: str
    holds: Callable[[Any], bool]
    field: str | None = None

    def validation(self) -> dict[str, str]:
        """Return the rule as an item of `x-kubernetes-validations`."""
        place = {"fieldPath": f".{self.field}"} if self.field else {}
        return {"rule": self.cel, "message": self.message} | place


@dataclass(frozen=True, slots=True)
class Scalar:
    """An annotation for a value that manifests write as text (or also as an integer).

    Attributes:
        kind: the type of the value.
        parse: from text to the value; raises ValueError for a wrong spelling.
        allowed: whether a value lies within the bounds.
        cel: spelling and bounds for the API server; `self` is the text.
        message: spelling and bounds in plain words.
        max_length: of the text.
        integers: whether manifests may write an integer without quotes.
    """

    kind: type
    parse: Callable[[str], Any]
    allowed: Callable[[Any], bool]
    cel: str
    message: str
    max_length: int
    integers: bool = False

    def read(self, value: object) -> object:
        """Return the value that a manifest writes as `value`, or that `value` already is.

        Raises:
            PydanticCustomError: the value is none of these.
        """
        if isinstance(value, str):
            value = self._parse(value)
        elif self.integers and isinstance(value, int) and not isinstance(value, bool):
            value = self._parse(str(value))
        if not isinstance(value, self.kind):
            expected = "an integer or text in quotes" if self.integers else "text"
            raise PydanticCustomError(
                "kind", self.message.replace("must be ", f"must be {expected}: ", 1)
            )
        if not self.allowed(value):
            raise PydanticCustomError("scalar", self.message)
        return value

    def _parse(self, text: str) -> object:
        if len(text) > self.max_length:
            raise PydanticCustomError(
                "length", "must have at most {limit} characters", {"limit": self.max_length}
            )
        try:
            return self.parse(text)
        except ValueError:
            raise PydanticCustomError("scalar", self.message) from None

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        """Tell pydantic how the value is validated."""
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Tell pydantic what the API server checks."""
        return {
            **(JSON_INT_OR_STRING if self.integers else JSON_STRING),
            "maxLength": self.max_length,
            "x-kubernetes-validations": [{"rule": self.cel, "message": self.message}],
        }


_SAID: dict[frozenset[str], set[str]] = {}
"""The sets of fields that manifests say, each once: one for every part of ten thousand campaigns
would be most of what these take."""


class Manifest(BaseModel):
    """A part of a manifest: immutable, in camelCase, without unknown fields, obeying its rules."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        arbitrary_types_allowed=True,
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        use_attribute_docstrings=True,
    )

    rules: ClassVar[tuple[Rule, ...]] = ()

    @model_validator(mode="after")
    def _obey(self) -> Self:
        for rule in self.rules:
            if not rule.holds(self):
                raise PydanticCustomError("rule", rule.message, {"field": rule.field})
        said = self.model_fields_set
        object.__setattr__(self, "__pydantic_fields_set__", _SAID.setdefault(frozenset(said), said))
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Put the rules beside the fields."""
        schema = handler.resolve_ref_schema(handler(core))
        if cls.rules:
            schema["x-kubernetes-validations"] = [rule.validation() for rule in cls.rules]
        return schema


@lru_cache(maxsize=1024)
def _once(part: Manifest) -> Manifest:
    return part


ONCE = AfterValidator(_once)
"""For parts that many manifests say alike: equal ones are one object, and take its memory once."""
