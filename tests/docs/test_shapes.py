"""The page of shapes says what the data says."""

import re

import pytest

from onair.plan.shapes import SHAPES
from tests.docs.pages import DOCS

PAGE = (DOCS / "shapes.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    """Return the section of a shape as the page must have it."""
    shape = SHAPES[name]
    rows = [f"| {part.said} | {part.why} |" for part in shape.parts]
    unsaid = ["", f"Not taken into account: {shape.unsaid}"] if shape.unsaid else []
    about = shape.about[0].upper() + shape.about[1:]
    table = ["| points | what they rest on |", "|---|---|", *rows]
    return "\n".join([f"## {name}", "", f"{about}.", "", *table, *unsaid, ""])


@pytest.mark.parametrize("name", SHAPES, ids=str)
def test_shape(name: str) -> None:
    """Every shape has its section: what it is, its points, what they rest on, what is not added."""
    assert section(name) in PAGE


def test_no_other_shape() -> None:
    """The page has the shapes in the order of the data, and none that there is not."""
    headings = re.findall(r"^## (\w+)$", PAGE, re.MULTILINE)
    assert headings == list(SHAPES)
