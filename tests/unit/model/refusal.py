"""How a refusal is written down: once, for our parser and for the real API server."""

from dataclasses import dataclass, field
from typing import Any, Final

from tests.unit.model.manifests import ABSENT, changed


@dataclass(frozen=True)
class Refusal:
    """A change that makes a manifest invalid.

    Attributes:
        name: the case as a sentence.
        base: the valid manifest.
        changes: what is changed in it.
        path: the field that the message has to begin with.
        want: the message of ours.
        want_server: the API server's where it has words of its own.
    """

    name: str
    base: dict[str, Any]
    changes: dict[str, Any]
    path: str
    want: str
    want_server: str = field(default="")

    @property
    def manifest(self) -> dict[str, Any]:
        """The invalid manifest."""
        return changed(self.base, self.changes)


NUMBER: Final = (
    'must be a number from {} to {}, such as 5000, 5k or "2.2"'
    " (k, M and G: thousand, million, billion; 680m would mean 0.68)"
)
DURATION: Final = "must be a duration from {} to {}, such as 90s, 10m or 1h5m"
PERCENTAGE: Final = "must be a percentage from {} to {}, such as 12.5%"
NAME: Final = "must be a short name of lower-case letters, digits and hyphens"
OBJECT_NAME: Final = (
    "must be the name of a Kubernetes object: lower-case letters, digits, hyphens and dots"
)


def wrong(
    base: dict[str, Any], path: str, values: dict[str, Any], want: str, want_server: str = ""
) -> list[Refusal]:
    """Return a case for each of the wrong `values` of one field."""
    place = "".join(f"[{key}]" if key.isdigit() else f".{key}" for key in path.split("."))[1:]
    return [
        Refusal(f"{path} {name}", base, {path: value}, place, want, want_server)
        for name, value in values.items()
    ]


def required(base: dict[str, Any], path: str) -> list[Refusal]:
    """Return the case that a field is absent."""
    return wrong(base, path, {"absent": ABSENT}, "is required", "Required value")


def typed(base: dict[str, Any], path: str, value: object, want: str, kind: str) -> list[Refusal]:
    """Return the case that a field has a value of the wrong JSON type."""
    return wrong(base, path, {f"of type {kind}": value}, want, "must be of type")
