"""Charts: what they show of numbers over time, and what they must not hide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.cli.chart import Line, columns, draw, framed


@pytest.mark.parametrize(
    ("values", "want"),
    [
        pytest.param([1, 2, 4], ["  █", " ▄█", "▆██"], id="parts of a line"),
        pytest.param([0.001, 100], [" █", " █", "▁█"], id="however small"),
        pytest.param([0, 0], ["  ", "  ", "  "], id="nothing"),
        pytest.param([], ["", "", ""], id="no columns"),
    ],
)
def test_drawn(values: list[float], want: list[str]) -> None:
    """The largest value fills its column, and only zero is empty."""
    assert draw(values, 3) == want


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_higher_values_are_never_drawn_lower(values: list[int]) -> None:
    """Each column's height follows its value."""
    lines = draw(values, 5)
    heights = [sum(" ▁▂▃▄▅▆▇█".index(line[n]) for line in lines) for n in range(len(values))]
    for value, height in zip(values, heights, strict=True):
        assert bool(value) == bool(height)
        assert all(h >= height for v, h in zip(values, heights, strict=True) if v >= value)


@pytest.mark.parametrize(
    ("lines", "want"),
    [
        pytest.param([Line(0, 4, 8, 8)], [8, 8, 8, 8], id="level"),
        pytest.param([Line(0, 4, 0, 8)], [2, 4, 6, 8], id="rising: the largest of each part"),
        pytest.param([Line(0, 4, 8, 0)], [8, 6, 4, 2], id="falling"),
        pytest.param([Line(1.5, 1.6, 5, 5)], [0, 5, 0, 0], id="narrower than a column"),
        pytest.param([Line(-9, 1, 3, 3), Line(3, 9, 4, 4)], [3, 0, 0, 4], id="cut at both ends"),
        pytest.param([Line(0, 2, 1, 1), Line(1, 3, 5, 5)], [1, 5, 5, 0], id="the higher of two"),
        pytest.param([Line(4, 9, 1, 1)], [0, 0, 0, 0], id="outside"),
    ],
)
def test_columns(lines: list[Line], want: list[float]) -> None:
    """A column shows the largest value of its part of the time."""
    assert columns(lines, 0, 4, 4) == want


@given(st.integers(1, 200), st.floats(1, 1e9), st.floats(0.001, 1e6))
def test_no_peak_is_lost(count: int, start: float, length: float) -> None:
    """However the columns fall, the largest value is in one of them."""
    peak = Line(start + length / 3, start + length / 2, 7, 9)
    whole = Line(start, start + length, 1, 1)
    found = columns([whole, peak], start, start + length, count)
    assert max(found) == pytest.approx(9)
    assert min(found) >= 1


def test_framed() -> None:
    """A chart has its largest value, its zero and its first and last time."""
    framed_chart = framed(["▁█", "██"], "12", ("9:00", "10:00"), str.lower)
    assert framed_chart == ["12 ┤▁█", "   ┤██", " 0 └──", "    9:00 10:00"]
