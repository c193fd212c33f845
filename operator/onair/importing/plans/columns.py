"""Which column of a table says what, and what there is to say about the others."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from onair.importing.instants import known_zone
from onair.importing.loads import Defaults
from onair.importing.notes import LeftOutError, Note, UnreadableError, quoted
from onair.importing.plans.headers import field_of, unit_in
from onair.importing.plans.tables import Row, Table
from onair.importing.plans.units import WHEN, unit
from onair.importing.values import PLAIN, Unit

_LONGEST: Final = 2000
"""Characters of a cell that is read: more than all target sets of a campaign."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its index, its header, and what the header says in brackets."""

    index: int
    header: str
    unit: Unit = PLAIN
    zone: str | None = None

    def of(self, row: Row) -> str:
        """Return the cell of a row in this column."""
        return row.cells[self.index] if self.index < len(row.cells) else ""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that are read, by the field that they say; `width` counts all of them."""

    by_field: dict[str, Column]
    width: int
    notes: tuple[Note, ...]

    def cell(self, row: Row, field: str) -> str:
        """Return what a row says of a field, "" if nothing.

        Raises:
            LeftOutError: the cell is too long to be it.
        """
        column = self.by_field.get(field)
        found = column.of(row) if column else ""
        if len(found) > _LONGEST:
            raise LeftOutError(f"its {field} has more than {_LONGEST} characters; shorten it")
        return found


def columns(table: Table, defaults: Defaults) -> Columns:
    """Return the columns of a table that are read.

    Those who are reached become people only if it is known how many of them respond.

    Raises:
        UnreadableError: two columns say the same, or a header says what is not known.
    """
    found: dict[str, list[Column]] = defaultdict(list)
    for index, header in enumerate(table.header.cells):
        field = field_of(header)
        found["?" if field is None else field].append(Column(index, header))
    unused = _unused(found, defaults)
    read = {field: each for field, each in found.items() if field not in {"", "?", *unused}}
    for field, each in read.items():
        if len(each) > 1:
            both = " and ".join(f"{one.index + 1} {quoted(one.header)}" for one in each)
            raise UnreadableError(f"the columns {both} both say the {field}; rename one of them")
    return Columns(
        {field: _with_unit(field, each[0]) for field, each in read.items()},
        len(table.header.cells),
        tuple(_notes(table, found, unused, defaults)),
    )


def _with_unit(field: str, column: Column) -> Column:
    said = unit_in(column.header)
    try:
        found = unit(field, said)
    except UnreadableError as error:
        raise UnreadableError(
            f"column {column.index + 1} {quoted(column.header)}: {error}"
        ) from error
    is_zone = field in WHEN and known_zone(said) is not None
    return replace(column, unit=found, zone=said if is_zone else None)


def _unused(found: dict[str, list[Column]], defaults: Defaults) -> dict[str, str]:
    """Return the fields that are not read here, with the reason."""
    unused = {}
    if "title" in found and ("campaign" in found or defaults.title):
        other = "the column of the campaign" if "campaign" in found else "--title"
        unused["title"] = f"{other} names the campaigns"
    if "reach" in found and "people" in found:
        unused["reach"] = "the column of the people says the crowd"
    elif "reach" in found and not {"response"} & {*defaults.load, *found}:
        unused["reach"] = "say with --response how many of those who are reached come"
    return unused


def _notes(
    table: Table, found: dict[str, list[Column]], unused: dict[str, str], defaults: Defaults
) -> Iterator[Note]:
    for line in table.above:
        yield Note("above the header; not read", "line", line)
    if defaults.title and "campaign" in found:
        names = quoted(found["campaign"][0].header)
        yield Note(f"--title is only for rows whose {names} is empty: that column names campaigns")
    known = [quoted(column.header) for column in found[""]]
    if known:
        yield Note(f"columns that are not used: {', '.join(known)}")
    for field, reason in unused.items():
        for column in found[field]:
            yield Note(f"{quoted(column.header)} is not used: {reason}", "column", column.index + 1)
    for column in found["?"]:
        cells = any(column.of(row) for row in table.rows)
        if column.header or cells:
            message = f"{quoted(column.header)} is not a column that OnAir knows; not read"
            yield Note(message, "column", column.index + 1)
