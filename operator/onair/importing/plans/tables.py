"""From the text of a CSV file to its header and its rows, with the numbers of their lines."""

import csv
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import Final

from onair.importing.notes import UnreadableError
from onair.importing.plans.headers import field_of

MAX_ROWS: Final = 20_000
_DELIMITERS: Final = ",;\t|"
_PREAMBLE: Final = 50
"""Rows in which the header is looked for: exports of planning tools begin with a title page."""
_MAX_COLUMNS: Final = 200
_MAX_LINES: Final = 100_000
"""Blank ones, and those within cells, among them."""
_CLEAR: Final = 2
"""Known columns that make a row a header, whatever else it says."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row; it goes from this line of the file to the last."""

    line: int
    last: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header, the rows under it that are not blank, and the lines of such rows above it."""

    header: Row
    rows: tuple[Row, ...]
    above: tuple[int, ...]
    delimiter: str


def table(text: str) -> Table:
    """Return the table of a CSV file, whichever of `, ; tab |` divides its cells.

    The header is the first row that names several columns, among them one that says when; the
    delimiter is that with which it names most.

    Raises:
        UnreadableError: there is no header or a second one, or there are too many rows or columns.
    """
    if max(text.count("\n"), text.count("\r")) > _MAX_LINES:
        raise UnreadableError(f"the file has more than {_MAX_LINES} lines; divide it")
    header, delimiter = _header(text)
    rows = tuple(islice(_rows(text, delimiter), _PREAMBLE + MAX_ROWS + 1))
    below = tuple(row for row in rows if row.line > header.line)
    if len(below) > MAX_ROWS:
        raise UnreadableError(f"the file has more than {MAX_ROWS} rows; divide it")
    for row in below:
        if _is_header(row) and row.cells != header.cells:
            raise UnreadableError(
                f"line {row.line} is another header than line {header.line}; divide the file there"
            )
    above = tuple(row.line for row in rows if row.line < header.line)
    return Table(header, below, above, delimiter)


def swallows(row: Row, sheet: Table) -> bool:
    """Tell whether a cell of several lines divides like rows: a quote is missing or too many."""
    most = len(sheet.header.cells) - 1
    return row.last > row.line and any(
        cell.count(sheet.delimiter) >= most > 0 and len(cell.splitlines()) > 1 for cell in row.cells
    )


def _header(text: str) -> tuple[Row, str]:
    found = [(row, each) for each in _DELIMITERS if (row := _first_header(text, each))]
    if not found:
        raise UnreadableError(
            "no row names its columns; the file needs a header such as date,time,length,campaign"
        )
    header, delimiter = max(found, key=lambda pair: _known(pair[0]))
    if len(header.cells) > _MAX_COLUMNS:
        raise UnreadableError(f"the header has more than {_MAX_COLUMNS} columns")
    return header, delimiter


def _first_header(text: str, delimiter: str) -> Row | None:
    """Return the first row that names several columns, else the first that names one."""
    rows = list(islice(_clear(text, delimiter), _PREAMBLE))
    return next((row for least in (_CLEAR, 1) for row in rows if _known(row) >= least), None)


def _clear(text: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows down to one that cannot be read, which another delimiter may divide well."""
    with suppress(UnreadableError):
        yield from _rows(text, delimiter)


def _is_header(row: Row) -> bool:
    """Tell whether a row among spots is a header: most of its cells name columns.

    Not any two: a spot of the campaign Start may air in the programme Film.
    """
    known = _known(row)
    return known >= _CLEAR and 2 * known > sum(map(bool, row.cells))


def _known(row: Row) -> int:
    """Return how many columns a row names, if it names one that says when."""
    fields = [field for cell in row.cells if (field := field_of(cell)) is not None]
    return len(fields) if {"date", "time"} & set(fields) else 0


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows that are not blank, nor Excel's own line `sep=;`."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            row = Row(line, reader.line_num, tuple(cell.strip() for cell in cells))
            line = reader.line_num + 1
            if any(row.cells) and not (row.line == 1 and text.lower().startswith("sep=")):
                yield row
    except csv.Error as error:
        raise UnreadableError(f"line {line}: {error}: save the file as CSV again") from error
