"""Tables of text: columns as wide as what they hold, the heading in bold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def table(rows: Sequence[Sequence[str]], sides: str) -> Iterator[str]:
    """Yield the lines of rows, the heading first; `sides` has a < or > for each column.

    A row may be shorter than the heading.
    """
    widths = [max(len(row[n]) for row in rows if n < len(row)) for n in range(len(sides))]
    for number, row in enumerate(rows):
        cells = zip(row, sides, widths, strict=False)
        line = "  " + "  ".join(f"{text:{side}{width}}" for text, side, width in cells).rstrip()
        yield line if number else click.style(line, bold=True)
