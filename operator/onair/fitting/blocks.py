"""Step functions with few steps that are nowhere below one with many."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple


class Block(NamedTuple):
    """A level over [since, until), in seconds from the start or the end of an airing."""

    since: int
    until: int
    level: float


def merged(blocks: Sequence[Block], most: int) -> list[Block]:
    """Return at most so many blocks, each as high as the highest of those that it is made of.

    The blocks adjoin. One after the other, those two become one that together grow least; equal
    ones always do.
    """
    found = list(blocks)
    while len(found) > 1:
        grown = [_grown(one, other) for one, other in pairwise(found)]
        smallest = min(grown)
        if smallest and len(found) <= most:
            break
        least = grown.index(smallest)
        found[least : least + 2] = [_joined(found[least], found[least + 1])]
    return found


def _joined(one: Block, other: Block) -> Block:
    return Block(one.since, other.until, max(one.level, other.level))


def _grown(one: Block, other: Block) -> float:
    """Return the area that is added where two blocks become one."""
    lower = one if one.level < other.level else other
    return abs(one.level - other.level) * (lower.until - lower.since)
