"""Values by number, so that a state is one whole number and a set of states is small."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

Value = TypeVar("Value", bound="Hashable")

BITS: Final = 24
"""More values of a kind than memory holds states."""

MASK: Final = (1 << BITS) - 1


class Numbers(Generic[Value]):
    """Values in the order in which they were first seen, each once."""

    def __init__(self) -> None:
        self.values: list[Value] = []
        self._numbers: dict[Value, int] = {}

    def of(self, value: Value) -> int:
        """Return the number of a value."""
        number = self._numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number


class Node(NamedTuple):
    """A state of one target by numbers: what is shared, the target, what is left of the budget."""

    shared: int
    local: int
    budget: int

    @property
    def pair(self) -> int:
        """The state, whatever is left of the budget."""
        return self.shared << BITS | self.local
