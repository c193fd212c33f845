"""What a row of a plan says of its crowd, by the names and in the spelling of manifests."""

import re
from collections.abc import Iterable
from typing import Final, get_args

from onair.importing.amounts import decimal_sign, number
from onair.importing.columns import Columns
from onair.importing.lengths import length
from onair.importing.loads import FIELDS
from onair.importing.notes import LeftOutError, quoted
from onair.importing.tables import Row
from onair.model.loads import Load
from onair.model.quantities import format_duration

_NUMBERS: Final = ("people", "reach", "requestsPerPerson", "requestsPerSecond", "multiplier")
_PERCENTAGES: Final = ("response", "headroom")
_DURATIONS: Final = ("within", "endSlack")
SHAPES: Final[tuple[str, ...]] = tuple(
    shape for shape in get_args(Load.model_fields["shape"].annotation) if shape != "Custom"
)
"""Those that need no points."""

_SHAPES: Final = {shape.lower(): shape for shape in SHAPES}


def sign_of(columns: Columns, rows: Iterable[Row]) -> str | None:
    """Return the decimal sign that all numbers of a plan together prove, None if none does."""
    fields = (*_NUMBERS, *_PERCENTAGES)
    cells = (columns.cell(row, field) for row in rows for field in fields)
    return decimal_sign(cell.rstrip("% ") for cell in cells)


def crowd(columns: Columns, row: Row, sign: str | None) -> dict[str, str]:
    """Return the fields of the load, and endSlack, that a row says itself.

    Those who are reached are the people, of whom the response is a share.

    Raises:
        LeftOutError: one of them is no value.
    """
    said = {
        field: _written(field, text, columns, sign)
        for field in (*FIELDS, "reach", "endSlack")
        if (text := columns.cell(row, field))
    }
    if "reach" in said:
        said["people"] = said.pop("reach")
    return said


def shape_of(text: str) -> str:
    """Return a shape as manifests write it, such as `TVSpot` for `TV spot`.

    Raises:
        LeftOutError: OnAir has no such shape.
    """
    word = re.sub("[^a-z]", "", text.lower())
    if word not in _SHAPES:
        raise LeftOutError(f"{quoted(text)} is no shape; use {', '.join(SHAPES)}")
    return _SHAPES[word]


def _written(field: str, text: str, columns: Columns, sign: str | None) -> str:
    column = columns.by_field[field]
    if field == "shape":
        return shape_of(text)
    if field in _DURATIONS:
        return format_duration(length(text, column.seconds))
    if field in _NUMBERS:
        return number(text, sign, column.factor)
    if not (text.endswith("%") or column.unit == "%"):
        raise LeftOutError(f"{quoted(text)} is no {field}; write it as a percentage such as 2.5%")
    return number(text.rstrip("% "), sign) + "%"
