"""Whatever text is given is a trace or is refused, and a trace is what its rows say."""

from __future__ import annotations

import json
from array import array
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onair.schedule.zones import zone
from onair.traces.errors import TraceError
from onair.traces.reading import Read
from onair.traces.trace import Trace
from tests.unit.traces.texts import read_text, response, table, written

RATES = st.lists(st.floats(0, 1e12, allow_subnormal=False), min_size=2, max_size=50)
BEGINS = st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
TRACES = st.builds(
    lambda begin, step, rates: Trace(begin.replace(microsecond=0), step, array("d", rates)),
    BEGINS,
    st.integers(1, 3600),
    RATES,
)
ZONES = st.none() | st.sampled_from(("UTC", "Europe/Amsterdam", "Australia/Lord_Howe")).map(zone)
CELLS = st.sampled_from(
    (
        *("time", "time_utc", "requests", "rps", "host", "#", "sep=;", "", " ", '"', "\ufeff"),
        *("2027-10-31T02:30", "2027-10-31T02:31", "2027-03-28T02:30", "2027-10-31T02:30Z"),
        *("1799524800", "1799524860", "1799524860.5", "1799524800000", "2100-01-01T00:00Z"),
        *("1", "60", "1.234", "1e999", "-1", "NaN", "Inf", "1,234", "1_000", "\0", "\u0663"),
    )
)
LINES = st.lists(st.lists(CELLS, max_size=3), max_size=8)
HEADED = st.lists(st.tuples(CELLS, CELLS).map(list), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | CELLS | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("status", "data", "result", "resultType", "values", "error")), inner
        )
    ),
    max_leaves=10,
)


def check(text: str | bytes, where: object) -> None:
    """Read a text, which must give a trace or be refused."""
    with suppress(TraceError):
        assert isinstance(read_text(text, where), Read)  # type: ignore[arg-type]


@given(st.binary() | st.text().map(str.encode), ZONES)
def test_any_bytes(data: bytes, where: object) -> None:
    """Bytes of any kind are no surprise."""
    check(data, where)


@given(LINES, st.sampled_from(",;\t"), ZONES)
def test_any_table(lines: list[list[str]], delimiter: str, where: object) -> None:
    """Nor are cells that are nearly a trace."""
    check("\n".join(delimiter.join(cells) for cells in lines), where)


@given(HEADED, st.sampled_from(("time,requests", "time_utc;rps", "ts,rps,host")), ZONES)
def test_any_rows(lines: list[list[str]], header: str, where: object) -> None:
    """Nor are such cells below a header."""
    delimiter = ";" if ";" in header else ","
    check(table(*(delimiter.join(cells) for cells in lines), header=header), where)


@given(JSON, ZONES)
def test_any_json(said: object, where: object) -> None:
    """Nor is JSON that is nearly a response."""
    check(json.dumps(said), where)
    check(json.dumps([{"values": said}]), where)


@given(TRACES)
def test_round_trip(trace: Trace) -> None:
    """A trace that is written and read again is equal, and needs no repair."""
    text = table(*written(trace), header="time_utc,rps")
    assert read_text(text) == Read(trace, ())


@given(TRACES)
def test_round_trip_of_a_response(trace: Trace) -> None:
    """So is one that Prometheus answers."""
    begin = trace.begin.timestamp()
    values = [(begin + trace.step * n, repr(rate)) for n, rate in enumerate(trace.rates)]
    assert read_text(response(values)) == Read(trace, ())


@given(TRACES, st.randoms(use_true_random=False))
def test_shuffled(trace: Trace, random: object) -> None:
    """The order of rows changes nothing."""
    rows = written(trace)
    random.shuffle(rows)  # type: ignore[attr-defined]
    assert read_text(table(*rows, header="time_utc,rps")).trace == trace


@given(TRACES, st.data())
def test_a_lost_row(trace: Trace, data: st.DataObject) -> None:
    """A row that is lost lies between its neighbours, and all others are what they were."""
    rates = array("d", [*trace.rates, *[1.0] * 10])
    whole = Trace(trace.begin, trace.step, rates)
    lost = data.draw(st.integers(1, len(rates) - 2))
    rows = written(whole)
    read = read_text(table(*rows[:lost], *rows[lost + 1 :], header="time_utc,rps")).trace
    low, high = sorted((rates[lost - 1], rates[lost + 1]))
    assert low <= read.rates[lost] <= high
    assert [*read.rates[:lost], *read.rates[lost + 1 :]] == [*rates[:lost], *rates[lost + 1 :]]


@given(TRACES, st.sets(st.integers(0, 50)))
def test_lost_numbers(trace: Trace, lost: set[int]) -> None:
    """However many numbers are lost, those that are left are what they were, or it is refused."""
    rows = [
        f"{row.partition(',')[0]}," if n in lost else row for n, row in enumerate(written(trace))
    ]
    with suppress(TraceError):
        read = read_text(table(*rows, header="time_utc,requests")).trace
        assert read.step == trace.step
        for n, rate in enumerate(trace.rates):
            instant = trace.begin + n * timedelta(seconds=trace.step)
            assert n in lost or read.at(instant) == rate / trace.step
