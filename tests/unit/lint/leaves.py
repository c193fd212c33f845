"""Every field of both CRDs, as the API server will know it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

_CRDS: Final = Path(__file__).parents[3] / "crds"


@dataclass(frozen=True)
class Leaf:
    """A field of a kind; its path has `[]` for any item of a list.

    Groups of fields and lists are leaves, too: they can be empty or of another type.
    """

    kind: str
    path: str
    schema: dict[str, Any]

    def __str__(self) -> str:
        """Return what a test of it is called."""
        return f"{self.kind} {self.path}"


def leaves() -> list[Leaf]:
    """Return every field of both kinds, in the order of their CRDs."""
    return [leaf for file in sorted(_CRDS.glob("*.yaml")) for leaf in _of_crd(file)]


def _of_crd(file: Path) -> Iterator[Leaf]:
    crd = yaml.safe_load(file.read_text(encoding="utf-8"))
    (version,) = crd["spec"]["versions"]
    properties = version["schema"]["openAPIV3Schema"]["properties"]
    for name, schema in properties.items():
        yield from _below(crd["spec"]["names"]["kind"], name, schema)


def _below(kind: str, path: str, schema: dict[str, Any]) -> Iterator[Leaf]:
    yield Leaf(kind, path, schema)
    for name, property_ in schema.get("properties", {}).items():
        yield from _below(kind, f"{path}.{name}", property_)
    if "items" in schema:
        yield from _below(kind, f"{path}[]", schema["items"])
