"""A file that is too large is refused before it fills the memory."""

from __future__ import annotations

from itertools import repeat

import pytest

from onair.traces.errors import TraceError
from onair.traces.lines import LONGEST, MAX_BYTES
from onair.traces.reading import read
from tests.unit.traces.texts import BEGIN, instants, minutes, read_text, response, table

COMMENT = b"#" * (1 << 16)


def test_no_more_bytes() -> None:
    """Of a file whose size is not known, no more than 256 MiB are read."""
    given = 0

    def lines() -> object:
        nonlocal given
        for line in repeat(COMMENT):
            given += len(line)
            yield line

    with pytest.raises(TraceError, match=r"^it is larger than 256 MiB; cut the trace, or take"):
        read(lines())  # type: ignore[arg-type]
    assert given <= MAX_BYTES + len(COMMENT)


def test_no_endless_line() -> None:
    """A line without an end is refused."""
    with pytest.raises(TraceError, match=f"^line 2 has more than {LONGEST >> 20} MiB; divide it"):
        read([b"time_utc,requests\n", b"1" * (LONGEST + 1)])


def test_no_endless_blank_lines() -> None:
    """Nor do blank lines go on for ever."""
    with pytest.raises(TraceError, match=r"^it has more than 2,000,000 lines; cut the trace"):
        read([b"\n" * 2_000_001])


def test_no_endless_response() -> None:
    """A response is read at once, and so must be shorter than a table, whatever its lines."""
    many = response([(BEGIN.timestamp(), "1")]).encode() + b"\n" + (b" " * 999 + b"\n") * 9_000
    with pytest.raises(TraceError, match=r"^it has more than 8 MiB; cut the trace, or write CSV"):
        read_text(many)


def test_no_more_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The row after the last that is allowed is refused with its line."""
    monkeypatch.setattr("onair.traces.samples.MAX_STEPS", 3)
    assert len(read_text(table(*minutes(1, 2, 3))).trace.rates) == 3
    with pytest.raises(TraceError, match=r"^line 5: it has more than 3 rows; cut the trace, or"):
        read_text(table(*minutes(1, 2, 3, 4)))


def test_no_more_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps that are filled in count as well."""
    monkeypatch.setattr("onair.traces.steps.MAX_STEPS", 19)
    rows = [f"{time},1" for time in instants(20)]
    assert len(read_text(table(*rows[:5], *rows[6:19])).trace.rates) == 19
    with pytest.raises(TraceError, match=r"^it has more than 19 steps; cut the trace"):
        read_text(table(*rows[:5], *rows[6:]))
