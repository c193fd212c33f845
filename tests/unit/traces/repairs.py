"""What of a trace is repaired: a text for each rule, what is said of it, and its rates."""

from __future__ import annotations

from typing import NamedTuple

from tests.unit.traces.texts import BEGIN, minutes, response, table


class Repair(NamedTuple):
    """A text, the note that it makes, and its requests/s."""

    text: str
    note: str
    rates: list[float]


ROWS = minutes(60, 120, 180)
FIFTY = minutes(*range(0, 3000, 60))

REPAIRS = {
    "rows that are out of order": Repair(
        table(ROWS[2], ROWS[0], ROWS[1]),
        "earlier than the row before: line 3; sorted by time",
        [1, 2, 3],
    ),
    "rows that come again, in a file of two columns": Repair(
        table(ROWS[0], ROWS[1], ROWS[1], ROWS[2], ROWS[0]),
        "the same as another row: 2 lines, the first is 6; read once",
        [1, 2, 3],
    ),
    "times without a number: an empty cell, `NaN`, `null`, `none`, `n/a`": Repair(
        table(*minutes("", *[60] * 10, "NaN", 60)),
        "no number: 2 lines, the first is 2; taken as absent",
        [1.0] * 12,
    ),
    "up to 5 minutes, or one step, without a number, at most one step in ten": Repair(
        table(*FIFTY[:22], *FIFTY[27:]),
        "steps without a number: 5, the first after line 23; filled in by a straight line",
        [*range(50)],
    ),
    "times with fractions of a second": Repair(
        table("2027-01-09T20:00:00.5Z,60", "2027-01-09T20:01:01.499Z,60"),
        "fractions of a second: 2 lines, the first is 2; rounded",
        [1, 1],
    ),
    "lines that begin with `#`": Repair(
        "# from our logs\n" + table(*ROWS), "comment: line 1; not read", [1, 2, 3]
    ),
    "the header again, where files were put together": Repair(
        table(*ROWS[:2], "time_utc, requests", ROWS[2]),
        "the header again: line 4; not read",
        [1, 2, 3],
    ),
    "other columns": Repair(
        table(*(f"web,{row}" for row in ROWS), header="host,time_utc,requests"),
        "columns that are not read: 'host'",
        [1, 2, 3],
    ),
    "`warnings` and `infos` of Prometheus": Repair(
        response(
            [(BEGIN.timestamp() + n, str(n)) for n in range(3)],
            warnings=["truncated: partial result"],
        ),
        "Prometheus says in its warnings: 'truncated: partial result'; read as it is",
        [0, 1, 2],
    ),
}
