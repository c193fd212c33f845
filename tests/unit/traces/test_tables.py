"""Tables are read however they are divided, encoded and named."""

from __future__ import annotations

import codecs

import pytest

from onair.traces.errors import TraceError
from tests.unit.traces.texts import minutes, read_text, table

ROWS = minutes(60, 120, 180)


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        pytest.param("time_utc,requests", 60, id="requests"),
        pytest.param("time,requests_per_second", 1, id="requests_per_second"),
        pytest.param("Timestamp,Requests/s", 1, id="requests/s"),
        pytest.param("ts,req/sec", 1, id="req/sec"),
        pytest.param("_time,http requests (per second)", 1, id="with a unit in brackets"),
        pytest.param("date time,RPS", 1, id="RPS"),
        pytest.param("epoch_ms,rate", 1, id="rate"),
        pytest.param("time (GMT),QPS", 1, id="QPS"),
        pytest.param("time,request_rate", 1, id="request_rate"),
        pytest.param("time,RPM", 60, id="RPM"),
        pytest.param("minute,requests per minute", 60, id="per minute"),
        pytest.param("Zeitpunkt,Anfragen", 60, id="German"),
        pytest.param("tijd (UTC),verzoeken", 60, id="Dutch"),
        pytest.param("start,hits", 60, id="hits"),
        pytest.param("period (UTC),count", 60, id="count"),
    ],
)
def test_headers(header: str, unit: int) -> None:
    """A header says when and how many; names of counts count each step, others say their unit."""
    rates = read_text(table(*ROWS, header=header)).trace.rates
    assert list(rates) == [60 / unit, 120 / unit, 180 / unit]


def test_counts_of_other_steps() -> None:
    """A count is of a step, however long a step is."""
    rows = ("2027-01-09T20:00:00Z,50", "2027-01-09T20:00:05Z,55")
    trace = read_text(table(*rows)).trace
    assert (trace.step, list(trace.rates), trace.requests) == (5, [10, 11], 105)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(table(*ROWS).replace(",", ";").encode(), id="semicolons"),
        pytest.param(table(*ROWS).replace(",", "\t").encode(), id="tabs"),
        pytest.param(codecs.BOM_UTF8 + table(*ROWS).encode(), id="a byte order mark"),
        pytest.param(table(*ROWS).replace("\n", "\r\n").encode(), id="lines of Windows"),
        pytest.param(table(*ROWS).replace("\n", "\r").encode(), id="lines of old Macs"),
        pytest.param(table(*ROWS).replace("\n", "\n\n , \n").encode(), id="blank rows"),
        pytest.param(b"\n" + table(*ROWS).encode(), id="a blank line above"),
        pytest.param(table(*ROWS).rstrip("\n").encode(), id="no end of the last line"),
        pytest.param(table(*ROWS).replace(",", ", ").encode(), id="spaces"),
        pytest.param(b"sep=;\n" + table(*ROWS).replace(",", ";").encode(), id="Excel's first line"),
        pytest.param(
            "\n".join(
                ",".join(f'"{cell}"' for cell in line.split(","))
                for line in table(*ROWS).splitlines()
            ).encode(),
            id="quotes",
        ),
        pytest.param(
            codecs.BOM_UTF8 + table(*ROWS, header='"time_utc","requests"').encode(),
            id="quotes behind a byte order mark",
        ),
    ],
)
def test_formats(data: bytes) -> None:
    """A file means the same in every format, which is nothing to be said."""
    assert read_text(data) == read_text(table(*ROWS))


def test_what_divides_the_cells() -> None:
    """Of two signs that divide a header, that counts with which its columns have names."""
    rows = [row.replace(",", ";web, a, b;") for row in ROWS]
    read = read_text(table(*rows, header="time;host, path, query;requests"))
    assert list(read.trace.rates) == [1, 2, 3]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        pytest.param(
            "moment,value",
            "line 1: no column says when, of 'moment', 'value'; call it time",
            id="names",
        ),
        pytest.param(
            "host,1799524800,60",
            "line 1 is no header; write one above it such as time_utc,requests",
            id="a word and numbers",
        ),
        pytest.param(
            "time,95th",
            "line 1: no column says how many, of 'time', '95th'; call it requests (in each step)"
            " or requests_per_second",
            id="a name with digits",
        ),
        pytest.param(
            "1st,requests",
            "line 1: no column says when, of '1st', 'requests'; call it time",
            id="1st",
        ),
        pytest.param(
            "a,b,c,d,e",
            "line 1: no column says when, of 'a', 'b', 'c', 'd', 'e'; call it time",
            id="five",
        ),
        pytest.param(
            f"a,b,c,d,{'e' * 61},f",
            f"line 1: no column says when, of 'a', 'b', 'c', 'd', '{'e' * 57}...', ...;"
            " call it time",
            id="many and long ones",
        ),
    ],
)
def test_other_headers(header: str, message: str) -> None:
    """What a header lacks is said with what it has."""
    with pytest.raises(TraceError) as refused:
        read_text(table(*ROWS, header=header))
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("\n\ntime,rps\n,\n\nx,1", 6, id="blank lines"),
        pytest.param("# a\ntime,rps\n# b\n#\nx,1", 5, id="comments"),
        pytest.param('time,rps\n"x"y,1', 2, id="no CSV, in the first row"),
        pytest.param(table(*ROWS) + '"', 5, id="no CSV, in the last row"),
        pytest.param("sep=,\ntime,rps\nsep=,\n", 3, id="Excel's first line is only the first"),
    ],
)
def test_the_number_of_the_line(text: str, line: int) -> None:
    """The number of a line counts every line of the file."""
    with pytest.raises(TraceError, match=f"^line {line}[: ]"):
        read_text(text)
