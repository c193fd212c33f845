"""What changes over time, as rows: each begins with the second from which the rest of it holds."""

from collections.abc import Iterable
from typing import TypeVar

Row = TypeVar("Row", bound=tuple[object, ...])


def changes(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that say something else than the one before."""
    found: list[Row] = []
    for row in rows:
        if not found or row[1:] != found[-1][1:]:
            found.append(row)
    return found
