"""Traces as files have them, and reading them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from onair.traces.reading import read

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from onair.traces.reading import Read
    from onair.traces.trace import Trace

BEGIN = datetime(2027, 1, 9, 20, tzinfo=UTC)


def read_text(text: str | bytes, where: ZoneInfo | None = None) -> Read:
    """Read a text as a file is read: line by line."""
    data = text if isinstance(text, bytes) else text.encode()
    return read(data.splitlines(keepends=True), where)


def instants(count: int, step: int = 60, begin: datetime = BEGIN) -> list[str]:
    """Return the instants at which so many steps begin."""
    return [f"{begin + timedelta(seconds=step * n):%Y-%m-%dT%H:%M:%SZ}" for n in range(count)]


def table(*rows: str, header: str = "time_utc,requests") -> str:
    """Return a table with a header and these rows."""
    return "\n".join((header, *rows)) + "\n"


def minutes(*numbers: float | str) -> list[str]:
    """Return a row for each minute from 20:00Z on."""
    times = instants(len(numbers))
    return [f"{time},{number}" for time, number in zip(times, numbers, strict=True)]


def written(trace: Trace) -> list[str]:
    """Return the rows of a trace in requests/s."""
    times = instants(len(trace.rates), trace.step, trace.begin)
    return [f"{time},{rate!r}" for time, rate in zip(times, trace.rates, strict=True)]


def response(*series: list[tuple[float, str]], **more: object) -> str:
    """Return what Prometheus answers to `query_range`, and what else it says."""
    result = [{"metric": {"job": "shop"}, "values": values} for values in series]
    return json.dumps(
        {"status": "success", "data": {"resultType": "matrix", "result": result}, **more}
    )
