"""`onair shapes`: how crowds come and go, and what speaks for each number."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

import click
from pydantic import TypeAdapter, ValidationError

from onair.cli.chart import NARROWEST, Line, columns, draw, framed
from onair.model.airtimes import Length
from onair.model.quantities import format_duration, parse_duration
from onair.plan.demand import outline
from onair.plan.seconds import length_of, seconds
from onair.plan.shapes import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from onair.plan.seconds import Number
    from onair.plan.shapes import Shape

_HEIGHT: Final = 8
_WIDEST: Final = 100
_TOP: Final = "100 %"
"""Every shape reaches its peak."""

_MARGIN: Final = len(_TOP) + 2
"""What stands to the left of a chart: its top and its axis."""


def _length(
    _context: click.Context, _option: click.Parameter, text: str | None
) -> timedelta | None:
    try:
        length: timedelta | None = TypeAdapter(Length | None).validate_python(text)
    except ValidationError as error:
        raise click.BadParameter(error.errors()[0]["msg"]) from error
    return length


@click.command()
@click.argument("name", required=False, type=click.Choice(tuple(SHAPES)))
@click.option(
    "--duration",
    metavar="1h5m",
    callback=_length,
    help="How long the airing is that is drawn; a usual one if absent.",
)
def shapes(name: str | None, duration: timedelta | None) -> None:
    """List the shapes of a crowd, or draw one.

    With a NAME: its points, what each rests on, and what is not taken into account. A shape is what
    a campaign says in load.shape.

    \b
    Examples:
      onair shapes
      onair shapes Episode
      onair shapes Push --duration 1m
    """  # noqa: D301 - click's mark for lines to leave alone
    if name is None:
        if duration is not None:
            raise click.UsageError("--duration is for drawing a shape: name one, such as Episode")
        for each, shape in SHAPES.items():
            click.echo(f"{click.style(f'{each:<12}', bold=True)}{shape.about}")
        return
    width = min(max(shutil.get_terminal_size().columns, _MARGIN + NARROWEST), _WIDEST)
    for line in _lines(name, SHAPES[name], duration, width):
        click.echo(line)


def _lines(name: str, shape: Shape, duration: timedelta | None, width: int) -> Iterator[str]:
    """Yield what is to say of a shape, its chart first."""
    length = duration or parse_duration(shape.duration)
    yield f"{click.style(name, bold=True)}: {shape.about}"
    yield f"Drawn for an airing of {format_duration(length)}, in parts of its peak:"
    yield ""
    yield from _drawn(name, length, width)
    for part in shape.parts:
        yield ""
        yield click.style(click.wrap_text(part.said, width), bold=True)
        yield click.wrap_text(part.why, width, "  ", "  ")
    if shape.unsaid:
        yield ""
        yield click.style("Not taken into account", bold=True)
        yield click.wrap_text(shape.unsaid, width, "  ", "  ")


def _drawn(name: str, length: timedelta, width: int) -> Iterator[str]:
    """Yield a chart of the airing and its crowd, with the start and the end of the airing."""
    pieces, airs = outline(name, length).pieces, seconds(length)
    first, last = min(pieces[0].start, 0), max(pieces[-1].end, airs)
    lines = (Line(*map(float, piece)) for piece in pieces)
    values = columns(lines, float(first), float(last), width - _MARGIN)
    edges = _said(first, airs), _said(last, airs)
    yield from framed(draw(values, _HEIGHT), _TOP, edges, lambda row: click.style(row, fg="cyan"))
    marked = ""
    inside: tuple[tuple[str, Number], ...] = (("start", 0), ("end", airs))
    for edge, time in inside:
        if first < time < last:
            column = int((time - first) * len(values) / (last - first))
            marked = f"{marked:<{min(column, len(values) - len(edge) - 1)}}↑{edge} "
    if marked:
        yield f"{'':{_MARGIN}}{marked.rstrip()}"


def _said(time: Number, airs: Number) -> str:
    """Return a time outside an airing, or at its edge, as manifests say it: `end+1h`."""
    edge, sign = ("start", "-") if time <= 0 else ("end", "+")
    distance = length_of(-time if time <= 0 else time - airs)
    return f"{edge}{sign}{format_duration(distance)}" if distance else edge
