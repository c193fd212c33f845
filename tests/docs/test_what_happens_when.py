"""The page of faults has a line for each, with conditions that there are and tests that play it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from onair.model import conditions, reasons
from tests.docs.pages import DOCS, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (DOCS / "what-happens-when.md").read_text()
ROWS = range(1, 28)
CELLS = 5

NOT_PLAYED = {13, 25}
"""A quota that is used up, and a metrics source that OnAir does not ask."""

VERDICTS = {"Ready", "Late", "Short"}
ALERTS = ROOT / "charts/onair/templates/prometheusrule.yaml"
LINES = re.findall(r"^\| (\d+) \|(.*)\|$", PAGE, re.MULTILINE)


def named(where: object, *more: str) -> set[str]:
    """Return the words that a module of constants has."""
    return {value for key, value in vars(where).items() if key.isupper()} | {*more}


def marked() -> Iterator[tuple[int, str]]:
    """Yield each row that a test plays, with the test's file.

    A mark stands above a test, or is the `pytestmark` of a module that has some.
    """
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                marks: list[ast.expr] = node.decorator_list
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
                marks = [node.value]
            else:
                continue
            for mark in marks:
                for rows in re.findall(r"pytest\.mark\.fault_row\(([\d, ]+)\)", ast.unparse(mark)):
                    yield from ((int(row), path.name) for row in rows.split(","))


def test_every_row_once() -> None:
    """Each row of the matrix has one line, with nothing left out of it."""
    assert Counter(int(row) for row, _ in LINES) == Counter(ROWS)
    for row, cells in LINES:
        said = [cell.strip() for cell in cells.split("|")]
        assert len(said) == CELLS - 1, row
        assert all(said), row


def test_every_row_is_played() -> None:
    """Each row but two has a test that names it, and no test names another."""
    played = {row for row, _ in marked()}
    assert played == set(ROWS) - NOT_PLAYED


@pytest.mark.parametrize("cells", [pytest.param(cells, id=f"row {row}") for row, cells in LINES])
def test_conditions(cells: str) -> None:
    """What is read in a row is a condition with a status, and reasons and alerts that there are."""
    alerts = set(re.findall(r"- alert: (\w+)", ALERTS.read_text()))
    kinds = named(conditions)
    known = kinds | named(reasons) | alerts | VERDICTS
    for kind in re.findall(r"`(\w+)=(?:True|False|Unknown)`", cells):
        assert kind in kinds
    words = set(re.findall(r"`([A-Z]\w+)`", cells))
    assert words <= known
