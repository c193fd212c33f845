"""What Prometheus answers to `query_range` is read as it is."""

from __future__ import annotations

import codecs
import json

import pytest

from onair.traces.errors import TraceError
from onair.traces.reading import read
from tests.unit.traces.texts import BEGIN, read_text, response

AT = int(BEGIN.timestamp())
VALUES: list[tuple[float, str]] = [(AT, "1.5"), (AT + 15, "2"), (AT + 30, "1e-3")]
ANSWER = response(VALUES)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(ANSWER.encode(), id="as it is"),
        pytest.param(json.dumps(json.loads(ANSWER), indent=2).encode(), id="indented"),
        pytest.param(json.dumps([{"metric": {}, "values": VALUES}]).encode(), id="promtool"),
        pytest.param(codecs.BOM_UTF8 + ANSWER.encode(), id="behind a byte order mark"),
        pytest.param(b"\n \n" + ANSWER.encode(), id="below blank lines"),
    ],
)
def test_answers(data: bytes) -> None:
    """Values are requests/s from their instants on."""
    trace, notes = (found := read_text(data)).trace, found.notes
    assert (trace.begin, trace.step, list(trace.rates)) == (BEGIN, 15, [1.5, 2, 0.001])
    assert notes == ()


def test_fractions_of_a_second() -> None:
    """Instants with the same fraction of a second keep their distance."""
    found = read([response([(at + 0.781, value) for at, value in VALUES]).encode()])
    assert (found.trace.begin.timestamp(), found.trace.step) == (AT + 1, 15)
    assert found.notes == ("fractions of a second: 3 values, the first is 1; rounded",)


def test_no_number() -> None:
    """A value that is not a number is said by its number among the values."""
    many = [(AT + 15 * n, "NaN" if n == 7 else "1") for n in range(20)]
    assert read_text(response([*many, many[-1]])).notes == (
        "no number: value 8; taken as absent",
        "the same as another row: value 21; read once",
        "steps without a number: 1, the first after value 7; filled in by a straight line",
    )


def test_what_it_says_of_itself() -> None:
    """Each of Prometheus' warnings and infos is said, in a line of its own."""
    text = response(VALUES, warnings=["one\n", "two" * 99], infos=["three"])
    assert read_text(text).notes == (
        r"Prometheus says in its warnings: 'one\n'; read as it is",
        f"Prometheus says in its warnings: '{('two' * 99)[:197]}...'; read as it is",
        "Prometheus says in its infos: 'three'; read as it is",
    )


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(None, id="null"),
        pytest.param([], id="an empty list"),
        pytest.param("none", id="text"),
    ],
)
def test_nothing_is_said(said: object) -> None:
    """Warnings that are none, or no list, are nothing to be said."""
    assert read_text(response(VALUES, warnings=said)).notes == ()


def test_no_histograms() -> None:
    """A series with an empty list of histograms is one of values."""
    assert read_text(json.dumps([{"values": VALUES, "histograms": []}])).trace.step == 15


def test_thousands() -> None:
    """A rate of three digits behind its point is no count of thousands."""
    assert list(read_text(response([(AT, "1.234"), (AT + 1, "1.234")])).trace.rates) == [1.234] * 2


@pytest.mark.parametrize(
    ("time", "message"),
    [
        pytest.param("2027-01-09T20:00:00", "has neither Z nor an offset", id="local time"),
        pytest.param(True, "value 1 is not a time and a number", id="no time"),
    ],
)
def test_other_times(time: object, message: str) -> None:
    """What is no instant of Prometheus is refused with the number of the value."""
    with pytest.raises(TraceError, match=f"^value 1.*{message}|^{message}"):
        read_text(json.dumps([{"values": [[time, "1"]]}]))
