"""Lists whose items have a name, as the API server keeps them apart."""

from collections.abc import Sequence
from typing import Any, Final

from pydantic_core import PydanticCustomError

KEYED: Final[dict[str, Any]] = {
    "x-kubernetes-list-type": "map",
    "x-kubernetes-list-map-keys": ["name"],
}


def unique(items: Sequence[Any]) -> Sequence[Any]:
    """Refuse two items of one name, as the API server does for a keyed list."""
    seen = set()
    for item in items:
        if item.name in seen:
            raise PydanticCustomError("twice", 'has the name "{name}" twice', {"name": item.name})
        seen.add(item.name)
    return items
