"""From the text of a CSV file to its header and its rows, with the numbers of their lines."""

import csv
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import Final

from onair.importing.headers import field_of
from onair.importing.notes import UnreadableError

MAX_ROWS: Final = 20_000
_DELIMITERS: Final = ",;\t|"
_PREAMBLE: Final = 50
"""Rows in which the header is looked for: exports of planning tools begin with a title page."""
_MAX_COLUMNS: Final = 200


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row; it begins in this line of the file."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header, the rows under it that are not blank, and the lines of such rows above it."""

    header: Row
    rows: tuple[Row, ...]
    above: tuple[int, ...]


def table(text: str) -> Table:
    """Return the table of a CSV file, whichever of `, ; tab |` divides its cells.

    The header is the row among the first 50 that has the most known columns, and the delimiter
    that with which it has them.

    Raises:
        UnreadableError: there is no header, or there are too many rows or columns.
    """
    header, delimiter = _header(text)
    rows = tuple(islice(_rows(text, delimiter), _PREAMBLE + MAX_ROWS + 1))
    below = tuple(row for row in rows if row.line > header.line)
    if len(below) > MAX_ROWS:
        raise UnreadableError(f"the file has more than {MAX_ROWS} rows; divide it")
    return Table(header, below, tuple(row.line for row in rows if row.line < header.line))


def _header(text: str) -> tuple[Row, str]:
    best, header, delimiter = 0, None, ","
    for each in _DELIMITERS:
        with suppress(UnreadableError):  # of rows that another delimiter divides well
            for row in islice(_rows(text, each), _PREAMBLE):
                if _known(row) > best:
                    best, header, delimiter = _known(row), row, each
    if header is None:
        raise UnreadableError(
            "no row names its columns; the file needs a header such as date,time,length,campaign"
        )
    if len(header.cells) > _MAX_COLUMNS:
        raise UnreadableError(f"the header has more than {_MAX_COLUMNS} columns")
    return header, delimiter


def _known(row: Row) -> int:
    """Return how many columns a row names, if it names one that says when."""
    fields = [field for cell in row.cells if (field := field_of(cell)) is not None]
    return len(fields) if {"date", "time"} & set(fields) else 0


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows that are not blank, nor Excel's own line `sep=;`."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            row = Row(line, tuple(cell.strip() for cell in cells))
            line = reader.line_num + 1
            if any(row.cells) and not (row.line == 1 and text.lower().startswith("sep=")):
                yield row
    except csv.Error as error:
        raise UnreadableError(f"line {line}: {error}; save the file as CSV again") from error
