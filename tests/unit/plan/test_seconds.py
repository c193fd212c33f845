"""Seconds are exact, and whole ones are ints."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.plan.seconds import Number, instant_at, quotient, seconds, since_epoch
from tests.unit.plan.strategies import START

NUMBERS = st.integers(-(10**6), 10**6) | st.fractions(-(10**6), 10**6)


@pytest.mark.parametrize(
    ("duration", "want"),
    [
        pytest.param(timedelta(days=2, hours=1), 176_400, id="whole"),
        pytest.param(timedelta(microseconds=250_000), Fraction(1, 4), id="a quarter"),
        pytest.param(timedelta(microseconds=-250_000), Fraction(-1, 4), id="a quarter before"),
        pytest.param(-timedelta(days=1, seconds=1), -86_401, id="a day and a second before"),
    ],
)
def test_seconds(duration: timedelta, want: Number) -> None:
    """A duration is so many seconds, an int where there is no rest."""
    assert (seconds(duration), type(seconds(duration))) == (want, type(want))


@given(st.timedeltas(timedelta(days=-9000), timedelta(days=9000)))
def test_there_and_back(duration: timedelta) -> None:
    """An instant in seconds since 1970 is that instant again."""
    assert instant_at(since_epoch(START + duration)) == START + duration


@given(NUMBERS, NUMBERS.filter(bool))
def test_quotient(number: Number, by: Number) -> None:
    """A quotient is exact, and an int where it is whole."""
    found = quotient(number, by)
    assert found == Fraction(number) / by
    assert isinstance(found, int) == (found.denominator == 1)
