"""What a row of a plan says of its crowd, by the names and in the spelling of manifests."""

from collections.abc import Iterable

from onair.importing.columns import Columns
from onair.importing.loads import FIELDS
from onair.importing.tables import Row
from onair.importing.values import NUMBERS, PERCENTAGES, decimal_sign, value


def sign_of(columns: Columns, rows: Iterable[Row]) -> str | None:
    """Return the decimal sign that all numbers of a plan together prove, None if none does."""
    found = [columns.by_field.get(field) for field in (*NUMBERS, *PERCENTAGES)]
    return decimal_sign(column.of(row) for row in rows for column in found if column)


def crowd(columns: Columns, row: Row, sign: str | None) -> dict[str, str]:
    """Return the fields of the load, and endSlack, that a row says itself.

    Those who are reached are the people, of whom the response is a share.

    Raises:
        LeftOutError: one of them is no value.
    """
    said = {
        field: value(field, text, sign, columns.by_field[field].unit)
        for field in (*FIELDS, "reach", "endSlack")
        if (text := columns.cell(row, field))
    }
    if "reach" in said:
        said["people"] = said.pop("reach")
    return said
