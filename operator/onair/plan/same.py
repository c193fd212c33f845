"""Keys of caches that are told apart by identity, where to compare takes longer than to work."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True, eq=False)
class Same(Generic[Kept]):
    """A key that equals another only if both hold the very same object, which it keeps alive."""

    value: Kept

    def __hash__(self) -> int:
        """Return the identity of the object."""
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        """Tell whether another key holds this object."""
        return isinstance(other, Same) and self.value is other.value
