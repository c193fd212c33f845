"""Traces in JSON: what Prometheus answers to `query_range`, or promtool prints of it.

https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from onair.traces.errors import TraceError, quoted
from onair.traces.lines import LONGEST
from onair.traces.samples import Samples
from onair.traces.times import Times

_SUM: Final = "write such as sum(rate(http_requests_total[1m]))"
_SAID: Final = 200
"""Characters of a warning: Prometheus' own have about a hundred and name the metric last."""


def read_response(lines: Iterable[str]) -> tuple[Samples, list[str]]:
    """Return the values of the one series of a response, in requests/s, and what is to be said.

    Raises:
        TraceError: it is none, has another number of series, or a value cannot be read.
    """
    samples = Samples("value", Times(is_utc=False, has_zone=False), seconds=1, is_alone=True)
    said = _loaded(lines)
    for place, value in enumerate(_values(said), start=1):
        match value:
            case [str(time), str(number)]:
                samples.add(place, time, number)
            case _:
                raise TraceError(f"value {place} is not a time and a number")
    return samples, list(_warnings(said))


def _loaded(lines: Iterable[str]) -> Any:  # noqa: ANN401 - whatever JSON says
    text, size = [], 0
    for line in lines:
        text.append(line)
        size += len(line)
        if size > LONGEST:
            raise TraceError(f"it has more than {LONGEST >> 20} MiB; cut the trace, or write CSV")
    try:
        return json.loads("\n".join(text), parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        raise TraceError(
            f"line {error.lineno}, column {error.colno}: {error.msg}: it is no JSON; save the"
            " response of Prometheus again"
        ) from error
    except RecursionError as error:
        raise TraceError("it is nested too deeply for a response of Prometheus") from error


def _values(said: Any) -> list[Any]:  # noqa: ANN401 - whatever JSON says
    series = _series(said)
    if not series:
        raise TraceError("the response has no series; ask for one that has values in that time")
    if len(series) > 1:
        raise TraceError(f"the response has {len(series)} series; add them up: {_SUM}")
    match series[0]:
        case {"values": _, "histograms": [_, *_]}:
            raise TraceError(f"the series has histograms beside its values; {_SUM}")
        case {"values": list(values)}:
            return values
    raise TraceError(f"the series has no values, each a time and a number; {_SUM}")


def _warnings(said: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON says
    """Yield what a response says of itself, such as that it is not complete."""
    for key in ("warnings", "infos"):
        found = said.get(key) if isinstance(said, dict) else None
        for each in found if isinstance(found, list) else []:
            yield f"Prometheus says in its {key}: {quoted(str(each), _SAID)}; read as it is"


def _series(said: Any) -> list[Any]:  # noqa: ANN401 - whatever JSON says
    """Return the series of a response, or of promtool's list of them."""
    match said:
        case list():
            return said
        case {"status": "error"}:
            raise TraceError(f"Prometheus answered with an error: {quoted(str(said.get('error')))}")
        case {"data": {"resultType": "matrix", "result": list(found)}}:
            return found
    raise TraceError("it is no response of Prometheus to query_range, whose result is a matrix")
