"""A media plan: a CSV file with one spot or programme in each row."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from onair.importing import dates
from onair.importing.columns import Columns, columns
from onair.importing.crowds import sign_of
from onair.importing.defaults import Defaults
from onair.importing.grouping import campaigns, groups
from onair.importing.manifests import Body, Imported, by_name
from onair.importing.notes import LeftOutError, Note, UnreadableError, quoted
from onair.importing.spots import Reader, Spot, check
from onair.importing.tables import Row, Table, table
from onair.importing.whens import When, when

_TOTAL: Final = re.compile(
    "(sub|grand ?|gesamt|zwischen)?(total|totals|totaal|totalen|summe|gesamt)\\b.*"
)
_CANCELLED: Final = re.compile("cancel+ed|geannuleerd|vervallen|storniert|storno|entf.llt")


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
    skipped = {note.number for note in notes if note.unit == "line"}
    rows = [row for row in sheet.rows if row.line not in skipped]
    notes += _repeated(rows)
    whens = _whens(rows, found, notes)
    orders, decided = _orders(whens, defaults)
    notes += decided
    reader = Reader(found, defaults, orders, sign_of(found, rows))
    spots = _spots(rows, whens, reader, notes)
    return Imported(by_name(_campaigns(spots, defaults, notes)), tuple(notes))


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
                notes += [Note(odd, "line", row.line)] if odd else []
    return spots


def _campaigns(spots: Iterable[Spot], defaults: Defaults, notes: list[Note]) -> Iterable[Body]:
    """Return the campaigns of all spots, no two of the same name."""
    bodies: dict[str, Body] = {}
    for group in groups(spots):
        made = {str(body["metadata"]["name"]): body for body in _bodies(group, defaults, notes)}
        if twice := sorted(made.keys() & bodies.keys()):
            message = f"another campaign has the name {twice[0]}, too; rename one of them"
            notes += [Note(message, "line", spot.line, left_out=True) for spot in group]
        else:
            bodies |= made
    return bodies.values()


def _bodies(group: list[Spot], defaults: Defaults, notes: list[Note]) -> list[Body]:
    """Return the campaigns of a group, without the spots that OnAir would not take."""
    try:
        return list(campaigns(group, defaults))
    except LeftOutError:
        # Only now each alone: the model takes a third of the time that a plan does.
        good = []
        for spot in group:
            with _noted(spot.line, notes):
                check(spot)
                good.append(spot)
        return list(campaigns(good, defaults)) if good else []


def _skipped(sheet: Table, found: Columns) -> Iterator[Note]:
    """Yield what there is to say about rows that are no spots."""
    for row in sheet.rows:
        first = next(filter(None, row.cells)).lower()
        status = found.cell(row, "status")
        if row.cells == sheet.header.cells:
            yield Note("repeats the header", "line", row.line)
        elif _CANCELLED.fullmatch(status.lower()):
            yield Note(f"its status is {quoted(status)}: it does not air", "line", row.line)
        elif first.startswith(("#", "//")) and not _says_when(row, found):
            yield Note("a comment", "line", row.line)
        elif _TOTAL.fullmatch(first) and not _says_when(row, found):
            yield Note("a total, no spot", "line", row.line)


def _says_when(row: Row, found: Columns) -> bool:
    """Tell whether a row airs, whatever its first cell begins with: Total Recall is a film."""
    try:
        return bool(when(found.cell(row, "date"), found.cell(row, "time")))
    except LeftOutError:
        return False


def _repeated(rows: Iterable[Row]) -> Iterator[Note]:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        first = seen.setdefault(row.cells, row.line)
        if first != row.line:
            yield Note(f"the same as line {first}; both count", "line", row.line)


def _whens(rows: Iterable[Row], found: Columns, notes: list[Note]) -> dict[int, When]:
    """Return when rows air, by their lines."""
    whens: dict[int, When] = {}
    for row in rows:
        with _noted(row.line, notes):
            _check_width(row, found)
            whens[row.line] = when(found.cell(row, "date"), found.cell(row, "time"))
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
