"""Step functions with few steps."""

from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from onair.fitting.blocks import Block, merged

LEVELS = st.lists(st.floats(0, 1), min_size=1, max_size=40)
LENGTHS = st.integers(1, 9)


def blocks(levels: list[float], lengths: list[int]) -> list[Block]:
    """Return adjoining blocks."""
    edges = accumulate(lengths[: len(levels)], initial=0)
    return [Block(*edge, level) for edge, level in zip(pairwise(edges), levels, strict=True)]


@given(LEVELS, st.lists(LENGTHS, min_size=40, max_size=40), st.integers(1, 12))
def test_few_blocks_cover_many(levels: list[float], lengths: list[int], most: int) -> None:
    """They are at most so many, adjoin, and are nowhere below the many; equal ones are one."""
    many = blocks(levels, lengths)
    few = merged(many, most)
    assert len(few) <= most
    assert all(one.level != other.level for one, other in pairwise(few))
    assert (few[0].since, few[-1].until) == (many[0].since, many[-1].until)
    assert all(one.until == other.since for one, other in pairwise(few))
    for block in few:
        inside = [b.level for b in many if block.since <= b.since and b.until <= block.until]
        assert block.level == max(inside)


def test_what_costs_least_goes_first() -> None:
    """Two low blocks become one before either joins the peak beside them."""
    many = blocks([0.1, 0.2, 1.0, 0.9], [10, 10, 10, 10])
    assert merged(many, 2) == [Block(0, 20, 0.2), Block(20, 40, 1.0)]
