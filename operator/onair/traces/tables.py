"""Traces in CSV: a header, and under it a row for each step."""

import csv
from collections.abc import Iterator, Sequence
from typing import Final

from onair.traces.errors import TraceError, quoted
from onair.traces.headers import columns, known
from onair.traces.samples import Places, Samples
from onair.traces.times import Times

_DELIMITERS: Final = ",;\t"
_LONGEST: Final = 1 << 16
"""Characters of a line."""


def read_table(lines: Iterator[str], *, has_zone: bool) -> tuple[Samples, list[str]]:
    """Return the rows of a table, and what is to be said of it.

    `has_zone` tells whether a zone is known for times that say none.

    Raises:
        TraceError: there is no header, or a row cannot be read.
    """
    comments, headers = Places(), Places()
    plain = _plain(lines, comments)
    line, header, delimiter = _header(plain)
    found = columns(header, line)
    times = Times(is_utc=found.is_utc, has_zone=has_zone)
    samples = Samples("line", times, found.seconds, is_alone=not found.unused)
    names = header[found.time], header[found.number]
    for place, cells in _rows(plain, delimiter, line + 1):
        if len(cells) != found.width:
            _refuse(place, cells, header)
        time, number = cells[found.time].strip(), cells[found.number].strip()
        if (time, number) == names:
            headers.add(place)
        else:
            samples.add(place, time, number)
    _check_thousands(samples)
    notes = [*comments.note("comment", "line", "not read")]
    notes += headers.note("the header again", "line", "not read")
    if found.unused:
        notes.append(f"columns that are not read: {', '.join(map(quoted, found.unused))}")
    return samples, notes


def _plain(lines: Iterator[str], comments: Places) -> Iterator[str]:
    """Yield lines, blank ones for comments and for Excel's own first line `sep=;`."""
    for place, line in enumerate(lines, start=1):
        if len(line) > _LONGEST:
            raise TraceError(f"line {place} has more than {_LONGEST:,} characters; divide it")
        if line.startswith("#"):
            comments.add(place)
            yield ""
        else:
            yield "" if place == 1 and line.lower().startswith("sep=") else line


def _header(lines: Iterator[str]) -> tuple[int, list[str], str]:
    """Return the first line that is not blank: its number, its cells, and what divides them."""
    for place, line in enumerate(lines, start=1):
        if line.strip():
            divided = [(_divided(line, each), each) for each in _DELIMITERS]
            cells, delimiter = max(divided, key=lambda pair: (known(pair[0]), len(pair[0])))
            return place, cells, delimiter
    raise TraceError("it is empty; a trace has a header such as time_utc,requests and its rows")


def _divided(line: str, delimiter: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter))]


def _rows(lines: Iterator[str], delimiter: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank with the numbers of their lines, `first` and following."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    place = first - 1
    try:
        for place, cells in enumerate(reader, start=first):
            if reader.line_num != place - first + 1:
                raise TraceError(f"line {place}: a cell goes on in the next line; close its quote")
            if any(map(str.strip, cells)):
                yield place, cells
    except csv.Error as error:
        raise TraceError(f"line {place + 1}: {error}; save the file as CSV again") from error


def _refuse(place: int, cells: Sequence[str], header: Sequence[str]) -> None:
    hint = "leave no cell out"
    if len(cells) > len(header):
        hint = "write nothing between thousands, and a point before fractions"
    raise TraceError(
        f"line {place} has not {len(header)} cells, as the header has, but {len(cells)}; {hint}"
    )


def _check_thousands(samples: Samples) -> None:
    """Refuse counts that all may be a thousand times as much, as 1.234 is in many countries."""
    doubtful = samples.numbers.doubtful
    if doubtful and samples.seconds is None:
        place, text = doubtful
        raise TraceError(
            f"line {place}: {quoted(text)} requests in a step may be {text.replace('.', '')};"
            " write nothing between thousands, or more digits of fractions"
        )
