"""From the bytes of a file to a trace: CSV, or a response of Prometheus."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from zoneinfo import ZoneInfo

from onair.traces.clocks import to_utc
from onair.traces.lines import texts
from onair.traces.ordering import sort, unify
from onair.traces.responses import read_response
from onair.traces.steps import fill, step_of, trim
from onair.traces.tables import read_table
from onair.traces.trace import Trace


@dataclass(frozen=True, slots=True)
class Read:
    """A trace, and what is to be said of the file that it was read from: all that was repaired."""

    trace: Trace
    notes: tuple[str, ...]


def read(lines: Iterable[bytes], where: ZoneInfo | None = None) -> Read:
    r"""Return the trace in a file.

    `lines` end with \n, except the last; a line longer than `lines.LONGEST` may be cut behind that.
    `where` is the zone of times that do not say theirs.

    Raises:
        TraceError: it is none, or could be two; the message says the line and what would be right.
    """
    text = texts(lines)
    above, first = _above(text)
    whole = chain(above, [first], text)
    if first.lstrip().startswith(("{", "[")):
        samples, notes = read_response(whole)
    else:
        samples, notes = read_table(whole, has_zone=where is not None)
    notes += samples.missing.note("no number", samples.unit, "taken as absent")
    notes += samples.rounded.note("fractions of a second", samples.unit, "rounded")
    if where and samples.reader.are_local:
        to_utc(samples, where)
    notes += sort(samples)
    notes += unify(samples)
    step = step_of(samples)
    trim(samples)
    values, filled = fill(samples, step)
    notes += filled
    unit = samples.seconds or step
    rates = array("d", (value / unit for value in values))
    begin = datetime.fromtimestamp(samples.times[0], UTC)
    return Read(Trace(begin, step, rates), tuple(notes))


def _above(lines: Iterator[str]) -> tuple[list[str], str]:
    """Return the first line that is not blank, "" if there is none, and those above it."""
    above: list[str] = []
    for line in lines:
        if line.strip():
            return above, line
        above.append(line)
    return above, ""
