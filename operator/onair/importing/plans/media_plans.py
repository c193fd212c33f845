"""A media plan: a CSV file with one spot or programme in each row."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Final

from onair.importing.loads import Defaults
from onair.importing.manifests import Imported
from onair.importing.notes import LeftOutError, Note, UnreadableError, quoted
from onair.importing.plans import dates, statuses
from onair.importing.plans.columns import Columns, columns
from onair.importing.plans.ends import Ends
from onair.importing.plans.making import made
from onair.importing.plans.spots import Identity, Reader, Spot, sign_of
from onair.importing.plans.tables import Row, Table, swallows, table
from onair.importing.plans.whens import When, has_seconds, when

_TOTAL: Final = re.compile(
    "(sub|grand ?|gesamt|zwischen)?(total|totals|totaal|totalen|summe|gesamt)\\b.*"
)
_COMMENT: Final = re.compile("#(?![0-9])|//")
"""#1 hits is a programme."""


def media_plan(text: str, defaults: Defaults) -> Imported:
    """Return the campaigns of a media plan.

    Raises:
        UnreadableError: it is no table of airings, or too long.
    """
    sheet = table(text)
    found = columns(sheet, defaults)
    if not ({"campaign", "title"} & found.by_field.keys() or defaults.title):
        raise UnreadableError("no column says the campaign or the title; say it with --title")
    notes = [*found.notes, *_skipped(sheet, found)]
    if not sheet.rows:
        notes.append(Note("there is no row under the header", left_out=True))
    skipped = {note.number for note in notes if note.unit == "line"}
    rows = [row for row in sheet.rows if row.line not in skipped]
    notes += _repeated(rows)
    with_seconds = _have_seconds(rows, found)
    whens = _whens(rows, found, with_seconds=with_seconds, notes=notes)
    orders, decided = _orders(whens, defaults)
    notes += decided
    ends = Ends(found, defaults, orders, with_seconds)
    reader = Reader(ends, sign_of(found, rows))
    spots = _spots(rows, whens, reader, notes)
    manifests = made(spots, _identities(sheet.rows, reader), defaults, notes)
    return Imported(manifests, tuple(notes))


@contextmanager
def _noted(line: int, notes: list[Note]) -> Iterator[None]:
    """Note why a row is left out."""
    try:
        yield
    except LeftOutError as error:
        notes.append(Note(str(error), "line", line, left_out=True))


def _spots(
    rows: Iterable[Row], whens: Mapping[int, When], reader: Reader, notes: list[Note]
) -> list[Spot]:
    """Return the spots of the rows of which it is known when they air."""
    spots = []
    for row in rows:
        if row.line in whens:
            with _noted(row.line, notes):
                spot, odd = reader.spot(row, whens[row.line])
                spots.append(spot)
                notes += [Note(each, "line", row.line) for each in odd]
    return spots


def _identities(rows: Iterable[Row], reader: Reader) -> Iterator[Identity]:
    """Yield the campaigns of all rows that say theirs, also of those that are left out or off."""
    for row in rows:
        with suppress(LeftOutError):
            yield reader.identity(row)


def _skipped(sheet: Table, found: Columns) -> Iterator[Note]:
    """Yield what there is to say about rows that are no spots."""
    for row in sheet.rows:
        if row.cells == sheet.header.cells:
            yield Note("repeats the header", "line", row.line)
        elif swallows(row, sheet):
            message = f"down to line {row.last} it is one cell in quotes: correct the quotes"
            yield Note(message, "line", row.line, left_out=True)
        else:
            try:
                said = _no_spot(row, found)
            except LeftOutError as error:
                said = Note(str(error), "line", row.line, left_out=True)
            if said:
                yield said


def _no_spot(row: Row, found: Columns) -> Note | None:
    """Return why a row is no spot, None if it is one: a comment, a total, or one that is not on.

    What says when it would air is no comment and no total: somebody took it out, or wrote it badly.
    """
    first = next(filter(None, row.cells)).lower()
    status = found.cell(row, "status")
    if _COMMENT.match(first):
        if _says_when(row, found):
            return Note(
                "commented out: take the sign away or the row", "line", row.line, left_out=True
            )
        return Note("a comment", "line", row.line)
    if _TOTAL.fullmatch(first) and not _says_when(row, found):
        return Note("a total, no spot", "line", row.line)
    if (airs := statuses.airs(status)) is False:
        return Note(f"its status is {quoted(status)}: it does not air", "line", row.line)
    if airs is None:
        message = f"whether it airs is not clear from its status {quoted(status)}; write booked"
        return Note(message, "line", row.line, left_out=True)
    return None


def _says_when(row: Row, found: Columns) -> bool:
    """Tell whether a row says when, good or bad, beside the words with which it begins."""
    begins = next(index for index, cell in enumerate(row.cells) if cell)
    columns = [found.by_field[field] for field in ("date", "time") if field in found.by_field]
    if any(column.of(row) for column in columns if column.index != begins):
        return True
    try:
        return bool(when(row.cells[begins].lstrip("#/ "), ""))
    except LeftOutError:
        return False


def _repeated(rows: Iterable[Row]) -> Iterator[Note]:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        first = seen.setdefault(row.cells, row.line)
        if first != row.line:
            yield Note(f"the same as line {first}; both count", "line", row.line)


def _have_seconds(rows: Sequence[Row], found: Columns) -> bool:
    """Tell whether the starts and ends of a plan that are digits alone have seconds."""
    clocks = [found.by_field[field] for field in ("time", "end") if field in found.by_field]
    return has_seconds(clock.of(row) for row in rows for clock in clocks)


def _whens(
    rows: Sequence[Row], found: Columns, *, with_seconds: bool, notes: list[Note]
) -> dict[int, When]:
    """Return when rows air, by their lines."""
    whens: dict[int, When] = {}
    clock = found.by_field.get("time")
    for row in rows:
        with _noted(row.line, notes):
            _check_width(row, found)
            whens[row.line] = when(
                found.cell(row, "date"),
                found.cell(row, "time"),
                has_seconds=with_seconds,
                is_split=clock is not None,
            )
    return whens


def _check_width(row: Row, found: Columns) -> None:
    if any(row.cells[found.width :]):
        raise LeftOutError(
            f"it has {len(row.cells)} cells and the header {found.width};"
            " put cells with a delimiter in quotes"
        )


def _orders(whens: dict[int, When], defaults: Defaults) -> tuple[frozenset[str], list[Note]]:
    """Return the orders that the dates of a plan may have, and what was decided by that."""
    if defaults.date_order:
        return frozenset({defaults.date_order}), []
    readings = [each.reading for each in whens.values()]
    orders = dates.proven(readings)
    decided = {
        " or ".join(sorted(dates.ORDERS[order] for order in orders & reading.keys()))
        for reading in readings
        if dates.is_doubtful(reading) and len({reading[o] for o in orders & reading.keys()}) == 1
    }
    return orders, [
        Note(f"dates are read as {each}: other dates of the column allow nothing else")
        for each in sorted(decided)
    ]
