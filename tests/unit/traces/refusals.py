"""What is refused as a trace: a text for each rule, and the message."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from tests.unit.traces.texts import BEGIN, instants, minutes, response, table


class Refusal(NamedTuple):
    """A text, and the message about it."""

    text: str | bytes
    message: str


LATER = BEGIN + timedelta(minutes=10)
MINUTES = minutes(*[60] * 20)
ZONE_HINT = "say its zone with --time-zone, or call the column time_utc if it is in UTC"
COLUMN_HINT = "call it requests (in each step) or requests_per_second"

TABLES = {
    "an empty file": Refusal(
        "\n\n", "it is empty; a trace has a header such as time_utc,requests and its rows"
    ),
    "no header": Refusal(
        MINUTES[0], "line 1 is no header; write one above it such as time_utc,requests"
    ),
    "no column that says when": Refusal(
        table(header="moment,requests"),
        "line 1: no column says when, of 'moment', 'requests'; call it time",
    ),
    "no column that says how many, and in what": Refusal(
        table(header="Time,Value"),
        f"line 1: no column says how many, of 'Time', 'Value'; {COLUMN_HINT}",
    ),
    "two columns that say the same": Refusal(
        table(header="time;requests;rps"),
        "line 1: the columns 'requests' and 'rps' all say how many; keep one of them",
    ),
    "no row": Refusal(table(), "no row has a time and a number; a trace needs two such rows"),
    "one row": Refusal(
        table(MINUTES[0]), "only line 2 has a time and a number; a trace needs two such rows"
    ),
    "text that is not UTF-8": Refusal(
        table(*MINUTES).encode() + b"\xff", "line 22 is not UTF-8; save the file as UTF-8"
    ),
    "a quote that is not closed": Refusal(
        table(*MINUTES[:3], '"' + MINUTES[3], MINUTES[4] + '"', *MINUTES[5:]),
        "line 5: a cell goes on in the next line; close its quote",
    ),
    "a quote within a cell": Refusal(
        table(MINUTES[0], '2027-01-09T20:01:00Z,"60"0'),
        "line 3: ',' expected after '\"'; save the file as CSV again",
    ),
    "too few cells": Refusal(
        table(MINUTES[0], "2027-01-09T20:01:00Z"),
        "line 3 has not 2 cells, as the header has, but 1; leave no cell out",
    ),
    "too many cells": Refusal(
        table(MINUTES[0], "2027-01-09T20:01:00Z,1,234"),
        "line 3 has not 2 cells, as the header has, but 3; write nothing between thousands, and a"
        " point before fractions",
    ),
    "a line of more than 65,536 characters": Refusal(
        table("x" * 65_537), "line 2 has more than 65,536 characters; divide it"
    ),
}

TIMES = {
    "a time in another spelling": Refusal(
        table("9/1/2027 20:00,60"),
        "line 2: '9/1/2027 20:00' is no time; write it as 2027-01-09T20:30:00Z, or in seconds"
        " since 1970",
    ),
    "a time that no calendar has": Refusal(
        table("2027-02-30T20:00:00Z,60"),
        "line 2: '2027-02-30T20:00:00Z' is a time that no calendar has; correct it",
    ),
    "a year before 1990 or after 2099": Refusal(
        table("1970-01-01T00:00:00Z,60"),
        "line 2: '1970-01-01T00:00:00Z' is in no year from 1990 to 2099; correct it",
    ),
    "times that are written in several ways": Refusal(
        table("2027-01-09T20:00:00Z,60", "2027-01-09T20:01:00,60"),
        "line 3: '2027-01-09T20:01:00' is a time with neither Z nor an offset, the time before it"
        " a time with Z or an offset; write all times in one way",
    ),
    "times without a zone": Refusal(
        table("2027-01-09T20:00:00,60", header="time,requests"),
        f"line 2: '2027-01-09T20:00:00' has neither Z nor an offset; {ZONE_HINT}",
    ),
    "an offset in a column that says UTC": Refusal(
        table("2027-01-09T21:00:00+01:00,60"),
        "line 2: '2027-01-09T21:00:00+01:00' is not in UTC, as the header says; correct one",
    ),
}

NUMBERS = {
    "a negative number": Refusal(
        table("2027-01-09T20:00:00Z,-3"),
        "line 2: '-3' is negative; there are no fewer requests than 0",
    ),
    "an infinite number": Refusal(
        table("2027-01-09T20:00:00Z,+Inf"),
        "line 2: '+Inf' is no number of requests; leave it empty if it is unknown",
    ),
    "a number of more than 1e12": Refusal(
        table("2027-01-09T20:00:00Z,1e13"),
        "line 2: '1e13' is more than 1e+12; correct it",
    ),
    "signs between thousands, a comma before fractions": Refusal(
        table('2027-01-09T20:00:00Z,"1,234"'),
        "line 2: '1,234' is no number; write it as 1234.5: a point before the fraction and nothing"
        " between thousands",
    ),
    "requests in a step with three digits behind each point": Refusal(
        table(*minutes(313, "1.234", 12, "5.678")),
        "line 3: '1.234' requests in a step may be 1234; write nothing between thousands, or more"
        " digits of fractions",
    ),
}

ROWS = {
    "two numbers for one time": Refusal(
        table(*MINUTES[:3], MINUTES[1] + "1"),
        "lines 3 and 5 are both of 2027-01-09T20:01:00Z; write one row for each time, with all its"
        " requests",
    ),
    "one time again, in a file of more columns": Refusal(
        table(*(f"{row},{n // 2}" for n, row in enumerate(sorted(MINUTES * 2))), header="ts,rps,n"),
        "lines 2 and 3 are both of 2027-01-09T20:00:00Z; write one row for each time, with all its"
        " requests",
    ),
    "steps of more than an hour": Refusal(
        table(*(f"{time},60" for time in instants(3, 86_400))),
        "its rows are 24h apart; a trace has a row for each hour at least",
    ),
    "rows that are not whole steps apart": Refusal(
        table(*MINUTES, "2027-01-09T20:20:30Z,60"),
        "line 22: 2027-01-09T20:20:30Z is 1m30s after the row before, and a step is 1m; rows must"
        " be whole steps apart",
    ),
    "more than 5 minutes and more than a step without a number": Refusal(
        table(*MINUTES[:7], *MINUTES[13:]),
        "line 9: nothing is known from 2027-01-09T20:07:00Z to 2027-01-09T20:13:00Z; cut the trace"
        " there, or write 0 where nothing was requested",
    ),
    "more than one step in ten without a number": Refusal(
        table(*MINUTES[:10], *MINUTES[13:]),
        "3 of 20 steps of 1m have no number, the first after line 11, more than one in 10; write 0"
        " where nothing was requested, or take longer steps",
    ),
    "ten rows in a row that are equally far apart, and not by a step": Refusal(
        table(*(f"{time},1" for time in [*instants(11), *instants(999, 1, LATER)])),
        "line 12: it and those before it are 1m apart, most rows 1s; a trace has one step: cut it"
        " there",
    ),
}

RESPONSES = {
    "no JSON": Refusal(
        '{"status": "success",\n"data"',
        "line 2, column 7: Expecting ':' delimiter: it is no JSON; save the response of Prometheus"
        " again",
    ),
    "an error of Prometheus": Refusal(
        '{"status": "error", "errorType": "bad_data", "error": "exceeded maximum resolution"}',
        "Prometheus answered with an error: 'exceeded maximum resolution'",
    ),
    "another answer": Refusal(
        '{"status": "success", "data": {"resultType": "vector", "result": []}}',
        "it is no response of Prometheus to query_range, whose result is a matrix",
    ),
    "no series": Refusal(
        response(), "the response has no series; ask for one that has values in that time"
    ),
    "several series": Refusal(
        response([(1799524800, "1")], [(1799524800, "1")]),
        "the response has 2 series; add them up: write such as sum(rate(http_requests_total[1m]))",
    ),
    "a series of histograms": Refusal(
        '[{"metric": {}, "histograms": []}]',
        "the series has no values, each a time and a number; write such as"
        " sum(rate(http_requests_total[1m]))",
    ),
    "histograms beside the values": Refusal(
        '[{"values": [[1799524800, "1"]], "histograms": [[1799524860, {"count": "1"}]]}]',
        "the series has histograms beside its values; write such as"
        " sum(rate(http_requests_total[1m]))",
    ),
    "a value that is no time and number": Refusal(
        '[{"values": [[1799524800, "1"], [1799524860, null]]}]',
        "value 2 is not a time and a number",
    ),
    "JSON in JSON in JSON": Refusal(
        "[" * 10_000, "it is nested too deeply for a response of Prometheus"
    ),
}
