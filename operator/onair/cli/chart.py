"""Charts of numbers over time for a terminal, out of blocks an eighth of a line high."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_BLOCKS: Final = " ▁▂▃▄▅▆▇█"
"""From nothing to a whole line (Unicode's Block Elements, U+2581 to U+2588)."""

_EIGHTHS: Final = len(_BLOCKS) - 1

NARROWEST: Final = 20
"""Columns of a chart, however narrow the terminal: fewer tell nothing."""


class Line(NamedTuple):
    """A straight line over [start, end): `first` is its value at the start, `last` at the end."""

    start: float
    end: float
    first: float
    last: float

    def at(self, time: float) -> float:
        """Return the value at a time from start to end."""
        return self.first + (self.last - self.first) * (time - self.start) / (self.end - self.start)


def columns(lines: Iterable[Line], start: float, end: float, count: int) -> list[float]:
    """Return the largest value in each of so many equal parts of [start, end); zero elsewhere."""
    width = (end - start) / count
    found = [0.0] * count
    for line in lines:
        first, until = max(line.start, start), min(line.end, end)
        if first >= until:
            continue
        for column in range(
            int((first - start) / width), min(ceil((until - start) / width), count)
        ):
            left, right = start + column * width, start + (column + 1) * width
            edges = (max(left, first), min(right, until))
            found[column] = max(found[column], *map(line.at, edges))
    return found


def draw(values: Sequence[float], height: int) -> list[str]:
    """Return `height` lines, the highest first, with a column for each value.

    The largest value fills its column; what is above zero shows, however small; all values are
    zero or more.
    """
    top = max(values, default=0)
    filled = [ceil(value * height * _EIGHTHS / top) if value else 0 for value in values]
    return [
        "".join(_BLOCKS[min(max(each - _EIGHTHS * line, 0), _EIGHTHS)] for each in filled)
        for line in reversed(range(height))
    ]


def framed(
    lines: Sequence[str], top: str, edges: tuple[str, str], paint: Callable[[str], str] = str
) -> list[str]:
    """Return a chart with its axes: `top` is the largest value, `edges` the first and last time.

    `paint` colours what is drawn.
    """
    margin, width = len(top), len(lines[0])
    labels = [top, *("" for _ in lines[1:])]
    first, last = edges
    return [
        *(f"{label:>{margin}} ┤{paint(line)}" for label, line in zip(labels, lines, strict=True)),
        f"{'0':>{margin}} └{'─' * width}",
        f"{'':{margin}}  {first}{last:>{max(width - len(first), len(last) + 1)}}",
    ]
