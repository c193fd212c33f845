"""Numbers, durations and percentages are read exactly, and nothing else is read."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.model.quantities import (
    format_duration,
    parse_duration,
    parse_percentage,
    parse_quantity,
)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param(5000, Fraction(5000), id="an integer"),
        pytest.param("5k", Fraction(5000), id="thousands"),
        pytest.param("1.5M", Fraction(1_500_000), id="millions with a fraction"),
        pytest.param("2G", Fraction(2_000_000_000), id="billions"),
        pytest.param("2.2", Fraction(11, 5), id="a fraction that no float has"),
        pytest.param("007", Fraction(7), id="leading zeros"),
    ],
)
def test_quantity(text: int | str, want: Fraction) -> None:
    """A quantity is read exactly."""
    assert parse_quantity(text) == want


@pytest.mark.parametrize(
    "text",
    [
        "",
        "680m",
        "680K",
        "1e18",
        "NaN",
        "-1",
        "+1",
        "1_000",
        ".5",
        "5.",
        "5 k",
        "5k\n",
        "\u0665",
        "5Ki",
    ],
    ids=repr,
)
def test_not_a_quantity(text: str) -> None:
    """What is not spelled as a crowd is no quantity, whatever Python's numbers admit."""
    with pytest.raises(ValueError, match="is not a number such as"):
        parse_quantity(text)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("1h5m", timedelta(hours=1, minutes=5), id="hours and minutes"),
        pytest.param("90s", timedelta(seconds=90), id="seconds"),
        pytest.param("1500ms", timedelta(seconds=1.5), id="milliseconds"),
        pytest.param("5m5m", timedelta(minutes=10), id="a unit twice, as in Go"),
        pytest.param("0s", timedelta(), id="zero"),
    ],
)
def test_duration(text: str, want: timedelta) -> None:
    """A duration is read as Gateway API reads it."""
    assert parse_duration(text) == want


@pytest.mark.parametrize(
    "text", ["", "5", "1:05", "-5m", "1.5h", "1d", "5 m", "5m\n", "1h1h1h1h1h", "100000h"], ids=repr
)
def test_not_a_duration(text: str) -> None:
    """What Gateway API would refuse is no duration."""
    with pytest.raises(ValueError, match="is not a duration such as"):
        parse_duration(text)


@given(st.integers(min_value=0, max_value=7 * 24 * 3600 * 1000))
def test_duration_round_trip(milliseconds: int) -> None:
    """A duration that is written down is read as the same duration."""
    duration = timedelta(milliseconds=milliseconds)
    assert parse_duration(format_duration(duration)) == duration


@pytest.mark.parametrize(
    ("duration", "want"),
    [
        pytest.param(timedelta(minutes=65), "1h5m", id="without empty units"),
        pytest.param(timedelta(), "0s", id="zero"),
        pytest.param(timedelta(days=2), "48h", id="days as hours"),
    ],
)
def test_format_duration(duration: timedelta, want: str) -> None:
    """A duration is written as people write it."""
    assert format_duration(duration) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("25%", Fraction(1, 4), id="whole"),
        pytest.param("33.3%", Fraction(333, 1000), id="with a fraction"),
        pytest.param("1000%", Fraction(10), id="above one"),
    ],
)
def test_percentage(text: str, want: Fraction) -> None:
    """A percentage is read exactly, as a share of one."""
    assert parse_percentage(text) == want


@pytest.mark.parametrize(
    "text", ["", "25", "0.25", "-5%", "25 %", "25%%", "1e2%", "25%\n"], ids=repr
)
def test_not_a_percentage(text: str) -> None:
    """A number without its sign, or with anything else, is no percentage."""
    with pytest.raises(ValueError, match="is not a percentage such as"):
        parse_percentage(text)
