"""Quantiles of few numbers."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.fitting.quantiles import quantile

NUMBERS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("share", "want"),
    [
        pytest.param(0, 10, id="the least"),
        pytest.param(0.5, 25, id="between two"),
        pytest.param(0.9, 37, id="close to the largest"),
        pytest.param(1, 40, id="the largest"),
    ],
)
def test_quantile(share: float, want: float) -> None:
    """Between two numbers it is interpolated, and their order does not matter."""
    assert quantile([40, 10, 30, 20], share) == pytest.approx(want)


@given(NUMBERS)
def test_half_is_the_median(numbers: list[float]) -> None:
    """The quantile of a half is the median."""
    assert quantile(numbers, 0.5) == pytest.approx(statistics.median(numbers))
