"""Numbers are read in full, or refused: a thousandth is not a little less."""

from __future__ import annotations

import pytest

from onair.traces.errors import TraceError
from tests.unit.traces.texts import minutes, read_text, table


@pytest.mark.parametrize(
    "text",
    [pytest.param(each, id=each or "empty") for each in ("", "NaN", "null", "None", "N/A", "na")],
)
def test_no_number(text: str) -> None:
    """What says that there is no number is as if there were no row."""
    read = read_text(table(*minutes(*range(10), text, *range(11, 20))))
    assert read.notes[0] == "no number: line 12; taken as absent"
    assert 60 * read.trace.rates[10] == pytest.approx(10)


@pytest.mark.parametrize(
    "text",
    [pytest.param(each, id=each) for each in ("inf", "+Inf", "-Inf", "Infinity", "-infinity")],
)
def test_infinite(text: str) -> None:
    """An infinite number is refused, and not as if it were no number at all."""
    with pytest.raises(TraceError, match=r"^line 2: .* is no number of requests; leave it empty"):
        read_text(table(*minutes(text)))


@pytest.mark.parametrize(
    ("numbers", "want"),
    [
        pytest.param(["1.234", "0.5"], [1.234, 0.5], id="another number shows fractions"),
        pytest.param(["1.2345", "1.234"], [1.2345, 1.234], id="so does one of four digits"),
        pytest.param(["1e3", "+60"], [1000, 60], id="exponents and signs"),
        pytest.param(["12.", ".5"], [12, 0.5], id="points at an end"),
        pytest.param(["0", "1e12"], [0, 1e12], id="the least and the most"),
    ],
)
def test_numbers(numbers: list[str], want: list[float]) -> None:
    """A number is read in full where it can mean one thing only."""
    trace = read_text(table(*minutes(*numbers))).trace
    assert [60 * rate for rate in trace.rates] == pytest.approx(want, rel=1e-15)


def test_rates_of_three_digits() -> None:
    """A rate may have three digits behind its point in all rows: programs write fractions so."""
    trace = read_text(table(*minutes("1.234", "5.678"), header="time_utc,rps")).trace
    assert list(trace.rates) == [1.234, 5.678]
