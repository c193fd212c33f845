"""The shapes are those of the design, their tails rounded up to thousandths exactly."""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from onair.plan.shapes import PEAK, SHAPES, Mark

MINUTE = 60


def heads(shape: str, count: int) -> list[tuple[str, int | Fraction, int]]:
    """Return the first points of a shape, in minutes and percent."""
    return [(m.edge, m.offset // MINUTE, m.level * 100 // PEAK) for m in SHAPES[shape][:count]]


def test_episode() -> None:
    """An episode has a bump before, less during, and its peak from a minute after the end."""
    assert heads("Episode", 6) == [
        ("start", -15, 25),
        ("start", 0, 25),
        ("start", 0, 15),
        ("end", 0, 15),
        ("end", 1, 100),
        ("end", 6, 100),
    ]
    assert SHAPES["Episode"][-1].offset == 60 * MINUTE


def test_livestream() -> None:
    """A livestream grows until its end, which is its peak."""
    assert heads("Livestream", 3) == [("start", -15, 0), ("start", 0, 35), ("end", 0, 100)]
    assert SHAPES["Livestream"][-1].offset == 150 * MINUTE


def test_flat() -> None:
    """A flat crowd is there from the start to the end."""
    assert heads("Flat", 9) == [("start", 0, 100), ("end", 0, 100)]


def powers_of_half(exponent: Fraction) -> Iterator[Fraction]:
    """Yield two numbers that enclose 2^-exponent, found in whole numbers."""
    scale = 2**200
    top, bottom = exponent.as_integer_ratio()
    goal = scale**bottom >> top if top else scale**bottom
    low, high = 0, scale + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**bottom <= goal else (low, middle)
    yield from (Fraction(low, scale), Fraction(low + 1, scale))


def ceilings(minute: int, half_life: int, slow: Fraction, slow_half_life: int) -> set[int]:
    """Return the thousandths that either bound of the true level is rounded up to."""
    quick_bounds = powers_of_half(Fraction(minute, half_life))
    slow_bounds = powers_of_half(Fraction(minute, slow_half_life))
    bounds = zip(quick_bounds, slow_bounds, strict=True)
    # The lower bound is the level itself where the exponent is a whole number.
    exact = minute % slow_half_life == 0
    levels = [(1 - slow) * q + slow * s for q, s in bounds][: 1 if exact else 2]
    return {-(-1000 * level.numerator // level.denominator) for level in levels}


@pytest.mark.parametrize(
    ("shape", "hold", "half_life", "slow", "slow_half_life"),
    [
        pytest.param("Episode", 6, 10, Fraction(1, 10), 30, id="Episode"),
        pytest.param("Livestream", 0, 20, Fraction(1, 5), 60, id="Livestream"),
    ],
)
def test_tails(shape: str, hold: int, half_life: int, slow: Fraction, slow_half_life: int) -> None:
    """Every minute of a tail has the smallest thousandth that is not below the true level."""
    tail = [mark for mark in SHAPES[shape] if mark.edge == "end" and mark.offset > hold * MINUTE]
    for minute, mark in enumerate(tail, start=1):
        (want,) = ceilings(minute, half_life, slow, slow_half_life)
        assert mark == Mark("end", (hold + minute) * MINUTE, want * PEAK // 1000)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_tails_only_fall(shape: str) -> None:
    """After its peak no shape rises again, so its crowd ebbs away."""
    levels = [mark.level for mark in SHAPES[shape]]
    after = levels[levels.index(PEAK) :]
    assert after == sorted(after, reverse=True)
